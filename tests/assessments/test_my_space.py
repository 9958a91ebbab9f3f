"""The learner's own page."""

import datetime
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from assessments.attempts import start_attempt, submit_attempt
from assessments.enums import SkillsUse
from assessments.follow_ups import answer_follow_up, send_follow_ups
from assessments.models import TestForm
from assessments.own_tests import status_sentence
from assessments.session_tests import close_test, open_test, plan_tests
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_copy, make_form, make_participation
from tests.factories.trainers import attend, make_session
from trainers.enums import SessionType
from trainers.models import Participation, TrainingSession
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
        with django_assert_num_queries(9):
            space(browser)


NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)
SENT = datetime.date(2026, 3, 2)


def finished(code: str, learner: User, forms: list[TestForm]) -> Participation:
    """Trained, tested before and after on two parallel forms, validated."""
    session = make_session(code)
    one = attend(session, learner.person, positions=(1, 2, 3, 4))
    make_copy(one, forms[0], "PRE", "A" * 10)
    make_copy(one, forms[1], "POST", "A" * 10)
    TrainingSession.objects.filter(pk=session.pk).update(state="VALIDATED", validated_at=NOON)
    return one


def test_a_question_and_a_delayed_test_that_wait_are_listed_until_they_are_done(
    browser: Client, learner: User, time_machine: object
) -> None:
    time_machine.move_to(NOON)  # type: ignore[attr-defined]
    browser.force_login(learner)
    forms = [make_form(f"f-{letter}", "A" * 10, parallel_group="paire") for letter in "ab"]
    one = finished("SEG-S", learner, forms)
    assert "Suivi à 3 mois" not in space(browser)

    (asked,) = send_follow_ups(participations=[one], months=3, sent_on=SENT)
    html = space(browser)
    assert f'href="/suivi/{asked.token}/"' in html
    assert 'href="/sessions/SEG-S/test/suivi-3/"' in html
    assert "Ouvert jusqu’au 1 mai 2026." in html

    answer_follow_up(follow_up=asked, uses_skills=SkillsUse.NO, answered_on=SENT)
    html = space(browser)
    assert "Répondre à la question" not in html
    assert "Passer le test de suivi" in html

    attempt = start_attempt(uuid=uuid4(), participation=one, occasion="FOLLOW_UP", form=forms[0])
    assert "Reprendre le test de suivi" in space(browser)
    submit_attempt(attempt=attempt)
    html = space(browser)
    assert "Suivi à 3 mois ·" not in html
    assert "Test de suivi à 3 mois : 0 points sur 100" in html


def test_a_follow_up_that_is_over_or_of_somebody_else_is_not_listed(
    browser: Client, learner: User, time_machine: object
) -> None:
    time_machine.move_to(NOON)  # type: ignore[attr-defined]
    browser.force_login(learner)
    forms = [make_form(f"f-{letter}", "A" * 10, parallel_group="paire") for letter in "ab"]
    other = make_user(person=make_person("KEITA", "Issa"))
    send_follow_ups(
        participations=[finished("SEG-S", learner, forms)],
        months=3,
        sent_on=SENT - datetime.timedelta(days=61),
    )
    send_follow_ups(participations=[finished("SEG-T", other, forms)], months=3, sent_on=SENT)

    assert "Suivi à 3 mois" not in space(browser)


def test_follow_ups_take_the_same_queries_whatever_their_number(
    browser: Client, learner: User, time_machine: object, django_assert_num_queries: object
) -> None:
    time_machine.move_to(NOON)  # type: ignore[attr-defined]
    browser.force_login(learner)
    forms = [make_form(f"f-{letter}", "A" * 10, parallel_group="paire") for letter in "ab"]
    for codes in (["SEG-1"], ["SEG-2", "SEG-3"]):  # one follow-up, then three
        for code in codes:
            send_follow_ups(participations=[finished(code, learner, forms)], months=3, sent_on=SENT)
        space(browser)
        with django_assert_num_queries(17):
            space(browser)
