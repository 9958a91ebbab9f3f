"""What the page of an online session shows: who read how much, and when last. Only reads."""

import datetime
from dataclasses import dataclass
from decimal import Decimal

from courses.lesson_log import planned_minutes
from trainers.enums import LadderStatus
from trainers.models import Participation, TrainingSession
from trainers.models.participations import TRAINED_OR_MORE
from trainers.sessions.online import OnlineProgress, lesson_logs_of


@dataclass(frozen=True)
class ProgressRow:
    """One participant; `last_at` is None while nothing was read."""

    name: str
    place: str
    read: int
    planned: int
    minutes: int
    percent: int
    last_at: datetime.datetime | None
    status: str
    is_trained: bool


@dataclass(frozen=True)
class ProgressPage:
    """Everything the tab shows; `started` counts who read a lesson at least.

    `informs_only`: the lessons are too short to train anybody, whoever reads them all.
    """

    rows: list[ProgressRow]
    started: int
    trained: int
    planned_minutes: int
    min_hours: Decimal
    informs_only: bool


def progress_page(session: TrainingSession) -> ProgressPage:
    """Read the progress of every participant, by name; seven queries whatever their number."""
    people = list(
        Participation.objects.filter(session=session)
        .select_related("person", "organization", "territory")
        .order_by("person__family_name", "person__given_name", "pk")
    )
    rows = [_row(one) for one in lesson_logs_of(session, people)]
    planned = sum(planned_minutes(session.curriculum.path))
    min_hours = session.rule_set.min_hours
    return ProgressPage(
        planned_minutes=planned,
        min_hours=min_hours,
        informs_only=planned < min_hours * 60,
        rows=rows,
        started=sum(row.read > 0 for row in rows),
        trained=sum(row.is_trained for row in rows),
    )


def _row(progress: OnlineProgress) -> ProgressRow:
    one, log = progress.participation, progress.log
    places = (one.organization, one.territory)
    return ProgressRow(
        name=str(one.person),
        place=" · ".join(str(place) for place in places if place is not None),
        read=len(log.read),
        planned=len(log.planned),
        minutes=log.minutes,
        percent=log.percent,
        last_at=log.last_at,
        status=str(LadderStatus(one.status).label),
        is_trained=one.status in TRAINED_OR_MORE,
    )
