"""Every red flag of the domain (§3) is on the validation screen of one very odd session."""

import pytest
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_copy, make_form
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.oversight.phone_checks import draw_phone_checks, record_call

pytestmark = pytest.mark.django_db


def test_each_red_flag_is_on_the_validation_screen() -> None:
    judge = make_user(Role.COMMITTEE)
    session, other, form = make_session("SEG-1", seats=1), make_session("SEG-2"), make_form()
    trainer = make_trainer()
    people = [make_person("KONE", name, phone="76000001") for name in ("Awa", "Ali")]
    for one in (session, other):
        staff(one, trainer)
    attend(other, people[0])
    for person in people:
        make_copy(attend(session, person), form, "POST", "ABCDABCDAA")
    results = ("DENIED", "WRONG_NUMBER")
    for check, result in zip(draw_phone_checks(session=session, by=judge), results, strict=True):
        record_call(check=check, result=result, by=judge)
    client = Client()
    client.force_login(judge)

    page = client.get("/sessions/SEG-1/validation/")

    assert {flag.code for flag in page.context["flags"]} == {
        "OVERLAPPING_SESSIONS",
        "TRAINER_DOUBLE_BOOKED",
        "MARKS_BEYOND_SEATS",
        "SHARED_PHONE",
        "IDENTICAL_SHEETS",
        "PHONE_CHECK_DENIED",
        "PHONE_CHECK_WRONG_NUMBER",
    }
    for flag in page.context["flags"]:
        assert flag.sentence.split(":")[0].replace("'", "&#x27;") in page.content.decode()
