"""What the follow-ups say: of one session, and of every year. Only reads, never without n."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import ExtractYear
from django.utils import timezone

from assessments.enums import Occasion, SkillsUse
from assessments.follow_up_tests import OCCASION_OF
from assessments.follow_up_timing import (
    DELAYS_IN_MONTHS,
    FollowUpFigures,
    Retention,
    due_on,
    is_answerable,
    retention,
    sending_state,
)
from assessments.models import Attempt, FollowUp
from trainers.models import Participation, TrainingSession


@dataclass(frozen=True)
class DelayRow:
    """One delay of one session. `not_asked` was trained and has no question sent.

    `sending`: "AHEAD", "NOW" while the daily run still asks, "OVER" afterwards.
    `may_call`: a question still takes an answer on that day, hence one by telephone.
    """

    months: int
    due_on: datetime.date
    figures: FollowUpFigures
    not_asked: int
    retention: Retention
    sending: str
    may_call: bool


@dataclass(frozen=True)
class YearRow:
    """The sessions that ended in a year, at one delay."""

    year: int
    months: int
    figures: FollowUpFigures


def session_follow_ups(
    session: TrainingSession, *, day: datetime.date | None = None
) -> list[DelayRow]:
    """The two delays of a session as they stand on a day (today), in three queries."""
    day = day or timezone.localdate()
    counted = {
        row["months"]: row
        for row in _counted(FollowUp.objects.filter(participation__session=session), "months")
    }
    trained = Participation.objects.filter(session=session).trained().count()
    scores: dict[str, dict[int, float]] = {}
    taken = Attempt.objects.submitted().filter(
        participation__session=session, occasion__in=(Occasion.POST, *OCCASION_OF.values())
    )
    for occasion, participation_id, percent in taken.values_list(
        "occasion", "participation_id", "percent"
    ):
        scores.setdefault(occasion, {})[participation_id] = percent or 0.0
    post = scores.get(Occasion.POST, {})
    rows = []
    for months in DELAYS_IN_MONTHS:
        asked = counted.get(months)
        figures = _figures(asked) if asked else FollowUpFigures(0, 0, 0)
        late = scores.get(OCCASION_OF[months], {})
        pairs = [(post[pk], late[pk]) for pk in sorted(post.keys() & late.keys())]
        rows.append(
            DelayRow(
                months=months,
                due_on=due_on(session.ends_on, months),
                figures=figures,
                not_asked=max(0, trained - figures.sent),
                retention=retention(pairs),
                sending=sending_state(session.ends_on, months, day),
                may_call=asked is not None and is_answerable(asked["last_sent"], day),
            )
        )
    return rows


def yearly_follow_ups(sessions: QuerySet[TrainingSession]) -> list[YearRow]:
    """Every year and delay of these sessions, the latest first; one query."""
    found = FollowUp.objects.filter(participation__session__in=sessions).annotate(
        year=ExtractYear("participation__session__ends_on")
    )
    rows = [
        YearRow(row["year"], row["months"], _figures(row))
        for row in _counted(found, "year", "months")
    ]
    return sorted(rows, key=lambda row: (-row.year, row.months))


def _figures(row: dict[str, Any]) -> FollowUpFigures:
    return FollowUpFigures(row["sent"], row["answered"], row["yes"], row["by_phone"])


def _counted(found: QuerySet[FollowUp], *by: str) -> Iterable[dict[str, Any]]:
    return (
        found.order_by()
        .values(*by)
        .annotate(
            sent=Count("pk"),
            answered=Count("pk", filter=~Q(answered_on=None)),
            yes=Count("pk", filter=Q(uses_skills=SkillsUse.YES)),
            by_phone=Count("pk", filter=~Q(answered_by=None)),
            last_sent=Max("sent_on"),
        )
    )
