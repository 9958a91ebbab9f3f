"""The learner's own page."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from assessments.attempts import start_attempt
from assessments.models import TestForm
from assessments.own_tests import status_sentence
from assessments.session_tests import close_test, open_test, plan_tests
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_copy, make_form, make_participation
from tests.factories.trainers import attend, make_session
from trainers.enums import SessionType
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def learner() -> User:
    return make_user(person=make_person("TRAORE", "Awa"))


@pytest.fixture
def browser(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client


@pytest.fixture
def form() -> TestForm:
    return make_form()


def space(browser: Client) -> str:
    return browser.get("/mon-espace/").content.decode()


def test_an_empty_space_says_what_to_expect(browser: Client) -> None:
    assert "Aucune session pour l’instant" in space(browser)


def test_an_open_test_is_the_first_thing_to_do(
    browser: Client, learner: User, form: TestForm
) -> None:
    session = make_session("SEG-M")
    attend(session, learner.person)
    plan_tests(session=session, pre=[form], post=[form])
    assert "Passer le test" not in space(browser)

    open_test(session=session, occasion="PRE")

    html = space(browser)
    assert "Passer le test" in html
    assert 'href="/sessions/SEG-M/test/pre/"' in html
    assert "/test/post/" not in html


def test_a_copy_begun_is_resumed_even_once_closed(
    browser: Client, learner: User, form: TestForm
) -> None:
    session = make_session("SEG-M")
    participation = attend(session, learner.person)
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion="PRE")
    start_attempt(uuid=uuid4(), participation=participation, occasion="PRE", form=form)
    close_test(session=session, occasion="PRE")

    html = space(browser)

    assert "Reprendre le test" in html
    assert "aucune réponse n’est encore enregistrée" in html


def test_a_result_is_shown_with_its_unit(browser: Client, learner: User, form: TestForm) -> None:
    participation = attend(make_session("SEG-M"), learner.person)
    copy = make_copy(participation, form, "POST", "ABCDABCDAA")

    html = space(browser)

    assert "90 points sur 100" in html
    assert f'href="/tests/{copy.uuid}/resultat/"' in html
    assert "Passer le test" not in html


def test_a_cancelled_session_opens_no_test(browser: Client, learner: User, form: TestForm) -> None:
    session = make_session("SEG-M")
    attend(session, learner.person)
    plan_tests(session=session, pre=[form], post=[form])
    open_test(session=session, occasion="PRE")
    cancel_session(session=session, reason="Route coupée")

    assert "Passer le test" not in space(browser)


def test_a_copy_begun_in_a_cancelled_session_is_not_to_take(
    browser: Client, learner: User, form: TestForm
) -> None:
    session = make_session("SEG-M")
    participation = attend(session, learner.person)
    start_attempt(uuid=uuid4(), participation=participation, occasion="PRE", form=form)
    cancel_session(session=session, reason="Route coupée")

    assert "Reprendre le test" not in space(browser)


def test_the_sessions_of_others_stay_theirs(browser: Client, form: TestForm) -> None:
    other = make_participation(make_session("SEG-X", title="Session des autres"))
    make_copy(other, form, "PRE", "ABCDABCDAA")

    html = space(browser)

    assert "Session des autres" not in html
    assert "SEG-X" not in html


def test_a_merged_record_keeps_its_sessions(browser: Client, learner: User) -> None:
    old = make_person("TRAORÉ", "Awa")
    attend(make_session("SEG-OLD"), old)
    old.merged_into = learner.person
    old.save(update_fields=["merged_into"])

    assert "SEG-OLD" in space(browser)


@pytest.mark.parametrize(
    ("kind", "positions", "sentence"),
    [
        (SessionType.TRAINING, (), "Vous êtes sur la liste ; aucune présence n'est encore notée."),
        (
            SessionType.TRAINING,
            (1,),
            "Votre présence est notée ; elle n'atteint pas la durée d'une formation complète.",
        ),
        (SessionType.AWARENESS, (1,), "Vous avez suivi cette sensibilisation."),
        (SessionType.TRAINING, (1, 2, 3, 4), "Vous avez suivi la formation."),
    ],
)
def test_the_ladder_is_said_in_words(kind: str, positions: tuple[int, ...], sentence: str) -> None:
    participation = attend(make_session(type=kind), positions=positions)

    assert status_sentence(participation) == sentence


def test_the_space_takes_the_same_queries_whatever_the_sessions(
    browser: Client, learner: User, form: TestForm, django_assert_num_queries: object
) -> None:
    for size in (1, 2):  # one session, then three
        for _ in range(size):
            session = make_session()
            participation = attend(session, learner.person)
            plan_tests(session=session, pre=[form], post=[form])
            open_test(session=session, occasion="PRE")
            make_copy(participation, form, "POST", "ABCDABCDAA")
        space(browser)
        with django_assert_num_queries(8):
            space(browser)
