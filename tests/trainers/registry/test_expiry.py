import datetime

import pytest

from trainers.registry.expiry import outlook, prolonged_until, sessions_counted

TERM = datetime.date(2026, 3, 1)
NEW_TERM = datetime.date(2028, 3, 1)
TWO = [datetime.date(2024, 3, 1), datetime.date(2026, 3, 1)]  # both bounds of the 24 months


@pytest.mark.parametrize(
    ("ended_on", "expected"),
    [
        ([], 0),
        (TWO, 2),
        ([datetime.date(2024, 2, 29), datetime.date(2026, 3, 2)], 0),
        ([datetime.date(2025, 1, 1)] * 3, 3),
    ],
)
def test_sessions_count_in_the_24_months_before_the_term(ended_on: list, expected: int) -> None:
    assert sessions_counted(TERM, ended_on) == expected


@pytest.mark.parametrize(
    ("day", "ended_on", "expected"),
    [
        ("2025-12-31", TWO, NEW_TERM),  # 60 days before
        ("2025-12-30", TWO, None),  # 61 days before
        ("2026-03-01", TWO, NEW_TERM),
        ("2026-08-28", TWO, NEW_TERM),  # 180 days after: validated late
        ("2026-08-29", TWO, None),  # 181 days after
        ("2026-03-01", TWO[:1], None),
    ],
)
def test_two_sessions_prolong_by_24_months_near_the_term(
    day: str, ended_on: list, expected: datetime.date | None
) -> None:
    assert prolonged_until(TERM, ended_on, datetime.date.fromisoformat(day)) == expected


@pytest.mark.parametrize(
    ("day", "ended_on", "expected"),
    [
        (
            "2026-01-01",
            [],
            "Pour la prolonger de 24 mois, il manque 2 sessions validées de ce curriculum avant le "
            "01/03/2026.",
        ),
        (
            "2026-01-01",
            TWO[:1],
            "Pour la prolonger de 24 mois, il manque 1 session validée de ce curriculum avant le "
            "01/03/2026.",
        ),
        (
            "2026-01-01",
            TWO,
            "Vous avez animé 2 sessions validées dans les 24 mois avant le 01/03/2026 : elle sera "
            "prolongée de 24 mois.",
        ),
        (
            "2026-03-02",
            TWO,
            "Échue depuis le 01/03/2026. Demandez au comité de la renouveler.",
        ),
    ],
)
def test_outlook_says_what_the_term_brings(day: str, ended_on: list, expected: str) -> None:
    assert outlook(TERM, ended_on, datetime.date.fromisoformat(day)) == expected
