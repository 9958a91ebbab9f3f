"""What each run has read, in minutes: the attendance of who learns alone. Only reads."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils import timezone

from courses.enums import RunState
from courses.models import CourseRun, LessonCompletion, LessonPage

Lessons = dict[int, tuple[int, str]]  # published lessons in order: minutes and title by id


@dataclass(frozen=True)
class LessonLog:
    """Nominal minutes of each lesson to read and of each lesson read.

    `last_at` is when the last lesson was noted, or None; `next_title` names the first published
    lesson not yet read, or is empty.
    """

    planned: tuple[int, ...]
    read: tuple[int, ...]
    last_at: datetime.datetime | None = None
    next_title: str = ""

    @property
    def minutes(self) -> int:
        return sum(self.read)

    @property
    def percent(self) -> int:
        """Share of the lessons read, in whole points of 100, rounded down: 100 means all."""
        return 100 * len(self.read) // len(self.planned) if self.planned else 0


def lesson_logs(
    runs: Collection[CourseRun], *, until: datetime.date | None = None
) -> dict[int, LessonLog]:
    """Return what each run has read, by the run's id; two queries whatever their number.

    `curriculum` must be loaded on the runs. A lesson withdrawn after it was read stays read, and
    stays among those to read: nobody loses minutes. A completed run is measured by what it read:
    a lesson added later takes nothing away. `until` leaves out what was noted after that day.
    """
    ever: dict[int, dict[int, int]] = defaultdict(dict)
    counted: dict[int, list[int]] = defaultdict(list)
    last: dict[int, datetime.datetime] = {}
    noted = LessonCompletion.objects.filter(run__in=runs).order_by("completed_at", "pk")
    for run_id, lesson_id, minutes, at in noted.values_list(
        "run_id", "lesson_id", "lesson__minutes", "completed_at"
    ):
        ever[run_id][lesson_id] = minutes
        if until is None or timezone.localtime(at).date() <= until:
            counted[run_id].append(minutes)
            last[run_id] = at
    live = _live_lessons(runs)
    return {
        run.pk: LessonLog(
            planned=_to_read(run, live[run.curriculum.path], ever[run.pk]),
            read=tuple(counted[run.pk]),
            last_at=last.get(run.pk),
            next_title=_next_title(live[run.curriculum.path], ever[run.pk]),
        )
        for run in runs
    }


def planned_minutes(curriculum_path: str) -> tuple[int, ...]:
    """Minutes of the published lessons of a curriculum, given its path in the tree; one query."""
    lessons = LessonPage.objects.live().filter(path__startswith=curriculum_path)
    return tuple(lessons.order_by("path").values_list("minutes", flat=True))


def _to_read(run: CourseRun, live: Lessons, ever: Mapping[int, int]) -> tuple[int, ...]:
    if run.state == RunState.COMPLETED:
        return tuple(ever.values())
    return tuple({**{pk: minutes for pk, (minutes, _title) in live.items()}, **ever}.values())


def _next_title(live: Lessons, ever: Mapping[int, int]) -> str:
    return next((title for pk, (_minutes, title) in live.items() if pk not in ever), "")


def _live_lessons(runs: Collection[CourseRun]) -> dict[str, Lessons]:
    """The published lessons by curriculum, in order: every path starts with its curriculum's."""
    live: dict[str, Lessons] = {run.curriculum.path: {} for run in runs}
    if not live:
        return live
    width = len(next(iter(live)))  # all curricula stand at one depth
    lessons = LessonPage.objects.live().order_by("path")
    for path, pk, minutes, title in lessons.values_list("path", "pk", "minutes", "title"):
        if path[:width] in live:
            live[path[:width]][pk] = (minutes, title)
    return live
