"""How long a training stays valid, and when it asks to be refreshed: dates only, no database.

A validity is a number of calendar months given by the curriculum. It runs to the same day of the
month, or to the last day of the month where that day does not exist (31 August + 6 months = 28 or
29 February). The last day is a valid day.
"""

import calendar
import datetime
from typing import Literal

State = Literal["VALID", "DUE_SOON", "TO_REFRESH"]

DUE_SOON_DAYS = 60  # two months: time to take a short refresher on a phone
_MONTHS_IN_A_YEAR = 12


def valid_until(completed_on: datetime.date, months: int) -> datetime.date | None:
    """Return the last valid day, `months` calendar months after; 0 months never runs out (None)."""
    if months <= 0:
        return None
    years, month = divmod(completed_on.month - 1 + months, _MONTHS_IN_A_YEAR)
    year, month = completed_on.year + years, month + 1
    last_day = calendar.monthrange(year, month)[1]
    return datetime.date(year, month, min(completed_on.day, last_day))


def state_on(day: datetime.date, until: datetime.date | None) -> State:
    """Decide how a validity stands on a day: the last day and the 60 before it are « due soon »."""
    if until is None:
        return "VALID"
    if day > until:
        return "TO_REFRESH"
    return "DUE_SOON" if (until - day).days <= DUE_SOON_DAYS else "VALID"


def renewed_until(
    *, trained_on: datetime.date, refreshed_on: datetime.date | None, months: int
) -> datetime.date | None:
    """Return the last valid day of a training that a refresher may have renewed.

    The months run again from the later of the two days. A refresher taken after the end renews too:
    what was learned is revived, and nobody is sent back to a whole course for being late.
    """
    return valid_until(max(trained_on, refreshed_on or trained_on), months)
