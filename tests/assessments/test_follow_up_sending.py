"""Questions at three and six months: sent once, answered without sign-in, then a delayed test."""

import datetime
import uuid

import pytest
from django.core.management import call_command
from django.test import Client

from accounts.enums import Role
from accounts.models import OutboxMessage
from accounts.sms_text import fits_one_message
from assessments.attempts import start_attempt, submit_attempt
from assessments.follow_up_sending import FollowUpsSent, send_due_follow_ups
from assessments.follow_up_tests import follow_up_form, follow_up_test_is_open
from assessments.follow_ups import send_follow_ups
from assessments.models import Attempt, FollowUp
from assessments.session_results import knowledge_gain
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.assessments import make_copy, make_form
from tests.factories.trainers import attend, make_session
from trainers.models import Participation, TrainingSession

pytestmark = pytest.mark.django_db

ENDED = datetime.date(2025, 5, 13)
DUE = datetime.date(2025, 8, 13)
NOON = datetime.datetime(2025, 8, 13, 12, tzinfo=datetime.UTC)


@pytest.fixture
def session() -> TrainingSession:
    session = make_session("SEG-F")
    session.state = "TO_VALIDATE"
    session.ends_on = ENDED
    session.save()
    return session


def trained(session: TrainingSession, **facts: object) -> Participation:
    state, session.state = session.state, "RUNNING"
    session.save()
    one = attend(session, make_person(**facts), positions=(1, 2, 3, 4))  # type: ignore[arg-type]
    session.state = state
    session.save()
    assert one.status == "TRAINED"
    return one


def test_each_trained_person_is_asked_once_by_the_address_known(session: TrainingSession) -> None:
    by_mail = trained(session, email="awa@exemple.ml", phone="76000001")
    by_phone = trained(session, phone="76000002")
    trained(session, phone="")

    first = send_due_follow_ups(day=DUE)
    again = send_due_follow_ups(day=DUE + datetime.timedelta(days=1))

    assert first == FollowUpsSent(asked=2, without_address=1)
    assert again == FollowUpsSent(asked=0, without_address=1)
    assert list(FollowUp.objects.order_by("pk").values_list("participation", "months")) == [
        (by_mail.pk, 3), (by_phone.pk, 3),
    ]  # fmt: skip
    mail, sms = OutboxMessage.objects.order_by("pk")
    tokens = dict(FollowUp.objects.values_list("participation", "token"))
    assert (mail.channel, mail.address) == ("EMAIL", "awa@exemple.ml")
    assert f"/suivi/{tokens[by_mail.pk]}/" in mail.text
    assert sms.channel == "SMS"
    assert fits_one_message(sms.text)
    for message in (mail, sms):
        assert session.title not in message.text
        assert "traite" not in (message.subject + message.text).lower()


@pytest.mark.parametrize("day", [datetime.date(2025, 8, 12), datetime.date(2025, 9, 13)])
def test_nobody_is_asked_too_early_or_far_too_late(
    session: TrainingSession, day: datetime.date
) -> None:
    trained(session, phone="76000001")

    assert send_due_follow_ups(day=day).asked == 0


def test_who_was_not_trained_is_not_asked(session: TrainingSession) -> None:
    session.state = "RUNNING"
    session.save()
    attend(session, make_person(phone="76000001"), positions=(1,))
    session.state = "TO_VALIDATE"
    session.save()

    assert send_due_follow_ups(day=DUE).asked == 0


def test_the_daily_command_asks(
    session: TrainingSession, time_machine: object, capsys: pytest.CaptureFixture[str]
) -> None:
    time_machine.move_to(NOON)  # type: ignore[attr-defined]
    trained(session, phone="76000001")

    call_command("send_reminders")

    assert "1 question(s) de suivi déposée(s)." in capsys.readouterr().out


@pytest.fixture
def asked(session: TrainingSession, time_machine: object) -> FollowUp:
    time_machine.move_to(NOON)  # type: ignore[attr-defined]
    trained(session, family_name="TRAORE", given_name="Secrète", phone="76000001")
    send_due_follow_ups(day=DUE)
    return FollowUp.objects.get()


def test_the_question_is_answered_without_sign_in_and_names_nobody(
    client: Client, asked: FollowUp
) -> None:
    address = f"/suivi/{asked.token}/"

    page = client.get(address)
    html = page.content.decode()
    assert "mai 2025" in html
    assert "TRAORE" not in html
    assert asked.participation.session.title not in html
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    asked.refresh_from_db()
    assert asked.answered_on is None  # opening a link is no answer

    client.post(address, {"uses_skills": "YES"})
    done = client.post(address, {"uses_skills": "NO"})

    asked.refresh_from_db()
    assert done.url == f"{address}merci/"
    assert (asked.uses_skills, asked.answered_on) == ("NO", DUE)
    assert "Passer ce test" not in client.get(done.url).content.decode()  # no account


def test_a_late_or_empty_answer_changes_nothing(
    client: Client, asked: FollowUp, time_machine: object
) -> None:
    address = f"/suivi/{asked.token}/"
    empty = client.post(address, {})
    time_machine.move_to(NOON + datetime.timedelta(days=61))  # type: ignore[attr-defined]
    late = client.post(address, {"uses_skills": "YES"})

    asked.refresh_from_db()
    assert asked.answered_on is None
    assert "Vérifiez les réponses" in empty.content.decode()
    assert "Ce questionnaire est fermé" in late.content.decode()
    assert client.get("/suivi/inconnu/").status_code == 404


def test_a_machine_behind_a_link_is_slowed(client: Client, asked: FollowUp) -> None:
    address = f"/suivi/{asked.token}/"

    replies = [client.post(address, {"uses_skills": "NO"}).status_code for _n in range(21)]
    refused = client.post(address, {"uses_skills": "YES"})

    assert replies == [302] * 20 + [429]
    assert refused.status_code == 429
    asked.refresh_from_db()
    assert asked.uses_skills == "NO"


# --- The delayed test ---------------------------------------------------------------------------


def copy(one: Participation, form: object, occasion: str, letters: str) -> Attempt:
    session = one.session
    assert session is not None
    TrainingSession.objects.filter(pk=session.pk).update(state="RUNNING")
    attempt = make_copy(one, form, occasion, letters)  # type: ignore[arg-type]
    TrainingSession.objects.filter(pk=session.pk).update(state="VALIDATED", validated_at=NOON)
    return attempt


def test_delayed_form_is_one_whose_answers_were_never_shown(session: TrainingSession) -> None:
    one = trained(session)
    a, b, c = (make_form(f"f-{name}", "A" * 10, parallel_group="trio") for name in "abc")
    assert follow_up_form(one, "FOLLOW_UP") is None  # nothing to be parallel to

    copy(one, a, "PRE", "A" * 10)
    copy(one, b, "POST", "A" * 10)
    assert follow_up_form(one, "FOLLOW_UP") == c

    copy(one, c, "FOLLOW_UP", "A" * 10)
    assert follow_up_form(one, "FOLLOW_UP") == c  # a copy begun keeps its form
    assert follow_up_form(one, "FOLLOW_UP6") == a  # its key was shown to nobody


def test_same_form_before_and_after_leaves_no_delayed_form(session: TrainingSession) -> None:
    one = trained(session)
    form = make_form("seul", "A" * 10)
    copy(one, form, "PRE", "A" * 10)
    copy(one, form, "POST", "A" * 10)

    assert follow_up_form(one, "FOLLOW_UP") is None


def test_delayed_test_is_taken_after_validation_and_never_enters_the_gain(
    client: Client, asked: FollowUp
) -> None:
    one = asked.participation
    learner = make_user(person=one.person)
    forms = [make_form(f"f-{name}", "A" * 10, parallel_group="paire") for name in "ab"]
    copy(one, forms[0], "PRE", "A" * 4 + "B" * 6)
    copy(one, forms[1], "POST", "A" * 8 + "B" * 2)
    before = knowledge_gain(one.session).gain.gain
    one.refresh_from_db()
    status = (one.status, one.post_percent)
    client.post(f"/suivi/{asked.token}/", {"uses_skills": "YES"})
    thanks = client.get(f"/suivi/{asked.token}/merci/").content.decode()
    assert "/sessions/SEG-F/test/suivi-3/" in thanks

    client.force_login(learner)
    begun = client.post("/sessions/SEG-F/test/suivi-3/", {"uuid": str(uuid.UUID(int=7))})
    attempt = Attempt.objects.get(occasion="FOLLOW_UP")
    assert begun.url == f"/tests/{attempt.uuid}/1/"
    assert attempt.form == forms[0]
    client.post(f"/tests/{attempt.uuid}/1/", {f"q{n}": "A" for n in range(1, 6)})
    client.post(f"/tests/{attempt.uuid}/relecture/")

    attempt.refresh_from_db()
    one.refresh_from_db()
    assert attempt.percent == 50.0
    assert (one.status, one.post_percent) == status
    assert knowledge_gain(one.session).gain.gain == before == 40.0
    result = client.get(f"/tests/{attempt.uuid}/resultat/").content.decode()
    assert "ce qui reste de la formation" in result
    assert "Bonne réponse" not in result


def test_delayed_test_opens_with_its_question_only(session: TrainingSession) -> None:
    one = trained(session)

    assert not follow_up_test_is_open(one, "FOLLOW_UP", day=DUE)
    send_follow_ups(participations=[one], months=3, sent_on=DUE)
    assert follow_up_test_is_open(one, "FOLLOW_UP", day=DUE)
    assert not follow_up_test_is_open(one, "FOLLOW_UP6", day=DUE)
    assert not follow_up_test_is_open(one, "FOLLOW_UP", day=DUE + datetime.timedelta(days=61))


# --- What staff reads ---------------------------------------------------------------------------


def test_staff_reads_rates_with_their_n_and_the_delayed_test(
    client: Client, asked: FollowUp
) -> None:
    one = asked.participation
    form, late = (make_form(f"f-{name}", "A" * 10, parallel_group="paire") for name in "ab")
    copy(one, form, "POST", "A" * 8 + "BB")
    attempt = start_attempt(uuid=uuid.uuid4(), participation=one, occasion="FOLLOW_UP", form=late)
    submit_attempt(attempt=attempt)
    client.force_login(make_user(Role.COMMITTEE))

    html = client.get("/sessions/SEG-F/suivi/").content.decode()

    assert "n = 1 envoyées" in html
    assert "n = 0 réponses" in html
    assert "0\u00a0%" in html
    assert "n = 1 personnes : 80 points au post-test, 0 maintenant" in html
    assert "13 novembre 2025" in html


def test_years_are_read_within_the_territory(client: Client, asked: FollowUp) -> None:
    client.force_login(make_user(Role.COMMITTEE))
    national = client.get("/suivi/").content.decode()
    client.force_login(make_user(Role.FOCAL_POINT, territory=make_region("kayes", "Kayes")))
    elsewhere = client.get("/suivi/").content.decode()
    client.force_login(make_user(Role.TRAINER))

    assert "(n = 0)" in national
    assert "Aucune question n’est encore partie" in elsewhere
    assert client.get("/suivi/").status_code == 403
    assert client.get("/sessions/SEG-F/suivi/").status_code == 404


# --- By telephone -------------------------------------------------------------------------------

CALLS = "/sessions/SEG-F/suivi/3/appels/"


def test_staff_notes_what_was_said_by_telephone_even_once_validated(
    client: Client, asked: FollowUp, time_machine: object
) -> None:
    silent = trained(asked.participation.session, given_name="Muette", phone="76000009")
    send_due_follow_ups(day=DUE)
    TrainingSession.objects.update(state="VALIDATED", validated_at=NOON)
    caller = make_user(Role.COMMITTEE)
    client.force_login(caller)
    page = client.get(CALLS).content.decode()
    assert 'href="tel:' in page
    assert "2 personnes n’ont pas encore répondu." in page

    for _click in range(2):
        client.post(CALLS, {"follow_up": asked.pk, "answer": "YES"})
    empty = client.post(CALLS, {"follow_up": asked.pk, "answer": ""}, follow=True)

    asked.refresh_from_db()
    assert (asked.uses_skills, asked.answered_on, asked.answered_by) == ("YES", DUE, caller)
    html = empty.content.decode()
    assert "Choisissez oui ou non" in html
    assert "Par téléphone, noté le 13 août 2025" in html
    assert silent.follow_ups.get().answered_on is None  # nobody answers for the silent
    board = client.get("/sessions/SEG-F/suivi/").content.decode()
    assert "Dont 1 réponse notée" in board
    assert "50\u00a0%" in board  # of two questions, one answer


def test_an_answer_by_the_link_stands_and_replaces_one_by_telephone(
    client: Client, asked: FollowUp
) -> None:
    staff = make_user(Role.COMMITTEE)
    client.force_login(staff)
    client.post(CALLS, {"follow_up": asked.pk, "answer": "YES"})
    client.post(f"/suivi/{asked.token}/", {"uses_skills": "NO"})

    refused = client.post(CALLS, {"follow_up": asked.pk, "answer": "YES"}, follow=True)

    asked.refresh_from_db()
    assert (asked.uses_skills, asked.answered_by) == ("NO", None)
    assert "a déjà répondu par son lien" in refused.content.decode()
    assert 'name="answer"' not in refused.content.decode()


def test_no_answer_is_typed_once_the_question_is_closed_or_by_others(
    client: Client, asked: FollowUp, time_machine: object
) -> None:
    stranger = make_user(Role.TRAINER)
    client.force_login(stranger)
    assert client.post(CALLS, {"follow_up": asked.pk, "answer": "YES"}).status_code == 404
    assert "TRAORE" not in client.get(CALLS).content.decode()
    client.force_login(make_user(Role.COMMITTEE))
    assert client.get("/sessions/SEG-F/suivi/4/appels/").status_code == 404
    late = "/sessions/SEG-F/suivi/6/appels/"
    assert client.post(late, {"follow_up": asked.pk, "answer": "YES"}).status_code == 404
    time_machine.move_to(NOON + datetime.timedelta(days=61))  # type: ignore[attr-defined]
    client.force_login(make_user(Role.COMMITTEE))

    client.post(CALLS, {"follow_up": asked.pk, "answer": "YES"})

    asked.refresh_from_db()
    assert asked.answered_on is None
    assert "le questionnaire est fermé" in client.get(CALLS).content.decode()


def test_calls_take_the_same_queries_whatever_the_people(
    client: Client,
    session: TrainingSession,
    time_machine: object,
    django_assert_num_queries: object,
) -> None:
    time_machine.move_to(NOON)  # type: ignore[attr-defined]
    client.force_login(make_user(Role.COMMITTEE))
    for phones in (["76000001"], ["76000002", "76000003"]):  # one person, then three
        for phone in phones:
            trained(session, phone=phone)
        send_due_follow_ups(day=DUE)
        client.get(CALLS)
        with django_assert_num_queries(5):
            client.get(CALLS)


def test_nobody_is_thanked_before_answering(client: Client, asked: FollowUp) -> None:
    assert client.get(f"/suivi/{asked.token}/merci/").url == f"/suivi/{asked.token}/"
