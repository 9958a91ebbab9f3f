"""What a trainer answered before being asked again: read from the history of the one row."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from trainers.enums import InvitationState
from trainers.models import TrainerInvitation

ANSWERS = frozenset({InvitationState.ACCEPTED, InvitationState.DECLINED, InvitationState.WITHDRAWN})


@dataclass(frozen=True)
class EarlierAnswer:
    """What became of an earlier asking, that day; `note` is the word kept with it."""

    label: str
    day: datetime.datetime
    note: str


def earlier_answers(
    invitations: Iterable[TrainerInvitation],
) -> dict[int, list[EarlierAnswer]]:
    """Return each invitation's answers to earlier askings, the oldest first; one query."""
    kept = TrainerInvitation.history.filter(id__in=[one.pk for one in invitations])
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in kept.order_by("history_date", "history_id"):
        rows[row.id].append(row)
    return {pk: _answered_before(list(of_one)) for pk, of_one in rows.items()}


def _answered_before(rows: list[Any]) -> list[EarlierAnswer]:
    """The last answer before each new asking; what follows the last asking is on screen already."""
    found = []
    for row, following in pairwise(rows):
        if row.state in ANSWERS and following.asked_at != row.asked_at:
            label = str(InvitationState(row.state).label)
            found.append(EarlierAnswer(label, row.answered_at or row.history_date, row.note))
    return found
