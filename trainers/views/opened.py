"""The session of an address, if this account may open it; the records that a form names."""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from trainers.models import TrainingSession
from trainers.sessions.access import may_record, sessions_for

LONGEST_ID = 18  # digits: a longer one is no id, and Python itself refuses to read the longest


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


def ids_of(sent: Iterable[str]) -> list[int]:
    """Return the ids among what a form sent; anything else was not made by our pages."""
    return [int(one) for one in sent if one.isdecimal() and len(one) <= LONGEST_ID]
