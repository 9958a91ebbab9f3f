"""When to remind, and how a telephone message says it without naming what was learned.

A telephone is lent, read over a shoulder, or stolen: a message never names a course, and nobody
learns from it that its owner investigates trafficking.
"""

import datetime

DUE_DAYS = 7  # a week before the day a course is due
LATE_DAYS = 365  # later than that, a training is history: no more reminders


def validity_reminder(state: str, until: datetime.date | None, day: datetime.date) -> str:
    """Return which reminder a validity asks for on a day: "SOON", "LATE" or "" for none."""
    if until is None or state == "VALID":
        return ""
    if state == "DUE_SOON":
        return "SOON"
    return "LATE" if (day - until).days <= LATE_DAYS else ""


def is_due_soon(due_on: datetime.date, day: datetime.date) -> bool:
    """Whether a course to finish for `due_on` asks for its reminder: in the week before."""
    return 0 <= (due_on - day).days <= DUE_DAYS


def validity_sms(reminder: str, until: datetime.date, address: str) -> str:
    """The telephone message about a validity."""
    if reminder == "SOON":
        return f"Rappel : une de vos formations est valable jusqu'au {until:%d/%m/%Y}. {address}"
    return f"Rappel : une de vos formations est à rafraîchir. {address}"


def due_sms(due_on: datetime.date, address: str) -> str:
    """The telephone message about a course to finish."""
    return f"Rappel : un parcours commencé est à terminer avant le {due_on:%d/%m/%Y}. {address}"
