"""Whom to call for the follow-up of a session, and what is known of each. Only reads."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from accounts.account_wording import spaced_phone
from assessments.follow_up_timing import is_answerable
from assessments.models import FollowUp
from trainers.models import TrainingSession


@dataclass(frozen=True)
class CallRow:
    """One person asked. What was answered by the link is not told: it was not said to the staff.

    `number` is to dial, `phone` to read. `may_type` while the question takes an answer and the
    person gave none by the link.
    """

    follow_up: FollowUp
    name: str
    number: str
    phone: str
    is_answered: bool
    is_own_answer: bool
    may_type: bool


def call_rows(
    session: TrainingSession, months: int, *, day: datetime.date | None = None
) -> list[CallRow]:
    """Everybody asked at that delay, those without an answer first; one query."""
    day = day or timezone.localdate()
    asked = (
        FollowUp.objects.filter(participation__session=session, months=months)
        .select_related("participation__person__merged_into", "answered_by__person")
        .order_by("participation")
    )
    rows = [_row(one, day) for one in asked]
    return sorted(rows, key=lambda row: (row.is_own_answer, row.is_answered))


def _row(follow_up: FollowUp, day: datetime.date) -> CallRow:
    person = follow_up.participation.person
    person = person.merged_into or person
    is_answered = follow_up.answered_on is not None
    is_own = is_answered and follow_up.answered_by_id is None
    return CallRow(
        follow_up=follow_up,
        name=str(person),
        number=person.phone,
        phone=spaced_phone(person.phone),
        is_answered=is_answered,
        is_own_answer=is_own,
        may_type=not is_own and is_answerable(follow_up.sent_on, day),
    )
