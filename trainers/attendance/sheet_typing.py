"""Type a signed sheet: the marks of the people enrolled, then those who were added by hand."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from accounts.models import User
from trainers.attendance.log import MarkEntry, MarkRefused, record_marks
from trainers.attendance.sending import receive_sending
from trainers.attendance.sending_payload import Sending, SentMark, SentNewcomer
from trainers.enums import EntrySource
from trainers.models import TrainingSession


@dataclass(frozen=True)
class TypedSheet:
    """What the typing changed."""

    recorded: int
    corrected: int
    newcomers: int
    notes: tuple[str, ...]


@transaction.atomic
def record_sheet(
    *,
    session: TrainingSession,
    entries: Sequence[MarkEntry],
    newcomers: Sequence[SentNewcomer],
    newcomer_marks: Sequence[SentMark],
    by: User | None,
    reason: str = "",
) -> TypedSheet:
    """Write a whole sheet or nothing; the same form sent twice writes it once.

    A box that contradicts a mark is a correction and needs `reason`. Raises `MarkRefused`,
    `trainers.sessions.lock.SessionClosed`.
    """
    call = record_marks(
        session=session, entries=entries, source=EntrySource.TYPED, by=by, reason=reason
    )
    answers = receive_sending(
        session=session,
        sending=Sending(tuple(newcomers), tuple(newcomer_marks)),
        by=by,
        source=EntrySource.TYPED,
    )
    refusal = next((one.refusal for one in answers.values() if one.refusal), "")
    if refusal:
        raise MarkRefused(refusal)
    notes = tuple(
        f"{one.given_name} {one.family_name} : {answers[one.uuid].note}".strip()
        for one in newcomers
        if answers[one.uuid].note
    )
    marks = call.recorded + len(newcomer_marks)
    return TypedSheet(marks, call.corrected, len(newcomers), notes)
