import datetime

import pytest

from indicators.periods import UnknownPeriod, parse_period


@pytest.mark.parametrize(
    ("code", "starts_on", "ends_on"),
    [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025-S1", "2025-01-01", "2025-06-30"),
        ("2025-S2", "2025-07-01", "2025-12-31"),
        ("2025-T1", "2025-01-01", "2025-03-31"),
        ("2025-T4", "2025-10-01", "2025-12-31"),
        ("2025-03", "2025-03-01", "2025-03-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("plan", "2023-01-01", "2027-12-31"),
    ],
)
def test_parse_period_gives_both_bounds(code: str, starts_on: str, ends_on: str) -> None:
    period = parse_period(code)

    assert (period.starts_on.isoformat(), period.ends_on.isoformat()) == (starts_on, ends_on)


@pytest.mark.parametrize("code", ["", "25", "2025-13", "2025-T5", "2025-S3", "2025-3", "1999", "x"])
def test_parse_period_refuses_what_is_no_period(code: str) -> None:
    with pytest.raises(UnknownPeriod) as refusal:
        parse_period(code)

    assert str(refusal.value) == (
        f"Période inconnue : « {code} ». Écrivez par exemple 2025, 2025-S1, 2025-T1, 2025-03 "
        "ou plan."
    )


def test_period_holds_its_first_and_last_day() -> None:
    period = parse_period("2025-T1")

    days = [
        datetime.date(2024, 12, 31),
        period.starts_on,
        period.ends_on,
        datetime.date(2025, 4, 1),
    ]

    assert [period.holds(day) for day in days] == [False, True, True, False]
