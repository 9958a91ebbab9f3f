"""One writer at a time on a session, and none once it is closed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from trainers.enums import SessionState
from trainers.models import TrainingSession

CLOSED_STATES = frozenset({SessionState.VALIDATED, SessionState.CANCELLED})
FINISHED_STATES = frozenset({SessionState.TO_VALIDATE, SessionState.VALIDATED})
WAITING_STATES = frozenset({SessionState.PLANNED, SessionState.CONFIRMED})


class SessionClosed(ValueError):
    """A write on a session that is validated or cancelled; its text is a French sentence."""


def lock_session(session: TrainingSession) -> TrainingSession:
    """Read the session again and keep every other writer waiting until the transaction ends.

    PostgreSQL locks the row; on SQLite the transaction already holds the only write lock.
    """
    return (
        TrainingSession.objects.select_for_update(of=("self",))
        .select_related("rule_set", "territory", "curriculum")
        .get(pk=session.pk)
    )


def lock_open_session(session: TrainingSession) -> TrainingSession:
    """Lock a session that must still accept names and marks. Raises `SessionClosed`."""
    locked = lock_session(session)
    if locked.state in CLOSED_STATES:
        raise SessionClosed(
            _("La session %(code)s est %(state)s : ses présences ne changent plus.")
            % {"code": locked.code, "state": locked.get_state_display().lower()}
        )
    return locked


def is_over(session: TrainingSession) -> bool:
    """Whether the session has ended: its last day is past, or it was handed in."""
    return session.state in FINISHED_STATES or session.ends_on < timezone.localdate()


def start_session(locked: TrainingSession) -> None:
    """Say that a locked session is running, once: its first mark or lesson does."""
    if locked.state in WAITING_STATES:
        locked.state = SessionState.RUNNING
        locked.save(update_fields=["state"])
