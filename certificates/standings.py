"""From a participation to the plain values that `certificates.eligibility` decides on."""

from django.db.models import QuerySet

from certificates.eligibility import Standing
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


def with_what_is_printed(participations: QuerySet[Participation]) -> QuerySet[Participation]:
    """Bring in one query all that a certificate prints or that decides whether it is issued."""
    return participations.select_related(
        "person__merged_into",
        "session__curriculum",
        "session__territory",
        "course_run__curriculum",
    )
