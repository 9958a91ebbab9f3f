"""Lines of the plan counted by hand."""

import datetime

import pytest

from trainers.national_plan.progress import (
    Done,
    Line,
    LineState,
    Total,
    is_held,
    percent,
    state_of,
    total_of,
)

DUE = datetime.date(2026, 6, 30)


def line(planned: int = 3, *, held: int = 0, validated: int = 0, closed: bool = False) -> Line:
    return Line(
        planned_sessions=planned,
        planned_people=75,
        budget=6_000_000,
        due_on=DUE,
        is_closed=closed,
        done=Done(held=held, validated=validated),
    )


@pytest.mark.parametrize(
    ("held", "validated", "day", "state"),
    [
        (0, 0, datetime.date(2026, 5, 30), LineState.TO_COME),  # 31 days before
        (0, 0, datetime.date(2026, 5, 31), LineState.DUE_SOON),  # 30 days before
        (2, 2, DUE, LineState.DUE_SOON),  # the due day itself is not late
        (2, 2, datetime.date(2026, 7, 1), LineState.LATE),
        (3, 2, datetime.date(2026, 7, 1), LineState.TO_VALIDATE),  # held: the work is done
        (3, 3, datetime.date(2026, 7, 1), LineState.DONE),
        (5, 4, datetime.date(2026, 1, 1), LineState.DONE),  # more than planned, and early
    ],
)
def test_state_follows_what_was_held_and_validated(
    held: int, validated: int, day: datetime.date, state: LineState
) -> None:
    assert state_of(line(held=held, validated=validated), day) == state


def test_closed_line_is_never_late() -> None:
    assert state_of(line(closed=True), datetime.date(2027, 1, 1)) == LineState.CLOSED


@pytest.mark.parametrize(
    ("state", "ended_on", "held"),
    [
        ("VALIDATED", 9, True),
        ("TO_VALIDATE", 10, True),
        ("TO_VALIDATE", 11, False),  # an event written in advance
        ("RUNNING", 9, True),
        ("RUNNING", 10, False),  # its last day
        ("PLANNED", 9, False),  # its dates alone prove nothing
        ("CONFIRMED", 9, False),
        ("CANCELLED", 9, False),
    ],
)
def test_is_held_takes_more_than_a_date(state: str, ended_on: int, held: bool) -> None:
    day = datetime.date(2026, 6, 10)

    assert is_held(state=state, ended_on=datetime.date(2026, 6, ended_on), day=day) is held


def test_total_adds_lines_and_counts_blanks_apart() -> None:
    late = Line(2, 50, 4_000_000, DUE, False, Done(1, 1, 20, 15, 0, 1_500_000))
    done = Line(1, None, None, DUE, False, Done(1, 1, 0, 0, 120, 300_000))
    closed = Line(4, 100, 8_000_000, DUE, True, Done(1, 1, 25, 24, 0, 2_000_000))

    assert total_of([late, done, closed], datetime.date(2026, 7, 1)) == Total(
        lines=3,
        planned=3,  # the four sessions of the closed line are not asked for any more
        people=50,
        aimed=45,  # without the 120 people of a line that plans no number
        budget=12_000_000,
        lines_without_budget=1,
        lines_without_people=1,
        late=1,
        done_lines=1,
        done=Done(held=3, validated=3, present=45, trained=39, reached=120, spent=3_800_000),
    )
    assert Done(present=45, reached=120).people == 165


def test_total_of_nothing_is_zero() -> None:
    assert total_of([], DUE) == Total(0, 0, 0, 0, 0, 0, 0, 0, 0, Done())


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(1, 3, 33), (299, 300, 99), (4, 3, 133), (0, 5, 0), (3, 0, None)],
)
def test_percent_is_rounded_down(part: int, whole: int, expected: int | None) -> None:
    assert percent(part, whole) == expected
