"""Attestations of two validated sessions: an old one, whose validity ran out, and a recent one."""

import datetime

from accounts.models import User
from certificates.issue import issue_for_session
from trainers.models import TrainingSession

DAYS_AFTER = datetime.timedelta(days=7)
NOON = datetime.time(12, tzinfo=datetime.UTC)


def issue_papers(codes: tuple[str, ...], *, by: User) -> None:
    """Issue to each of these sessions, a week after its last day."""
    for session in TrainingSession.objects.filter(code__in=codes).order_by("ends_on"):
        day = session.ends_on + DAYS_AFTER
        issue_for_session(session=session, by=by, at=datetime.datetime.combine(day, NOON))
