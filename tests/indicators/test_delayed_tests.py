"""Tests taken three and six months later raise no figure and no rung of the ladder."""

import uuid

import pytest

from assessments.attempts import start_attempt, submit_attempt
from assessments.enums import FOLLOW_UP_OCCASIONS
from indicators.plan_loading import PlanTotals
from tests.factories.assessments import make_form
from tests.factories.indicators import Attendee, held_session, measured
from trainers.models import Participation

pytestmark = pytest.mark.django_db


def test_delayed_tests_never_count_as_post_tests(plan: PlanTotals) -> None:
    session = held_session("A", [Attendee(pre=30, post=50), Attendee(pre=40)])
    codes = ("1.1.2-b", "3.1.1-b", "3.1.1-c")
    before = {code: (measured(code).all.value, measured(code).all.n) for code in codes}
    people = Participation.objects.filter(session=session).order_by("pk")
    rungs = list(people.values_list("status", "post_percent"))
    assert rungs == [("TRAINED", 50.0), ("TRAINED", None)]  # below mastery: no certificate

    for occasion in FOLLOW_UP_OCCASIONS:
        form = make_form(f"tard-{occasion}", "A" * 10)
        for one in people:
            attempt = start_attempt(
                uuid=uuid.uuid4(), participation=one, occasion=occasion, form=form
            )
            attempt.responses = list("A" * 10)
            attempt.save()
            assert submit_attempt(attempt=attempt).percent == 100.0

    assert list(people.values_list("status", "post_percent")) == rungs
    assert {code: (measured(code).all.value, measured(code).all.n) for code in codes} == before
