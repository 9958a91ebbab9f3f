"""When a session asks for a reminder, and how a telephone message says it. Dates and words only.

A telephone is lent, read over a shoulder, or stolen: a message names no course.
"""

import datetime

START_DAYS = 3  # before the first day
EVIDENCE_DAYS = 7  # after the last day, the file should be complete
VALIDATION_DAYS = 14  # after the last day, somebody should have judged
LAPSE_DAYS = 60  # before a qualification ends: time for a session, or for the committee to decide
STALE_DAYS = 365  # later than that, a reminder mends nothing: the page « À traiter » still shows it


def starts_soon(starts_on: datetime.date, day: datetime.date) -> bool:
    """Whether a session that begins on `starts_on` asks for its reminder: the three days before."""
    return 1 <= (starts_on - day).days <= START_DAYS


def evidence_is_late(ends_on: datetime.date, day: datetime.date) -> bool:
    """Whether a session that ended should have its evidence by now."""
    return EVIDENCE_DAYS <= (day - ends_on).days <= STALE_DAYS


def validation_is_late(ends_on: datetime.date, day: datetime.date) -> bool:
    """Whether a session that ended should have been judged by now."""
    return VALIDATION_DAYS <= (day - ends_on).days <= STALE_DAYS


def month_of(day: datetime.date) -> str:
    """The period of what is said again while nothing moves: a month."""
    return f"{day:%Y-%m}"


def start_sms(starts_on: datetime.date, place: str, address: str) -> str:
    """The telephone message about a session that begins."""
    return f"Rappel : votre session commence le {starts_on:%d/%m/%Y} ({place[:40]}). {address}"


def evidence_sms(code: str, address: str) -> str:
    """The telephone message to the trainers about missing evidence."""
    return f"Rappel : il manque des pièces à la session {code[:30]}. {address}"


def validation_sms(code: str, address: str) -> str:
    """The telephone message to those who judge a session."""
    return f"Rappel : la session {code[:30]} attend votre validation. {address}"


def lapse_sms(expires_on: datetime.date, address: str) -> str:
    """The telephone message to a trainer whose qualification ends soon."""
    return (
        f"Rappel : une de vos habilitations prend fin le {expires_on:%d/%m/%Y}. "
        f"Ce qu'il faut : {address}"
    )
