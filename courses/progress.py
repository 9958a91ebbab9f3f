"""What a person reads alone: a run through a curriculum, lesson by lesson."""

import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from courses.enums import RunState
from courses.models import (
    CourseRun,
    CurriculumPage,
    LessonCompletion,
    LessonPage,
    curriculum_of,
)


@transaction.atomic
def start_run(
    *, person: Person, curriculum: CurriculumPage, at: datetime.datetime | None = None
) -> CourseRun:
    """Return this person's run of the curriculum, opened on first call at the version of the day.

    A run that was given up stays as it is, and a new one starts.
    """
    runs = CourseRun.objects.filter(person=person, curriculum=curriculum)
    kept = runs.exclude(state=RunState.LEFT).order_by("-started_at").first()
    if kept is not None:
        return kept
    run, _is_new = CourseRun.objects.get_or_create(
        person=person,
        curriculum=curriculum,
        state=RunState.OPEN,
        defaults={"curriculum_version": curriculum.version, "started_at": at or timezone.now()},
    )
    return run


@transaction.atomic
def complete_lesson(
    *, person: Person, lesson: LessonPage, at: datetime.datetime | None = None
) -> LessonCompletion:
    """Note that this person read the lesson; a second time changes nothing.

    The run is completed with the last published lesson of the curriculum.
    """
    at = at or timezone.now()
    curriculum = curriculum_of(lesson)
    run = start_run(person=person, curriculum=curriculum, at=at)
    completion, is_new = LessonCompletion.objects.get_or_create(
        run=run, lesson=lesson, defaults={"completed_at": at}
    )
    lessons = LessonPage.objects.live().descendant_of(curriculum)
    is_last = is_new and not lessons.exclude(completions__run=run).exists()
    if is_last and run.state == RunState.OPEN:
        run.state = RunState.COMPLETED
        run.completed_at = at
        run.save(update_fields=["state", "completed_at"])
    return completion
