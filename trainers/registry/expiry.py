"""When a qualification runs out, and when activity prolongs it (domain §5). Plain values only."""

import calendar
import datetime
from collections.abc import Iterable

ACTIVE_MONTHS = 24
SESSIONS_NEEDED = 2
PROLONGED_BY_MONTHS = 24
WINDOW_DAYS = 60  # before the term: the trainer and the committee see it coming
LATE_DAYS = 180  # after the term: a session may be validated weeks after it was held


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last day: 31 August and 6 months make 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(
        year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])
    )


def sessions_counted(expires_on: datetime.date, ended_on: Iterable[datetime.date]) -> int:
    """How many sessions ended in the 24 months before the term, bounds included."""
    since = months_later(expires_on, -ACTIVE_MONTHS)
    return sum(since <= day <= expires_on for day in ended_on)


def prolonged_until(
    expires_on: datetime.date, ended_on: Iterable[datetime.date], day: datetime.date
) -> datetime.date | None:
    """The new term that activity gives that day; None when it gives none.

    `ended_on` holds the last days of the validated sessions of that curriculum which the trainer
    animated, in any role but observer. Two in the 24 months before the term prolong it by 24
    months, from 60 days before the term to 180 days after it.
    """
    days_left = (expires_on - day).days
    if not -LATE_DAYS <= days_left <= WINDOW_DAYS:
        return None
    if sessions_counted(expires_on, ended_on) < SESSIONS_NEEDED:
        return None
    return months_later(expires_on, PROLONGED_BY_MONTHS)


def outlook(
    expires_on: datetime.date, ended_on: Iterable[datetime.date], day: datetime.date
) -> str:
    """What the trainer reads about the term, in one sentence."""
    counted = sessions_counted(expires_on, ended_on)
    if expires_on < day:
        return f"Échue depuis le {expires_on:%d/%m/%Y}. Demandez au comité de la renouveler."
    if counted >= SESSIONS_NEEDED:
        return (
            f"Vous avez animé {counted} sessions validées dans les {ACTIVE_MONTHS} mois avant le "
            f"{expires_on:%d/%m/%Y} : elle sera prolongée de {PROLONGED_BY_MONTHS} mois."
        )
    missing = SESSIONS_NEEDED - counted
    sessions = "sessions validées" if missing > 1 else "session validée"
    return (
        f"Pour la prolonger de {PROLONGED_BY_MONTHS} mois, il manque {missing} {sessions} de ce "
        f"curriculum avant le {expires_on:%d/%m/%Y}."
    )
