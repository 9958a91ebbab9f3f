"""During the session: who has handed in, now; afterwards the questions to discuss."""

import datetime
import uuid

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import User
from assessments.attempts import save_responses, start_attempt, submit_attempt
from assessments.models import TestForm
from assessments.own_tests import feedback_of
from assessments.session_tests import close_test, open_test, plan_tests
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_copy, make_form
from tests.factories.trainers import attend, make_session
from trainers.models import Participation, TrainingSession

pytestmark = pytest.mark.django_db

LIVE = "/sessions/SEG-L/en-direct/post/"
RESULTS = "/sessions/SEG-L/resultats/"
DEBRIEF = "/sessions/SEG-L/debriefing/"


@pytest.fixture
def form() -> TestForm:
    return make_form(key="ABCDABCDAB")


@pytest.fixture
def session(form: TestForm) -> TrainingSession:
    """Under way for a long time: its end is not what closes the tests."""
    session = make_session("SEG-L")
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion="POST")
    session.ends_on = datetime.date(2999, 1, 1)
    session.save()
    return session


@pytest.fixture
def awa(session: TrainingSession) -> Participation:
    person = make_person("TRAORE", "Awa")
    make_user(person=person)
    return attend(session, person)


@pytest.fixture
def ali(session: TrainingSession, awa: Participation) -> Participation:
    return attend(session, make_person("MAÏGA", "Ali"))


@pytest.fixture
def browser(client: Client) -> Client:
    client.force_login(make_user(Role.COMMITTEE))
    return client


def begin(one: Participation, form: TestForm, *, is_done: bool) -> None:
    attempt = start_attempt(uuid=uuid.uuid4(), participation=one, occasion="POST", form=form)
    save_responses(attempt=attempt, answers={1: "A", 2: "B"})
    if is_done:
        submit_attempt(attempt=attempt)


def test_live_page_counts_and_names_on_demand(
    browser: Client,
    session: TrainingSession,
    form: TestForm,
    awa: Participation,
    ali: Participation,
) -> None:
    begin(awa, form, is_done=True)
    begin(ali, form, is_done=False)

    page = browser.get(LIVE)
    html = page.content.decode()
    assert "Copies rendues : 1 sur 2" in html
    assert "MAÏGA" not in html

    named = browser.get(f"{LIVE}?noms").content.decode()
    assert "Ali MAÏGA" in named
    assert "commencée, réponses : 2" in named
    assert "TRAORE" not in named


def test_live_page_asks_for_itself_only_while_the_test_is_open(
    browser: Client, session: TrainingSession, awa: Participation
) -> None:
    assert browser.get(LIVE)["Refresh"] == "15"
    assert "Refresh" not in browser.get(f"{LIVE}?fixe")

    close_test(session=session, occasion="POST")

    assert "Refresh" not in browser.get(LIVE)


def test_live_page_takes_the_same_queries_whatever_the_people(
    browser: Client, session: TrainingSession, django_assert_num_queries: object
) -> None:
    for size in (1, 2):
        for _ in range(size):
            attend(session)
        browser.get(f"{LIVE}?noms")
        with django_assert_num_queries(10):
            browser.get(f"{LIVE}?noms")


@pytest.mark.parametrize("address", [LIVE, f"{LIVE}?noms", DEBRIEF])
def test_others_see_neither_names_nor_questions(
    client: Client,
    session: TrainingSession,
    awa: Participation,
    ali: Participation,
    address: str,
) -> None:
    client.force_login(make_user(Role.TRAINER))
    stranger = client.get(address)
    client.force_login(User.objects.get(person=awa.person))
    learner = client.get(address)

    assert (stranger.status_code, learner.status_code) == (404, 403)
    assert "MAÏGA" not in stranger.content.decode() + learner.content.decode()


def test_questions_are_discussed_once_the_test_is_over_for_all(
    browser: Client,
    session: TrainingSession,
    form: TestForm,
    awa: Participation,
    ali: Participation,
) -> None:
    make_copy(awa, form, "PRE", "AAAAAAAAAA")
    make_copy(awa, form, "POST", "ABCDABCDAA")
    early = browser.get(DEBRIEF, follow=True).content.decode()
    assert "quand le post-test est fini pour tout le monde" in early
    assert "Réponse 10B" not in early

    make_copy(ali, form, "POST", "ABCDABCDAC")
    html = browser.get(DEBRIEF).content.decode()

    assert "Réponses justes avant (0 sur 1)" in html
    assert "Réponses justes après (0 sur 2)" in html
    assert "Réponse 10A (1 sur 2)" in html
    assert "MAÏGA" not in html


def test_results_page_hides_the_right_letters_while_somebody_writes(
    browser: Client,
    session: TrainingSession,
    form: TestForm,
    awa: Participation,
    ali: Participation,
) -> None:
    make_copy(awa, form, "POST", "ABCDABCDAA")

    writing = browser.get("/sessions/SEG-L/resultats/").content.decode()
    close_test(session=session, occasion="POST")
    over = browser.get("/sessions/SEG-L/resultats/").content.decode()

    assert ("Juste : B" in writing, "Juste : B" in over) == (False, True)


def test_own_correction_waits_until_neighbours_have_finished(
    client: Client,
    session: TrainingSession,
    form: TestForm,
    awa: Participation,
    ali: Participation,
) -> None:
    attempt = make_copy(awa, form, "POST", "ABCDABCDAA")
    client.force_login(User.objects.get(person=awa.person))
    address = f"/tests/{attempt.uuid}/resultat/"

    waiting = client.get(address).content.decode()
    assert "d’autres écrivent encore" in waiting
    assert "Bonne réponse" not in waiting
    assert feedback_of(attempt) == []

    begin(ali, form, is_done=True)
    assert "Réponse 10B" in client.get(address).content.decode()


def test_own_correction_opens_when_the_trainer_closes_the_test(
    session: TrainingSession, form: TestForm, awa: Participation, ali: Participation
) -> None:
    attempt = make_copy(awa, form, "POST", "ABCDABCDAA")

    close_test(session=session, occasion="POST")

    assert len(feedback_of(attempt)) == 10


def test_a_test_on_paper_is_over_when_the_trainer_says_that_the_sheets_are_in(
    browser: Client,
    session: TrainingSession,
    form: TestForm,
    awa: Participation,
    ali: Participation,
) -> None:
    session.session_forms.update(opened_at=None)
    make_copy(awa, form, "POST", "ABCDABCDAA")
    assert browser.get(DEBRIEF).status_code == 302
    assert "toutes les feuilles sont rendues" in browser.get(RESULTS).content.decode()

    browser.post(f"{RESULTS}tests/post/", {"do": "end"})

    assert "Énoncé 10" in browser.get(DEBRIEF).content.decode()
    assert (
        "toutes les feuilles sont rendues" in browser.get(RESULTS).content.decode()
    )  # the pre-test
    make_copy(ali, form, "POST", "ABCDABCDAB")  # sheets are typed afterwards


def test_a_pre_test_left_open_keeps_the_key_closed_after_the_last_day(
    browser: Client, session: TrainingSession, form: TestForm, awa: Participation
) -> None:
    close_test(session=session, occasion="POST")
    open_test(session=session, occasion="PRE")
    session.session_forms.filter(occasion="POST").update(opened_at=None, closed_at=None)
    session.ends_on = session.starts_on
    session.save()

    assert browser.get(DEBRIEF).status_code == 302

    close_test(session=session, occasion="PRE")

    assert browser.get(DEBRIEF).status_code == 200
