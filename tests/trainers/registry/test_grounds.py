import datetime

import pytest
import time_machine

from accounts.models import User
from tests.factories.accounts import make_user
from tests.factories.trainers import START, make_curriculum, make_session, make_trainer, staff
from trainers.models import QualificationGround, Trainer
from trainers.registry.grounds import (
    GroundRefused,
    record_ground,
    unfounded_qualifications,
    void_ground,
    what_is_missing,
)
from trainers.registry.own_standing import curricula_standing
from trainers.registry.records import QualificationRefused, grant_qualification
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2025, 6, 2)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2025, 6, 2, 8, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def keeper() -> User:
    return make_user("COMMITTEE")


def keep(trainer: Trainer, keeper: User, basis: str, **facts: object) -> QualificationGround:
    return record_ground(
        **{
            "trainer": trainer,
            "curriculum": make_curriculum(),
            "basis": basis,
            "content": f"%PDF {basis}".encode(),
            "name": "preuve.pdf",
            "by": keeper,
            **facts,
        }
    )


def shared_session(trainer: Trainer):
    session = make_session()
    staff(session, make_trainer(qualified=True), "LEAD_TRAINER")
    staff(session, trainer, "CO_TRAINER")
    return session


def test_three_grounds_grant_without_any_exception(keeper: User) -> None:
    trainer = make_trainer()
    session = shared_session(trainer)
    keep(trainer, keeper, "TOT", happened_on=datetime.date(2025, 2, 1))
    shared = keep(trainer, keeper, "CO_FACILITATION", session=session)
    keep(trainer, keeper, "OBSERVATION", happened_on=TODAY, score=70)

    qualification = grant_qualification(
        trainer=trainer, curriculum=make_curriculum(), granted_on=TODAY, exception_reason="Inutile"
    )

    assert shared.happened_on == session.ends_on
    assert (qualification.exception_reason, qualification.level) == ("", "LEAD")
    assert trainer.state == "QUALIFIED"
    moves = trainer.moves.order_by("pk").values_list("from_state", "to_state", "moved_on")
    assert list(moves) == [("", "CANDIDATE", TODAY), ("CANDIDATE", "QUALIFIED", TODAY)]


def test_ground_under_the_threshold_is_kept_and_does_not_count(keeper: User) -> None:
    trainer = make_trainer()
    session = shared_session(trainer)
    keep(trainer, keeper, "TOT", happened_on=START)
    keep(trainer, keeper, "CO_FACILITATION", session=session)
    keep(trainer, keeper, "OBSERVATION", happened_on=START, score=69)
    with pytest.raises(QualificationRefused) as refusal:
        grant_qualification(trainer=trainer, curriculum=make_curriculum(), granted_on=TODAY)
    assert str(refusal.value) == (
        "La meilleure fiche d'observation est à 69 points sur 100, pour 70 au moins."
    )
    assert (trainer.grounds.count(), trainer.qualifications.count()) == (3, 0)


def test_co_facilitation_without_a_qualified_colleague_is_refused(keeper: User) -> None:
    trainer = make_trainer()
    session = make_session()
    staff(session, make_trainer(), "TRAINER")
    staff(session, trainer, "CO_TRAINER")
    with pytest.raises(GroundRefused) as refusal:
        keep(trainer, keeper, "CO_FACILITATION", session=session)
    assert str(refusal.value) == (
        "Aucun autre formateur de cette session n'était habilité pour ce curriculum."
    )


@pytest.mark.parametrize("case", ["cancelled", "to come", "other curriculum", "none"])
def test_co_facilitation_is_a_real_session_of_that_curriculum(keeper: User, case: str) -> None:
    trainer = make_trainer()
    session = shared_session(trainer)
    facts: dict[str, object] = {"session": session}
    if case == "cancelled":
        cancel_session(session=session, reason="Report")
    elif case == "to come":
        facts["session"] = make_session(starts_on=datetime.date(2025, 7, 1))
        staff(facts["session"], trainer, "CO_TRAINER")
    elif case == "other curriculum":
        facts["curriculum"] = make_curriculum("autre")
    else:
        facts["session"] = None
    session.refresh_from_db()
    with pytest.raises(GroundRefused):
        keep(trainer, keeper, "CO_FACILITATION", **facts)
    assert QualificationGround.objects.count() == 0


def test_ground_sent_twice_is_one_and_another_proof_is_refused(keeper: User) -> None:
    trainer = make_trainer()
    first = keep(trainer, keeper, "TOT", happened_on=START)
    assert keep(trainer, keeper, "TOT", happened_on=START) == first
    with pytest.raises(GroundRefused) as refusal:
        keep(trainer, keeper, "TOT", happened_on=START, content=b"%PDF autre")
    assert str(refusal.value) == (
        "Ce fondement est déjà noté au 12/05/2025, avec une autre preuve ou une autre note."
    )


def test_ground_without_a_proof_receives_it(keeper: User) -> None:
    trainer = make_trainer()
    old = QualificationGround.objects.create(
        trainer=trainer,
        curriculum=make_curriculum(),
        basis="OBSERVATION",
        happened_on=START,
        recorded_at=datetime.datetime(2025, 5, 13, tzinfo=datetime.UTC),
    )
    kept = keep(trainer, keeper, "OBSERVATION", happened_on=START, score=82)
    assert (kept.pk, kept.score, kept.proof.original_name) == (old.pk, 82, "preuve.pdf")


def test_withdrawn_ground_founds_nothing_and_leaves_its_day_free(keeper: User) -> None:
    trainer = make_trainer()
    session = shared_session(trainer)
    keep(trainer, keeper, "TOT", happened_on=START)
    keep(trainer, keeper, "CO_FACILITATION", session=session)
    wrong = keep(trainer, keeper, "OBSERVATION", happened_on=TODAY, score=90)
    assert [void_ground(ground=wrong, reason=" Autre personne ", by=keeper) for _ in range(2)] == [
        True,
        False,
    ]

    missing = what_is_missing(
        trainer=trainer, curriculum=make_curriculum(), level="LEAD", day=TODAY
    )
    assert missing == ["Il manque une fiche d'observation."]
    assert curricula_standing(trainer, [], TODAY)[0].missing == tuple(missing)
    wrong.refresh_from_db()
    assert (wrong.void_reason, wrong.voided_by) == ("Autre personne", keeper)

    right = keep(trainer, keeper, "OBSERVATION", happened_on=TODAY, score=72)
    assert right.pk != wrong.pk
    assert not what_is_missing(
        trainer=trainer, curriculum=make_curriculum(), level="LEAD", day=TODAY
    )


def test_ground_is_not_withdrawn_without_a_reason(keeper: User) -> None:
    ground = keep(make_trainer(), keeper, "TOT", happened_on=START)
    with pytest.raises(GroundRefused) as refusal:
        void_ground(ground=ground, reason="  ", by=keeper)
    assert str(refusal.value) == "Dites pourquoi ce fondement est annulé."
    ground.refresh_from_db()
    assert ground.voided_at is None


def test_withdrawn_ground_tells_which_qualifications_stood_on_it(keeper: User) -> None:
    trainer = make_trainer()
    session = shared_session(trainer)
    keep(trainer, keeper, "TOT", happened_on=START)
    keep(trainer, keeper, "CO_FACILITATION", session=session)
    spare = keep(trainer, keeper, "OBSERVATION", happened_on=START, score=71)
    last = keep(trainer, keeper, "OBSERVATION", happened_on=TODAY, score=85)
    grant_qualification(trainer=trainer, curriculum=make_curriculum(), granted_on=TODAY)

    void_ground(ground=spare, reason="Saisi deux fois", by=keeper)
    assert unfounded_qualifications(spare, TODAY) == 0
    void_ground(ground=last, reason="Autre personne", by=keeper)
    assert unfounded_qualifications(last, TODAY) == 1
    assert trainer.qualifications.get().withdrawn_on is None
