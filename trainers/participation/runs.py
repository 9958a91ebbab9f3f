"""A self-paced run is a participation too: frozen at its start, moved by the lessons read.

`apps.py` appends `enrol_in_run` and `follow_run` to the lists of `courses.run_listeners`.
"""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from courses.enums import RunState
from courses.lesson_log import lesson_logs
from courses.models import CourseRun
from trainers.enums import SessionType
from trainers.models import Participation
from trainers.participation.ladder import Thresholds, climb
from trainers.participation.records import kept_figures, profile_on, refresh_ladder, rounded_figures
from trainers.participation.rule_sets import NoRuleSet, rule_set_on, thresholds_of
from trainers.sessions.lock import lock_session, start_session
from trainers.sessions.online import sessions_of_run


@transaction.atomic
def enrol_in_run(*, run: CourseRun) -> Participation | None:
    """Freeze who the person was on the day the run began; a second call changes nothing.

    A run opened for a tutor's online session has none of its own: the session's participation
    stands for it, and it takes the session's last day as its due date. Returns None then.
    """
    known = Participation.objects.filter(course_run=run).first()
    if known is not None:
        return known
    sessions = sessions_of_run(run)
    if sessions:
        if run.due_on is None:
            run.due_on = max(session.ends_on for session in sessions)
            run.save(update_fields=["due_on"])
        return None
    profile = profile_on(run.person, timezone.localtime(run.started_at).date())
    participation, _is_new = Participation.objects.get_or_create(
        course_run=run,
        defaults={
            "person": run.person,
            "sex": profile.sex,
            "profession": profile.profession,
            "organization": profile.organization,
            "territory": profile.territory,
            "enrolled_at": run.started_at,
        },
    )
    return participation


@transaction.atomic
def refresh_run(*, run: CourseRun) -> Participation | None:
    """Recompute the rung of a run's participation; None when it has none.

    Lessons are its half-days: their nominal minutes count when they were read. The thresholds are
    those in force on the day the run began; where no rule is loaded yet the rung stays. A run is
    over when it is completed or given up.
    """
    participation = Participation.objects.select_for_update().filter(course_run=run).first()
    if participation is None:
        return None
    thresholds = thresholds_of_run(run)
    if thresholds is None:
        return participation
    log = lesson_logs([run])[run.pk]
    rung = climb(
        session_type=SessionType.TRAINING,
        slot_minutes=log.planned,
        attended_minutes=log.read,
        post_percent=participation.post_percent,
        thresholds=thresholds,
        is_over=run.state != RunState.OPEN,
    )
    if rounded_figures(rung) != kept_figures(participation):
        figures = rounded_figures(rung)
        participation.status, participation.contact_minutes, participation.attendance_percent = (
            figures
        )
        participation.save(update_fields=["status", "contact_minutes", "attendance_percent"])
    return participation


@transaction.atomic
def follow_run(*, run: CourseRun) -> None:
    """A lesson was read, or the run closed: move all that counts from it.

    The first lesson read says that an online session is running, as the first mark does in a room.
    """
    refresh_run(run=run)
    has_begun = run.completions.exists()
    for session in sessions_of_run(run):
        if has_begun:
            start_session(lock_session(session))
        refresh_ladder(session=session)


@transaction.atomic
def hand_in_run_percents(*, percents: Mapping[int, float | None]) -> int:
    """Receive post-test scores (points of 100) of runs by participation id; return how many moved.

    Then the ladder of each is computed again.
    """
    moved = 0
    participations = Participation.objects.filter(
        pk__in=percents, course_run__isnull=False
    ).select_related("course_run__curriculum")
    for participation in participations.order_by("pk"):
        before = (participation.status, participation.post_percent)
        participation.post_percent = percents[participation.pk]
        participation.save(update_fields=["post_percent"])
        assert participation.course_run is not None  # asked for just above
        after = refresh_run(run=participation.course_run)
        moved += after is not None and (after.status, after.post_percent) != before
    return moved


def thresholds_of_run(run: CourseRun) -> Thresholds | None:
    """The counting rule in force when the run began; None where no rule is loaded."""
    try:
        return thresholds_of(rule_set_on(timezone.localtime(run.started_at).date()))
    except NoRuleSet:
        return None
