"""The session of an address, if this account may open it."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from trainers.models import TrainingSession
from trainers.sessions.access import may_record, sessions_for


def opened_session(request: HttpRequest, code: str) -> TrainingSession:
    """Return the session, or answer 404: a session out of reach does not exist."""
    sessions = sessions_for(request.user).select_related(
        "territory", "curriculum", "taught_version"
    )
    sessions = sessions.defer("taught_version__files")  # a whole book
    return get_object_or_404(sessions, code=code)


def writable_session(request: HttpRequest, code: str) -> TrainingSession:
    """Return the session, 404 out of reach, 403 where the account may only look."""
    session = opened_session(request, code)
    if not may_record(request.user, session):
        raise PermissionDenied
    return session
