"""What the copies tell the checks of a session."""

import uuid

import pytest
from django.utils import timezone

from accounts.enums import Role
from assessments.answer_sheets import identical_sheets, session_has_tests
from assessments.models import CopyCorrection
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_copy, make_form, make_participation
from tests.factories.trainers import make_session
from trainers.participation.records import enrol
from trainers.sessions.checks import EXTRA_FLAGS, has_tests
from trainers.sessions.red_flags import red_flags
from trainers.sessions.validation import took_part, unfit_validator

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


@pytest.mark.parametrize("wrote", ["entered", "corrected", "nothing"])
def test_who_entered_or_corrected_copies_may_not_validate(wrote: str) -> None:
    session, form, by = make_session(), make_form(), make_user(Role.COMMITTEE)
    copy = make_copy(make_participation(session), form, "PRE", "ABCDABCDAA")
    elsewhere = make_copy(make_participation(make_session()), form, "PRE", "ABCDABCDAA")
    elsewhere.entered_by = by
    elsewhere.save(update_fields=["entered_by"])
    if wrote == "entered":
        copy.entered_by = by
        copy.save(update_fields=["entered_by"])
    if wrote == "corrected":
        CopyCorrection.objects.create(
            uuid=uuid.uuid4(), attempt=copy, form_before=form, form_after=form,
            responses_before=copy.responses, responses_after=copy.responses,
            percent_before=0.0, percent_after=0.0, reason="Lettre mal lue",
            corrected_by=by, corrected_at=timezone.now(),
        )  # fmt: skip

    assert took_part(session, by) is (wrote != "nothing")
    assert (unfit_validator(session, by) == []) is (wrote == "nothing")
