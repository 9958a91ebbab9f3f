"""Calendar months, counted by hand."""

import datetime

import pytest

from trainers.participation.validity import renewed_until, state_on, valid_until

D = datetime.date


@pytest.mark.parametrize(
    ("completed_on", "months", "until"),
    [
        (D(2024, 5, 13), 24, D(2026, 5, 13)),
        (D(2024, 5, 13), 12, D(2025, 5, 13)),
        (D(2024, 8, 31), 6, D(2025, 2, 28)),  # no 31 February: its last day
        (D(2023, 8, 31), 6, D(2024, 2, 29)),  # a leap year
        (D(2024, 2, 29), 12, D(2025, 2, 28)),
        (D(2024, 2, 29), 48, D(2028, 2, 29)),
        (D(2024, 12, 15), 1, D(2025, 1, 15)),
        (D(2024, 1, 31), 1, D(2024, 2, 29)),
        (D(2024, 11, 30), 13, D(2025, 12, 30)),
        (D(2024, 5, 13), 0, None),  # never runs out
    ],
)
def test_valid_until_counts_calendar_months(completed_on, months, until):
    assert valid_until(completed_on, months) == until


@pytest.mark.parametrize(
    ("day", "state"),
    [
        (D(2026, 3, 13), "VALID"),  # 61 days before
        (D(2026, 3, 14), "DUE_SOON"),  # 60 days before
        (D(2026, 5, 13), "DUE_SOON"),  # the last day is a valid day
        (D(2026, 5, 14), "TO_REFRESH"),
    ],
)
def test_state_turns_sixty_days_before_the_end_and_the_day_after(day, state):
    assert state_on(day, D(2026, 5, 13)) == state


def test_state_without_an_end_is_always_valid():
    assert state_on(D(2099, 1, 1), None) == "VALID"


@pytest.mark.parametrize(
    ("refreshed_on", "until"),
    [
        (None, D(2026, 5, 13)),
        (D(2026, 4, 1), D(2028, 4, 1)),
        (D(2027, 1, 2), D(2029, 1, 2)),  # late: it renews all the same
        (D(2023, 1, 1), D(2026, 5, 13)),  # before the training: nothing to renew
    ],
)
def test_renewed_until_starts_again_from_the_later_day(refreshed_on, until):
    assert renewed_until(trained_on=D(2024, 5, 13), refreshed_on=refreshed_on, months=24) == until
