import datetime

import pytest
import time_machine

from accounts.models import OutboxMessage, User
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import (
    OLD_FILE,
    make_curriculum,
    make_session,
    make_trainer,
    staff,
)
from trainers.models import SessionTrainer, Trainer, TrainerInvitation, TrainingSession
from trainers.registry.moves import suspend_trainer
from trainers.registry.records import grant_qualification
from trainers.sessions.planning import (
    SessionRefused,
    TrainerNotQualified,
    cancel_session,
    submit_session,
)
from trainers.sessions.team import remove_trainer
from trainers.staffing.calls import CallRefused, apply_to_call, calls_for, close_call, open_call
from trainers.staffing.earlier_answers import earlier_answers
from trainers.staffing.invitations import (
    InvitationRefused,
    accept_invitation,
    decline_invitation,
    invite_trainer,
    name_trainer,
    take_off_team,
    withdraw_invitation,
)

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2025, 5, 2)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2025, 5, 2, 8, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def organiser() -> User:
    return make_user("FOCAL_POINT")


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-1", venue="Gouvernorat")


def team() -> list[tuple]:
    return list(SessionTrainer.objects.values_list("trainer", "role"))


def states() -> list[str]:
    return list(TrainerInvitation.objects.order_by("pk").values_list("state", flat=True))


def invite(session: TrainingSession, trainer: Trainer, by: User, role: str = "TRAINER"):
    return invite_trainer(session=session, trainer=trainer, role=role, by=by)


def test_invitation_is_told_by_e_mail_where_one_is_known(
    session: TrainingSession, organiser: User
) -> None:
    trainer = make_trainer(make_person("BA", "Sira", email="sira@exemple.ml"))
    invitation = invite(session, trainer, organiser)
    assert invite(session, trainer, organiser) == invitation

    message = OutboxMessage.objects.get()
    assert (message.channel, message.address) == ("EMAIL", "sira@exemple.ml")
    assert "« Curriculum traite-des-personnes », à Ségou, du 12 mai 2025" in message.text
    assert message.text.endswith("/formateurs/mon-dossier/")
    assert team() == []


def test_invitation_by_telephone_names_no_course(session: TrainingSession, organiser: User) -> None:
    invite(session, make_trainer(make_person("BA", phone="70112233")), organiser)
    message = OutboxMessage.objects.get()
    assert (message.channel, message.address) == ("SMS", "+22370112233")
    assert message.text.startswith(
        "Une session vous est proposée du 12/05 au 13/05. Répondez : http"
    )
    assert "traite" not in message.text


def test_trainer_without_address_is_invited_without_a_message(
    session: TrainingSession, organiser: User
) -> None:
    invite(session, make_trainer(make_person("BA", phone="")), organiser)
    assert (states(), OutboxMessage.objects.count()) == (["INVITED"], 0)


def test_accepting_twice_is_one_place_in_the_team(
    session: TrainingSession, organiser: User
) -> None:
    trainer = make_trainer(qualified=True)
    invitation = invite(session, trainer, organiser, "LEAD_TRAINER")
    for _ in range(2):
        accept_invitation(invitation=invitation, by_trainer=True)
    assert (team(), states()) == ([(trainer.pk, "LEAD_TRAINER")], ["ACCEPTED"])


def test_accepting_is_refused_where_assigning_is(session: TrainingSession, organiser: User) -> None:
    invitation = invite(session, make_trainer(), organiser, "LEAD_TRAINER")
    with pytest.raises(TrainerNotQualified):
        accept_invitation(invitation=invitation, by_trainer=True)
    assert (team(), states()) == ([], ["INVITED"])


def test_organiser_does_not_answer_for_the_trainer(
    session: TrainingSession, organiser: User
) -> None:
    invitation = invite(session, make_trainer(), organiser)
    with pytest.raises(InvitationRefused):
        accept_invitation(invitation=invitation, by_trainer=False)
    with pytest.raises(InvitationRefused):
        withdraw_invitation(invitation=invitation, by_trainer=True)
    assert (team(), states()) == ([], ["INVITED"])


def test_who_declined_may_be_asked_again(session: TrainingSession, organiser: User) -> None:
    invitation = invite(session, make_trainer(), organiser)
    decline_invitation(invitation=invitation, by_trainer=True, note="  Pris   ce jour-là ")
    invitation.refresh_from_db()
    assert (invitation.state, invitation.note) == ("DECLINED", "Pris ce jour-là")
    with pytest.raises(InvitationRefused):
        accept_invitation(invitation=invitation, by_trainer=True)
    again = invite(session, invitation.trainer, organiser)
    assert (again.pk, again.state, again.answered_at) == (invitation.pk, "INVITED", None)


def test_withdrawn_invitation_takes_no_answer(session: TrainingSession, organiser: User) -> None:
    invitation = invite(session, make_trainer(), organiser)
    withdraw_invitation(invitation=invitation, by_trainer=False, by=organiser)
    with pytest.raises(InvitationRefused) as refusal:
        accept_invitation(invitation=invitation, by_trainer=True)
    assert str(refusal.value) == "Cette demande a été retirée."


def test_closed_session_and_suspended_trainer_are_not_asked(
    session: TrainingSession, organiser: User
) -> None:
    suspended = make_trainer()
    suspend_trainer(trainer=suspended, reason="Plainte", by=organiser)
    with pytest.raises(InvitationRefused):
        invite(session, suspended, organiser)
    waiting = invite(session, make_trainer(), organiser)
    cancel_session(session=session, reason="Report")
    with pytest.raises(InvitationRefused):
        invite(session, make_trainer(), organiser)
    with pytest.raises(InvitationRefused):
        accept_invitation(invitation=waiting, by_trainer=True)
    decline_invitation(invitation=waiting, by_trainer=True)
    assert states() == ["DECLINED"]


def test_trainer_is_taken_off_with_the_invitation(
    session: TrainingSession, organiser: User
) -> None:
    trainer = make_trainer()
    accept_invitation(invitation=invite(session, trainer, organiser), by_trainer=True)
    assert take_off_team(session=session, trainer=trainer, by=organiser) is True
    assert take_off_team(session=session, trainer=trainer, by=organiser) is False
    assert (team(), states()) == ([], ["WITHDRAWN"])
    last = session.history.latest()
    assert (last.history_user, last.history_change_reason) == (organiser, f"Retrait de {trainer}")
    assert invite(session, trainer, organiser).state == "INVITED"


def test_whoever_is_no_longer_expected_is_told_once(
    session: TrainingSession, organiser: User
) -> None:
    invited, chosen = make_trainer(), make_trainer()
    invitation = invite(session, invited, organiser)
    accept_invitation(invitation=invite(session, chosen, organiser), by_trainer=True)
    OutboxMessage.objects.all().delete()
    for _ in range(2):
        withdraw_invitation(invitation=invitation, by_trainer=False, by=organiser)
        take_off_team(session=session, trainer=chosen, by=organiser)
    told = OutboxMessage.objects.order_by("pk").values_list("person", "text")
    sentence = (
        "Nous ne vous attendons plus à la session du 12/05 au 13/05. Vous n'avez rien à faire."
    )
    assert list(told) == [(invited.person_id, sentence), (chosen.person_id, sentence)]


def test_word_of_whoever_accepts_is_kept(session: TrainingSession, organiser: User) -> None:
    invitation = invite(session, make_trainer(), organiser)
    accept_invitation(invitation=invitation, by_trainer=True, note="J'arrive la veille")
    invitation.refresh_from_db()
    assert invitation.note == "J'arrive la veille"


def test_earlier_answers_stay_when_somebody_is_asked_again(
    session: TrainingSession, organiser: User
) -> None:
    trainer, other = make_trainer(), make_trainer()
    declined = invite(session, trainer, organiser)
    decline_invitation(invitation=declined, by_trainer=True, note="Pris ce jour-là")
    for day in (3, 4):  # asked again, accepted, taken off, asked again
        with time_machine.travel(datetime.datetime(2025, 5, day, 8, tzinfo=datetime.UTC)):
            again = invite(session, trainer, organiser)
            if day == 3:
                accept_invitation(invitation=again, by_trainer=True)
                take_off_team(session=session, trainer=trainer, by=organiser)
    first = invite(session, other, organiser)
    before = earlier_answers([again, first])
    assert [(one.label, one.day.day, one.note) for one in before[again.pk]] == [
        ("Décliné", 2, "Pris ce jour-là"),
        ("Retiré", 3, ""),
    ]
    assert before[first.pk] == []


def test_naming_somebody_answers_what_was_asked_of_them(
    session: TrainingSession, organiser: User
) -> None:
    trainer = make_trainer()
    invite(session, trainer, organiser)
    name_trainer(session=session, trainer=trainer, role="CO_TRAINER")
    assert (team(), states()) == ([(trainer.pk, "CO_TRAINER")], ["ACCEPTED"])
    assert TrainerInvitation.objects.get().role == "CO_TRAINER"


def test_team_of_a_session_handed_in_does_not_change(session: TrainingSession) -> None:
    trainer = make_trainer()
    staff(session, trainer)
    submit_session(session=session, by=None)
    with pytest.raises(SessionRefused) as refusal:
        remove_trainer(session=session, trainer=trainer)
    assert str(refusal.value) == "La session SEG-1 est à valider : son équipe ne change plus."
    assert team() == [(trainer.pk, "TRAINER")]


# --- Trainings of trainers ---------------------------------------------------------------------


def test_training_of_trainers_is_led_by_a_trainer_of_trainers(organiser: User) -> None:
    session = make_session("TOT-1", type="TOT")
    lead, master = make_trainer(qualified=True), make_trainer(qualified=True)
    grant_qualification(
        trainer=master,
        curriculum=session.curriculum,
        granted_on=datetime.date(2025, 1, 2),
        months=24,
        level="MASTER",
        exception_reason=OLD_FILE,
    )
    with pytest.raises(TrainerNotQualified) as refusal:
        name_trainer(session=session, trainer=lead, role="LEAD_TRAINER")
    assert str(refusal.value) == (
        f"{lead} n'est pas formateur de formateurs pour « Curriculum traite-des-personnes » : une "
        "formation de formateurs demande ce niveau. Choisissez une autre personne ou un autre rôle."
    )
    name_trainer(session=session, trainer=lead, role="TRAINER")
    name_trainer(session=session, trainer=master, role="LEAD_TRAINER")
    assert team() == [(lead.pk, "TRAINER"), (master.pk, "LEAD_TRAINER")]


def test_training_of_trainers_already_held_keeps_its_lead() -> None:
    session = make_session("TOT-1", type="TOT", starts_on=datetime.date(2025, 4, 1))
    lead = make_trainer(qualified=True)
    name_trainer(session=session, trainer=lead, role="LEAD_TRAINER")
    assert team() == [(lead.pk, "LEAD_TRAINER")]


# --- Calls --------------------------------------------------------------------------------------


def call_for(session: TrainingSession, by: User, closes_on: str = "2025-05-08"):
    return open_call(
        session=session, closes_on=datetime.date.fromisoformat(closes_on), message=" Venez ", by=by
    )


@pytest.mark.parametrize("closes_on", ["2025-05-01", "2025-05-12"])
def test_call_closes_between_today_and_the_eve(
    session: TrainingSession, organiser: User, closes_on: str
) -> None:
    with pytest.raises(CallRefused):
        call_for(session, organiser, closes_on)


def test_call_is_seen_by_those_qualified_for_its_days(
    session: TrainingSession, organiser: User
) -> None:
    call = call_for(session, organiser)
    assert call_for(session, organiser) == call
    able, candidate = make_trainer(qualified=True), make_trainer()
    suspended = make_trainer(qualified=True)
    suspend_trainer(trainer=suspended, reason="Plainte", by=organiser)
    elsewhere = make_session("AUT-1", curriculum=make_curriculum("autre"))
    call_for(elsewhere, organiser)

    seen = {one.pk: list(calls_for(one, TODAY)) for one in (able, candidate, suspended)}
    assert seen == {able.pk: [call], candidate.pk: [], suspended.pk: []}
    assert list(calls_for(able, datetime.date(2025, 5, 9))) == []
    close_call(call=call)
    assert list(calls_for(able, TODAY)) == []


def test_call_tells_each_fit_trainer_once(session: TrainingSession, organiser: User) -> None:
    near = make_trainer(make_person("BA", phone="70112233"), qualified=True)
    mailed = make_trainer(make_person("KEITA", email="keita@exemple.ml"), qualified=True)
    make_trainer(make_person("SOW"))  # no qualification
    for trainer in (near, mailed):
        staff(make_session(starts_on=datetime.date(2025, 3, 3)), trainer)
    suspended = make_trainer(qualified=True)
    suspend_trainer(trainer=suspended, reason="Plainte", by=organiser)

    for _ in range(2):
        call = call_for(session, organiser)
    close_call(call=call)
    call_for(session, organiser, "2025-05-09")

    sms, mail = OutboxMessage.objects.order_by("channel").values_list("person", "text")[::-1]
    assert (sms[0], mail[0]) == (near.person_id, mailed.person_id)
    assert sms[1].startswith(
        "Session à animer du 12/05 au 13/05, Ségou : proposez-vous jusqu'au 08/05. http"
    )
    assert len(sms[1]) <= 160
    assert "cherche un formateur.\n\nVenez\n\nVous pouvez vous proposer" in mail[1]


def test_organiser_chooses_among_those_who_applied(
    session: TrainingSession, organiser: User
) -> None:
    call = call_for(session, organiser)
    chosen, other = (make_trainer(make_person(), qualified=True) for _ in range(2))
    applications = [apply_to_call(call=call, trainer=one) for one in (chosen, other)]
    assert apply_to_call(call=call, trainer=chosen) == applications[0]
    with pytest.raises(InvitationRefused):
        accept_invitation(invitation=applications[0], by_trainer=True)

    accept_invitation(invitation=applications[0], by_trainer=False)
    decline_invitation(invitation=applications[1], by_trainer=False)

    assert team() == [(chosen.pk, "TRAINER")]
    assert states() == ["ACCEPTED", "DECLINED"]
    told = OutboxMessage.objects.order_by("pk").values_list("person", "text")
    assert [(person, text.split(".")[0]) for person, text in told] == [
        (chosen.person_id, "Votre candidature de formateur est retenue"),
        (
            other.person_id,
            "Votre candidature pour la session du 12/05 au 13/05 n'est pas retenue cette fois",
        ),
    ]


def test_closed_call_and_unqualified_trainer_are_refused(
    session: TrainingSession, organiser: User
) -> None:
    call = call_for(session, organiser)
    with pytest.raises(InvitationRefused) as unqualified:
        apply_to_call(call=call, trainer=make_trainer())
    close_call(call=call)
    with pytest.raises(InvitationRefused) as closed:
        apply_to_call(call=call, trainer=make_trainer(qualified=True))
    assert [str(unqualified.value), str(closed.value)] == [
        "Cet appel demande une habilitation valable pendant toute la session.",
        "Cet appel est clos.",
    ]
    assert states() == []


def test_application_is_taken_back_then_sent_again(
    session: TrainingSession, organiser: User
) -> None:
    call, trainer = call_for(session, organiser), make_trainer(qualified=True)
    application = apply_to_call(call=call, trainer=trainer)
    withdraw_invitation(invitation=application, by_trainer=True)
    assert states() == ["WITHDRAWN"]
    assert list(calls_for(trainer, TODAY)) == [call]
    assert apply_to_call(call=call, trainer=trainer).state == "APPLIED"
