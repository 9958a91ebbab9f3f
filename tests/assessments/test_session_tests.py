"""Which form each participant takes, and when."""

import pytest

from assessments.enums import Occasion
from assessments.models import SessionForm, TestForm
from assessments.session_tests import (
    TestsRefused,
    close_test,
    form_for,
    is_closed,
    is_open,
    open_test,
    plan_tests,
)
from tests.factories.assessments import make_copy, make_form, make_participation
from tests.factories.trainers import make_session
from trainers.models import TrainingSession
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> TrainingSession:
    return make_session()


@pytest.fixture
def forms() -> list[TestForm]:
    return [make_form(code, parallel_group="paire") for code in ("form-a", "form-b")]


def test_one_form_is_for_everyone(session: TrainingSession, forms: list[TestForm]) -> None:
    plan_tests(session=session, pre=forms[:1], post=forms[1:])
    people = [make_participation(session) for _ in range(2)]

    assert [form_for(one, "PRE").code for one in people] == ["form-a", "form-a"]
    assert [form_for(one, "POST").code for one in people] == ["form-b", "form-b"]
    assert form_for(people[0], "FOLLOW_UP") is None


@pytest.mark.parametrize("swap", [False, True])
def test_two_forms_are_counterbalanced(
    session: TrainingSession, forms: list[TestForm], *, swap: bool
) -> None:
    plan_tests(session=session, pre=forms, post=forms[::-1] if swap else forms)
    people = [make_participation(session) for _ in range(3)]

    assert [form_for(one, "PRE").code for one in people] == ["form-a", "form-b", "form-a"]
    assert [form_for(one, "POST").code for one in people] == ["form-b", "form-a", "form-b"]


def test_a_copy_begun_keeps_its_form(session: TrainingSession, forms: list[TestForm]) -> None:
    plan_tests(session=session, pre=forms[:1], post=forms[:1])
    person = make_participation(session)
    make_copy(person, forms[0], "PRE", "AAAAAAAAAA")
    plan_tests(session=session, pre=forms[::-1], post=forms[::-1])

    assert form_for(person, "PRE").code == "form-a"


def test_planning_again_keeps_an_open_test_open(
    session: TrainingSession, forms: list[TestForm]
) -> None:
    plan_tests(session=session, pre=forms, post=forms)
    open_test(session=session, occasion=Occasion.PRE)

    rows = plan_tests(session=session, pre=forms, post=forms)

    assert [(row.occasion, row.form.code, is_open(row)) for row in rows] == [
        ("POST", "form-b", False),
        ("POST", "form-a", False),
        ("PRE", "form-a", True),
        ("PRE", "form-b", True),
    ]


def test_forms_that_are_not_parallel_are_refused(session: TrainingSession) -> None:
    with pytest.raises(TestsRefused, match="ne sont pas parallèles"):
        plan_tests(session=session, pre=[make_form("x")], post=[make_form("y")])

    assert SessionForm.objects.count() == 0


def test_a_form_with_copies_is_not_replaced(
    session: TrainingSession, forms: list[TestForm]
) -> None:
    plan_tests(session=session, pre=forms[:1], post=forms[:1])
    make_copy(make_participation(session), forms[0], "PRE", "AAAAAAAAAA")

    with pytest.raises(TestsRefused, match="des copies existent déjà"):
        plan_tests(session=session, pre=forms[1:], post=forms[:1])


def test_a_test_opens_closes_and_opens_again(
    session: TrainingSession, forms: list[TestForm]
) -> None:
    plan_tests(session=session, pre=forms, post=forms)
    for act, opened, closed in (
        (open_test, True, False),
        (close_test, False, True),
        (open_test, True, False),
    ):
        act(session=session, occasion="PRE")
        rows = SessionForm.objects.filter(session=session, occasion="PRE")
        assert [is_open(row) for row in rows] == [opened, opened]
        assert is_closed(session_id=session.pk, occasion="PRE") is closed


def test_a_test_without_form_does_not_open(session: TrainingSession) -> None:
    with pytest.raises(TestsRefused, match="Choisissez d'abord le formulaire"):
        open_test(session=session, occasion="PRE")


def test_a_cancelled_session_plans_nothing(session: TrainingSession, forms: list[TestForm]) -> None:
    cancel_session(session=session, reason="Route coupée")

    with pytest.raises(TestsRefused, match="est annulée : ses tests ne changent plus"):
        plan_tests(session=session, pre=forms, post=forms)
