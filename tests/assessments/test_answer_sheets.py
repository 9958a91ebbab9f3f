"""What the copies tell the checks of a session."""

import pytest

from assessments.answer_sheets import identical_sheets, session_has_tests
from tests.factories.accounts import make_person
from tests.factories.assessments import make_copy, make_form, make_participation
from tests.factories.trainers import make_session
from trainers.participation.records import enrol
from trainers.sessions.checks import EXTRA_FLAGS, has_tests
from trainers.sessions.red_flags import red_flags

pytestmark = pytest.mark.django_db


def test_sheets_alike_to_the_wrong_answers_are_flagged() -> None:
    session, form = make_session(), make_form()
    for name in ("Awa", "Ali", "Issa"):
        person = make_person("TRAORE", name)
        letters = "ABCDABCDAA" if name != "Issa" else "ABCDABCDBA"
        make_copy(enrol(session=session, person=person), form, "POST", letters)

    (flag,) = identical_sheets(session)

    assert flag.code == "IDENTICAL_SHEETS"
    assert flag.sentence == (
        "Post-test : 2 copies identiques, erreurs comprises (Awa TRAORE, Ali TRAORE)."
    )
    assert flag in red_flags(session)


@pytest.mark.parametrize(
    "letters",
    [
        pytest.param("ABCDABCDAB", id="perfect copies"),
        pytest.param("ABCDABCDA.", id="nine answers"),
    ],
)
def test_sheets_alike_for_another_reason_are_not_flagged(letters: str) -> None:
    session, form = make_session(), make_form()
    for _ in range(2):
        make_copy(make_participation(session), form, "POST", letters)

    assert identical_sheets(session) == []


def test_sheets_of_another_session_test_or_form_are_not_compared() -> None:
    form, other = make_form(), make_form("form-b", parallel_group="form-a")
    first, second = make_session(), make_session()
    person = make_participation(first)
    make_copy(person, form, "PRE", "ABCDABCDAA")
    make_copy(person, form, "POST", "ABCDABCDAA")
    make_copy(make_participation(first), other, "PRE", "ABCDABCDAA")
    make_copy(make_participation(second), form, "PRE", "ABCDABCDAA")

    assert identical_sheets(first) == []


def test_a_session_has_tests_when_both_were_taken() -> None:
    session, form = make_session(), make_form()
    person = make_participation(session)
    assert session_has_tests(session) is False

    make_copy(person, form, "PRE", "ABCDABCDAA")
    assert has_tests(session) is False

    make_copy(person, form, "POST", "ABCDABCDAA")
    assert has_tests(session) is True


def test_the_checks_are_told_once() -> None:
    assert EXTRA_FLAGS.count(identical_sheets) == 1
