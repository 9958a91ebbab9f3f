"""From a participation to the plain values that `certificates.eligibility` decides on."""

from django.db.models import QuerySet

from certificates.eligibility import Standing, bars_another
from certificates.models import Certificate
from courses.enums import RunState
from trainers.models import Participation


def standing_of(participation: Participation) -> Standing:
    """Read the rung and where it was reached; the participation brings its session or its run."""
    session, run = participation.session, participation.course_run
    return Standing(
        status=participation.status,
        session_type=session.type if session else "",
        session_state=session.state if session else "",
        is_run_completed=run is not None and run.state == RunState.COMPLETED,
    )


def is_barring(certificate: Certificate) -> bool:
    """Whether this certificate was revoked for a cause that keeps another from being issued."""
    is_run = certificate.participation.course_run_id is not None
    return certificate.revoked_at is not None and bars_another(
        certificate.revocation_cause, is_run=is_run
    )


def with_what_is_printed(participations: QuerySet[Participation]) -> QuerySet[Participation]:
    """Bring in one query all that a certificate prints or that decides whether it is issued."""
    return participations.select_related(
        "person__merged_into",
        "session__curriculum",
        "session__territory",
        "course_run__curriculum",
    )
