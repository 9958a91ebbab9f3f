"""When a follow-up is due, and until when it is answered. Pure."""

import calendar
import datetime
from collections.abc import Sequence
from dataclasses import dataclass

DELAYS_IN_MONTHS = (3, 6)
SENDING_DAYS = 30  # a machine that stood still catches up; an old session is not asked years later
ANSWERING_DAYS = 60


def due_on(ended_on: datetime.date, months: int) -> datetime.date:
    """The day that many months after the session's last day; the last of a shorter month."""
    years, month = divmod(ended_on.month - 1 + months, 12)
    year, month = ended_on.year + years, month + 1
    return datetime.date(year, month, min(ended_on.day, calendar.monthrange(year, month)[1]))


def is_due(ended_on: datetime.date, months: int, day: datetime.date) -> bool:
    """Whether the question may leave on a day: from the day it is due, for a month."""
    return 0 <= (day - due_on(ended_on, months)).days <= SENDING_DAYS


def sending_state(ended_on: datetime.date, months: int, day: datetime.date) -> str:
    """Whether the sending is "AHEAD", "NOW" or "OVER" on a day."""
    if is_due(ended_on, months, day):
        return "NOW"
    return "AHEAD" if day < due_on(ended_on, months) else "OVER"


def is_answerable(sent_on: datetime.date, day: datetime.date) -> bool:
    """Whether an answer, or the delayed test, is still taken: two months after the sending."""
    return 0 <= (day - sent_on).days <= ANSWERING_DAYS


@dataclass(frozen=True)
class FollowUpFigures:
    """Of the questions sent, how many came back, and how many of these say yes.

    Silence is never a yes: `yes_rate` is a share of the answers, always shown with
    `response_rate`. Both are in percent, None where there is nothing to divide.
    """

    sent: int
    answered: int
    yes: int
    by_phone: int = 0  # of the answers, those that staff typed after a call

    @property
    def response_rate(self) -> float | None:
        return self.answered * 100 / self.sent if self.sent else None

    @property
    def yes_rate(self) -> float | None:
        return self.yes * 100 / self.answered if self.answered else None


@dataclass(frozen=True)
class Retention:
    """The delayed test beside the post-test of the same people; means in points of 100."""

    n: int
    mean_post: float | None
    mean_delayed: float | None


def retention(pairs: Sequence[tuple[float, float]]) -> Retention:
    """Compare (post-test, delayed test) of the people who took both; never a gain."""
    n = len(pairs)
    if not n:
        return Retention(0, None, None)
    return Retention(n, sum(post for post, _ in pairs) / n, sum(late for _, late in pairs) / n)
