"""Copies that a phone kept without network: received once, late if begun in time, or refused."""

import datetime
import json
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from accounts.models import User
from assessments.copy_payload import UnreadableCopy, read_copy
from assessments.models import Attempt, SessionForm, TestForm
from assessments.session_tests import close_test, open_test, plan_tests
from courses.progress import start_run
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_form
from tests.factories.courses import publish_curriculum
from tests.factories.trainers import attend, make_session
from trainers.models import Participation, TrainingSession
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db

KEY = "ABCDABCDAB"
SENDING = "/tests/envoi/"
NOON = datetime.datetime(2025, 5, 12, 12, tzinfo=datetime.UTC)


@pytest.fixture
def form() -> TestForm:
    return make_form("form-a", KEY, parallel_group="seg")


@pytest.fixture
def other_form(form: TestForm) -> TestForm:
    return make_form("form-b", "BCDABCDABC", parallel_group="seg")


@pytest.fixture
def session(form: TestForm) -> TrainingSession:
    session = make_session("SEG-T")
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion="PRE", at=NOON - datetime.timedelta(hours=1))
    return session


@pytest.fixture
def learner() -> User:
    return make_user(person=make_person("TRAORE", "Awa"))


@pytest.fixture
def participation(session: TrainingSession, learner: User) -> Participation:
    return attend(session, learner.person)


@pytest.fixture
def phone(client: Client, learner: User, participation: Participation) -> Client:
    client.force_login(learner)
    return client


def copy_of(participation: Participation, letters: str = KEY, **facts: Any) -> dict[str, Any]:
    return {
        "uuid": str(uuid.UUID(int=7)),
        "participation": str(participation.pk),
        "occasion": "PRE",
        "form": "form-a",
        "age": 600,
        "answers": {str(place): letter for place, letter in enumerate(letters, start=1)},
        "hand_in": False,
        **facts,
    }


def send(client: Client, copy: dict[str, Any]) -> Any:
    return client.post(SENDING, json.dumps(copy), content_type="application/json")


def test_a_copy_begun_without_network_starts_when_it_arrives(
    phone: Client, participation: Participation
) -> None:
    with time_machine.travel(NOON, tick=False):
        answer = send(phone, copy_of(participation, "ABC"))

    attempt = Attempt.objects.get()
    assert answer.status_code == 204
    assert "Location" not in answer.headers
    assert attempt.uuid == uuid.UUID(int=7)
    assert attempt.responses == ["A", "B", "C", *[None] * 7]
    assert attempt.started_at == NOON - datetime.timedelta(minutes=10)
    assert attempt.submitted_at is None


def test_a_sending_repeated_is_one_copy_and_one_score(
    phone: Client, participation: Participation
) -> None:
    copy = copy_of(participation, hand_in=True)
    first = send(phone, copy)
    handed_in = Attempt.objects.get().submitted_at

    second = send(phone, copy)

    attempt = Attempt.objects.get()
    assert first["Location"] == second["Location"] == f"/tests/{uuid.UUID(int=7)}/resultat/"
    assert (attempt.correct, attempt.percent) == (10, 100.0)
    assert attempt.submitted_at == handed_in


def test_a_copy_handed_in_does_not_change_and_says_so_as_a_success(
    phone: Client, participation: Participation
) -> None:
    send(phone, copy_of(participation, hand_in=True))

    answer = send(phone, copy_of(participation, "DDDDDDDDDD", hand_in=True))

    assert answer.status_code == 204
    assert Attempt.objects.get().responses == list(KEY)


def test_another_phone_with_other_answers_is_told(
    phone: Client, participation: Participation
) -> None:
    send(phone, copy_of(participation, hand_in=True))

    answer = send(phone, copy_of(participation, "D", uuid=str(uuid.UUID(int=8))))

    assert answer.status_code == 422
    assert answer.content.decode() == (
        "Une autre copie de ce test est déjà rendue : celle-ci n’est pas comptée."
    )


def test_only_the_answers_named_change(phone: Client, participation: Participation) -> None:
    send(phone, copy_of(participation, "ABC"))

    send(phone, copy_of(participation, answers={"2": "D", "4": "D"}))

    assert Attempt.objects.get().responses[:5] == ["A", "D", "C", "D", None]


def test_a_copy_begun_before_the_closing_is_accepted_after_it(
    phone: Client, participation: Participation, session: TrainingSession
) -> None:
    close_test(session=session, occasion="PRE", at=NOON - datetime.timedelta(minutes=5))

    with time_machine.travel(NOON, tick=False):
        answer = send(phone, copy_of(participation, age=600, hand_in=True))

    attempt = Attempt.objects.get()
    assert answer.status_code == 204
    assert attempt.percent == 100.0
    assert attempt.submitted_at == NOON


def test_a_copy_begun_after_the_closing_is_refused(
    phone: Client, participation: Participation, session: TrainingSession
) -> None:
    close_test(session=session, occasion="PRE", at=NOON - datetime.timedelta(minutes=15))

    with time_machine.travel(NOON, tick=False):
        answer = send(phone, copy_of(participation, age=600))

    assert answer.status_code == 422
    assert "fermé avant votre première réponse" in answer.content.decode()
    assert Attempt.objects.count() == 0


def test_a_session_that_no_longer_changes_takes_no_copy(
    phone: Client, participation: Participation, session: TrainingSession
) -> None:
    cancel_session(session=session, reason="Route coupée")

    answer = send(phone, copy_of(participation))

    assert answer.status_code == 422
    assert "elle ne reçoit plus de copie" in answer.content.decode()
    assert Attempt.objects.count() == 0


def test_a_test_never_opened_takes_no_copy(phone: Client, participation: Participation) -> None:
    answer = send(phone, copy_of(participation, occasion="POST"))

    assert answer.status_code == 422
    assert "pas encore ouvert" in answer.content.decode()
    assert Attempt.objects.count() == 0


def test_a_copy_keeps_its_form_when_the_other_half_is_now_planned(
    phone: Client,
    participation: Participation,
    session: TrainingSession,
    form: TestForm,
    other_form: TestForm,
) -> None:
    plan_tests(session=session, pre=[other_form, form], post=[form])
    open_test(session=session, occasion="PRE")
    assert "form-b" in page_of(phone, participation)

    answer = send(phone, copy_of(participation, hand_in=True))

    assert answer.status_code == 204
    assert Attempt.objects.get().form == form
    assert Attempt.objects.get().percent == 100.0


def test_a_form_that_nobody_planned_is_refused(
    phone: Client, participation: Participation, other_form: TestForm
) -> None:
    answer = send(phone, copy_of(participation, form="form-b"))

    assert answer.status_code == 422
    assert "a été remplacé" in answer.content.decode()
    assert Attempt.objects.count() == 0


def test_a_letter_that_is_no_choice_is_refused_with_its_question(
    phone: Client, participation: Participation
) -> None:
    answer = send(phone, copy_of(participation, "AZ"))

    assert answer.status_code == 422
    assert "Question 2 : « Z »" in answer.content.decode()
    assert Attempt.objects.count() == 0


def test_somebody_else_cannot_send_this_copy(
    client: Client, participation: Participation, session: TrainingSession
) -> None:
    stranger = make_user(person=attend(session).person)
    client.force_login(stranger)

    assert send(client, copy_of(participation)).status_code == 404
    assert Attempt.objects.count() == 0


def test_a_uuid_of_somebody_else_is_refused(
    phone: Client, participation: Participation, session: TrainingSession
) -> None:
    send(phone, copy_of(participation, hand_in=True))
    other = make_user(person=attend(session).person)
    phone.force_login(other)
    theirs = Participation.objects.get(person=other.person)

    answer = send(phone, copy_of(theirs, "DDD"))

    assert answer.status_code == 422
    assert Attempt.objects.get().participation == participation


@pytest.mark.parametrize(
    "spoilt",
    [
        {"uuid": "rien"}, {"answers": []}, {"age": None}, {"age": "NaN"}, {"participation": "x"},
        {"answers": {"1": 3}}, {"answers": {str(n): "A" for n in range(201)}},
    ],
)  # fmt: skip
def test_what_our_pages_never_send_is_unreadable(
    phone: Client, participation: Participation, spoilt: dict[str, Any]
) -> None:
    copy = {**copy_of(participation), **spoilt}

    assert send(phone, copy).status_code == 400
    with pytest.raises(UnreadableCopy):
        read_copy(copy, now=timezone.now())


def test_a_sending_too_large_is_refused_unread(phone: Client, participation: Participation) -> None:
    assert send(phone, copy_of(participation, form="x" * 20_000)).status_code == 413


def page_of(client: Client, participation: Participation, more: str = "") -> str:
    response = client.get(f"/tests/copie/{participation.pk}/pre/{more}")
    assert response.status_code == 200
    return response.content.decode()


def test_the_whole_copy_shows_every_item_and_writes_nothing(
    phone: Client, participation: Participation
) -> None:
    html = page_of(phone, participation)

    assert [f"Énoncé {n}" in html for n in (1, 6, 10)] == [True, True, True]
    assert 'data-form="form-a"' in html
    assert Attempt.objects.count() == 0


def test_the_whole_copy_never_holds_the_key(
    phone: Client, participation: Participation, form: TestForm
) -> None:
    assert "Retour" not in page_of(phone, participation)
    assert "is_correct" not in page_of(phone, participation)


def test_a_phone_asks_again_for_the_form_it_began(
    phone: Client, participation: Participation, session: TrainingSession, form: TestForm,
    other_form: TestForm,
) -> None:  # fmt: skip
    plan_tests(session=session, pre=[other_form, form], post=[form])
    open_test(session=session, occasion="PRE")

    assert 'data-form="form-b"' in page_of(phone, participation)
    assert 'data-form="form-a"' in page_of(phone, participation, "?form=form-a")
    address = f"/tests/copie/{participation.pk}/pre/?form=form-z"
    assert phone.get(address).status_code == 404


def test_the_whole_copy_works_as_a_plain_form(phone: Client, participation: Participation) -> None:
    address = f"/tests/copie/{participation.pk}/pre/"

    answer = phone.post(address, {f"q{n}": KEY[n - 1] for n in range(1, 11)})

    attempt = Attempt.objects.get()
    assert answer.url == f"/tests/{attempt.uuid}/relecture/"
    assert attempt.responses == list(KEY)
    assert phone.post(answer.url).url == f"/tests/{attempt.uuid}/resultat/"
    assert phone.get(address).url == f"/tests/{attempt.uuid}/resultat/"


def test_the_whole_copy_of_a_test_not_open_leads_to_why(
    phone: Client, participation: Participation
) -> None:
    answer = phone.get(f"/tests/copie/{participation.pk}/post/")

    assert answer.url == "/sessions/SEG-T/test/post/"


def test_a_browser_with_scripts_gets_the_whole_copy(
    phone: Client, participation: Participation
) -> None:
    send(phone, copy_of(participation, "A"))
    attempt = Attempt.objects.get()
    assert phone.get(f"/tests/{attempt.uuid}/1/").status_code == 200

    phone.cookies["js"] = "1"

    assert phone.get(f"/tests/{attempt.uuid}/1/").url == f"/tests/copie/{participation.pk}/pre/"


def test_a_copy_of_a_run_is_received_and_not_on_another_curriculum_s_form(
    client: Client, learner: User
) -> None:
    assert learner.person
    curriculum = publish_curriculum("reperer")
    form = make_form("run-a", KEY)
    form.bank.curriculum = curriculum
    form.bank.save()
    make_form("ailleurs", KEY)
    run = start_run(person=learner.person, curriculum=curriculum)
    participation = Participation.objects.get(course_run=run)
    client.force_login(learner)

    refused = send(client, copy_of(participation, form="ailleurs"))
    received = send(client, copy_of(participation, form="run-a", hand_in=True))

    assert (refused.status_code, received.status_code) == (422, 204)
    assert Attempt.objects.get().percent == 100.0
    assert SessionForm.objects.count() == 0


def test_a_sending_nested_without_end_is_unreadable(phone: Client) -> None:
    assert phone.post(SENDING, b"[" * 15_000, "application/json").status_code == 400
