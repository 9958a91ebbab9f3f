"""Who changed what in a session, when and why: written by the acts, read on screen."""

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.models import User
from trainers.enums import SessionState
from trainers.models import TrainingSession

REASON_LENGTH = 100  # what the history table keeps


@dataclass(frozen=True)
class HistoryLine:
    """One change that a reader should know of; `by` is empty when the platform did it."""

    at: datetime.datetime
    by: str
    what: str
    reason: str


def sign(session: TrainingSession, by: User | None, fields: list[str], *, reason: str = "") -> None:
    """Write the fields and a line of history that names who did it, and why."""
    setattr(session, "_history_user", by)  # noqa: B010 simple_history reads these names
    setattr(session, "_change_reason", reason[:REASON_LENGTH])  # noqa: B010
    session.save(update_fields=fields)


def history_of(session: TrainingSession) -> list[HistoryLine]:
    """Return the opening, each change of state and each change with a reason, the latest first."""
    lines: list[HistoryLine] = []
    before = ""
    rows = session.history.select_related("history_user").order_by("history_date", "history_id")
    for row in rows:
        reason = row.history_change_reason or ""
        if row.state == SessionState.CANCELLED and before != row.state:
            reason = row.cancellation_reason
        if row.state != before or reason:
            what = _("Session ouverte") if not before else str(SessionState(row.state).label)
            if before == row.state:
                what = _("Modification")
            by = str(row.history_user or "") or (
                str(session.encoded_by or "") if not before else ""
            )
            lines.append(HistoryLine(row.history_date, by, what, reason))
        before = row.state
    return lines[::-1]


def return_reason(session: TrainingSession) -> str:
    """Why the session was sent back, until it is handed in again; "" when it was not."""
    if session.state != SessionState.RUNNING:
        return ""
    rows = session.history.order_by("-history_id").values_list("state", "history_change_reason")
    reason = ""
    for state, why in rows:  # back to the change that left « à valider »
        if state != SessionState.RUNNING:
            return reason if state == SessionState.TO_VALIDATE else ""
        reason = why or ""
    return ""
