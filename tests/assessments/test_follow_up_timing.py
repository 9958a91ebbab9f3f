"""When a follow-up is due, and what its answers say."""

import datetime

import pytest

from assessments.follow_up_timing import (
    FollowUpFigures,
    due_on,
    is_answerable,
    is_due,
    retention,
    sending_state,
)


@pytest.mark.parametrize(
    ("ended", "months", "due"),
    [
        ((2025, 5, 13), 3, (2025, 8, 13)),
        ((2025, 11, 30), 3, (2026, 2, 28)),
        ((2025, 8, 31), 6, (2026, 2, 28)),
    ],
)
def test_due_day_is_months_later(ended: tuple, months: int, due: tuple) -> None:
    assert due_on(datetime.date(*ended), months) == datetime.date(*due)


@pytest.mark.parametrize(
    ("day", "is_asked"),
    [((2025, 8, 12), False), ((2025, 8, 13), True), ((2025, 9, 12), True), ((2025, 9, 13), False)],
)
def test_question_leaves_within_a_month_of_its_day(day: tuple, is_asked: bool) -> None:
    assert is_due(datetime.date(2025, 5, 13), 3, datetime.date(*day)) == is_asked


@pytest.mark.parametrize(
    ("day", "state"),
    [((2025, 8, 12), "AHEAD"), ((2025, 8, 20), "NOW"), ((2025, 9, 13), "OVER")],
)
def test_sending_is_ahead_then_now_then_over(day: tuple, state: str) -> None:
    assert sending_state(datetime.date(2025, 5, 13), 3, datetime.date(*day)) == state


def test_answers_are_taken_for_two_months() -> None:
    sent = datetime.date(2025, 8, 13)

    assert [is_answerable(sent, sent + datetime.timedelta(days=n)) for n in (-1, 0, 60, 61)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_silence_is_never_a_yes() -> None:
    figures = FollowUpFigures(sent=20, answered=8, yes=6)

    assert (figures.response_rate, figures.yes_rate) == (40.0, 75.0)
    assert FollowUpFigures(20, 0, 0).yes_rate is None
    assert FollowUpFigures(0, 0, 0).response_rate is None


def test_retention_compares_the_same_people() -> None:
    assert retention([(80.0, 70.0), (60.0, 70.0)]).mean_delayed == 70.0
    assert retention([]).mean_post is None
