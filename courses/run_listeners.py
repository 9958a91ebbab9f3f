"""Who is told that a run moved: apps above append to these lists (docs/architecture.md)."""

from collections.abc import Callable

from courses.models import CourseRun

RUN_STARTED: list[Callable[[CourseRun], object]] = []
RUN_MOVED: list[Callable[[CourseRun], object]] = []  # a lesson completed, a run closed or given up


def tell_started(run: CourseRun) -> None:
    """Tell, inside the transaction of the act, that a run was opened."""
    for tell in RUN_STARTED:
        tell(run)


def tell_moved(run: CourseRun) -> None:
    """Tell, inside the transaction of the act, that what a run holds has changed."""
    for tell in RUN_MOVED:
        tell(run)
