"""Sessions held online with a tutor: the lessons read stand for the marks of a roll call.

Each participant has a run of the curriculum. The run that counts is one that was not finished
before the person was enrolled: what was completed alone earlier is a fact of its own. Lessons
count until the session's last day, read before its first day or not.
"""

import datetime
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from accounts.models import Person
from courses.enums import RunState
from courses.lesson_log import LessonLog, lesson_logs, planned_minutes
from courses.models import CourseRun
from courses.progress import start_run
from trainers.enums import SessionMode, SessionRole
from trainers.models import Participation, TrainingSession
from trainers.sessions.lock import CLOSED_STATES

Logs = dict[int, LessonLog]  # by participation id


@dataclass(frozen=True)
class OnlineProgress:
    """How far one participant went; `run` is None when no lesson was ever opened."""

    participation: Participation
    run: CourseRun | None
    log: LessonLog


def open_session_run(*, session: TrainingSession, person: Person) -> CourseRun | None:
    """Give a participant of an online session the run to read in, due on the session's last day.

    A run under way is joined; one that is completed stays, and a new one starts. None for a session
    in a room.
    """
    if session.mode != SessionMode.ONLINE:
        return None
    return start_run(
        person=person, curriculum=session.curriculum, due_on=session.ends_on, is_again=True
    )


def lesson_logs_of(
    session: TrainingSession, participations: Collection[Participation]
) -> list[OnlineProgress]:
    """Return what each participant read by the session's last day; three queries at most.

    `person` must be loaded on the participations. Without a run, the published lessons are still
    those to read.
    """
    runs = _runs(session, participations)
    logs = lesson_logs(list(runs.values()), until=session.ends_on)
    nothing = LessonLog(planned_minutes(session.curriculum.path), ())
    return [
        OnlineProgress(
            participation=one,
            run=(run := runs.get(one.pk)),
            log=logs[run.pk] if run else nothing,
        )
        for one in participations
    ]


def sessions_of_run(run: CourseRun) -> list[TrainingSession]:
    """Return the online sessions, still open to change, that this run counts for; two queries."""
    participations = (
        Participation.objects.filter(
            person__in=Person.objects.same_as(run.person_id),
            session__mode=SessionMode.ONLINE,
            session__curriculum=run.curriculum_id,
        )
        .exclude(session__state__in=CLOSED_STATES)
        .select_related("session")
    )
    return [
        one.session
        for one in participations
        if one.session is not None and _counts_for(run, one, one.session)
    ]


def counted_run(
    participation: Participation, session: TrainingSession, runs: Iterable[CourseRun]
) -> CourseRun | None:
    """Of a person's runs, the one that counts for this participation; current ones come first."""
    return next(
        (
            run
            for run in runs
            if run.curriculum_id == session.curriculum_id
            and _counts_for(run, participation, session)
        ),
        None,
    )


def has_tutor(session: TrainingSession) -> bool:
    """Whether somebody who does more than observe is named for the session."""
    return session.session_trainers.exclude(role=SessionRole.OBSERVER).exists()


def _runs(
    session: TrainingSession, participations: Collection[Participation]
) -> dict[int, CourseRun]:
    """The run that counts for each participation that has one; one query."""
    family = {_kept_id(one.person) for one in participations}
    candidates = (
        CourseRun.objects.filter(curriculum=session.curriculum_id)
        .filter(Q(person__in=family) | Q(person__merged_into__in=family))
        .kept()
        .current_first()
        .select_related("person", "curriculum")
    )
    by_person: dict[int, list[CourseRun]] = {}
    for run in candidates:
        by_person.setdefault(_kept_id(run.person), []).append(run)
    counted = {}
    for one in participations:
        own = counted_run(one, session, by_person.get(_kept_id(one.person), []))
        if own is not None:
            counted[one.pk] = own
    return counted


def _counts_for(run: CourseRun, participation: Participation, session: TrainingSession) -> bool:
    if run.state == RunState.LEFT or _day(run.started_at) > session.ends_on:
        return False
    opened_on = min(_day(participation.enrolled_at), session.starts_on)
    return run.completed_at is None or _day(run.completed_at) >= opened_on


def _day(moment: datetime.datetime) -> datetime.date:
    return timezone.localtime(moment).date()


def _kept_id(person: Person) -> int:
    return person.merged_into_id or person.pk
