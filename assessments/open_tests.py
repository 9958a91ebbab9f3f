"""Which test a person may start now, in a session or alone. Only reads."""

from assessments.enums import FOLLOW_UP_OCCASIONS
from assessments.follow_up_tests import follow_up_form, follow_up_test_is_open
from assessments.models import TestForm
from assessments.run_tests import run_form, run_test_is_open
from assessments.session_tests import is_open, planned_test
from trainers.models import Participation


def form_open_to(participation: Participation, occasion: str) -> TestForm | None:
    """The form of a test that is open to this person now; None when there is nothing to start.

    In a session the trainer plans and opens the tests; in a self-paced run two rules do
    (`assessments/run_tests.py`). A delayed test opens with its question
    (`assessments/follow_up_tests.py`).
    """
    if participation.session_id is None:
        is_now = run_test_is_open(participation, occasion)
        return run_form(participation, occasion) if is_now else None
    if occasion in FOLLOW_UP_OCCASIONS:
        is_now = follow_up_test_is_open(participation, occasion)
        return follow_up_form(participation, occasion) if is_now else None
    row = planned_test(participation, occasion)
    return row.form if row is not None and is_open(row) else None
