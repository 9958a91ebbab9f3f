"""What a trainer has done: sessions, hours, participants. Facts, never a ranking."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from trainers.enums import LadderStatus, SessionState
from trainers.models import Participation, SessionSlot, SessionTrainer, Trainer
from trainers.registry.qualifying import SESSION_ROLES_THAT_ANIMATE


@dataclass(frozen=True)
class Activity:
    """Sessions over by that day and not cancelled, in any role but observer.

    `led` counts those as lead trainer, `validated` those that count; `minutes` of the half-days;
    `present` the participations with one mark or one lesson at least.
    """

    sessions: int
    led: int
    validated: int
    minutes: int
    present: int
    last_on: datetime.date | None


def animated_sessions(trainer: Trainer, day: datetime.date | None = None) -> list[int]:
    """Ids of the sessions that a trainer animated and that were over that day (today)."""
    return list(_animated(trainer, day or timezone.localdate()).values_list("session", flat=True))


def activity_of(trainer: Trainer, day: datetime.date | None = None) -> Activity:
    """The figures of a trainer's page, in three queries."""
    animated = _animated(trainer, day or timezone.localdate())
    counts = animated.aggregate(
        sessions=Count("pk"),
        led=Count("pk", filter=Q(role="LEAD_TRAINER")),
        validated=Count("pk", filter=Q(session__state=SessionState.VALIDATED)),
        last_on=Max("session__ends_on"),
    )
    sessions = animated.values("session")
    minutes = SessionSlot.objects.filter(session__in=sessions).aggregate(total=Sum("minutes"))
    present = Participation.objects.filter(session__in=sessions).exclude(
        status=LadderStatus.ENROLLED
    )
    return Activity(**counts, minutes=minutes["total"] or 0, present=present.count())


def sessions_of(trainer: Trainer, *, limit: int = 20) -> list[SessionTrainer]:
    """The sessions of a trainer, past and to come, the latest first."""
    return list(
        trainer.session_trainers.exclude(session__state=SessionState.CANCELLED)
        .select_related("session__territory")
        .order_by("-session__starts_on", "session__code")[:limit]
    )


def coming_sessions(trainer: Trainer, day: datetime.date) -> list[SessionTrainer]:
    """The sessions that a trainer is named in and that are not over that day."""
    return list(
        trainer.session_trainers.filter(session__ends_on__gte=day)
        .exclude(session__state=SessionState.CANCELLED)
        .select_related("session__territory")
        .order_by("session__starts_on", "session__code")
    )


def _animated(trainer: Trainer, day: datetime.date) -> QuerySet[SessionTrainer]:
    return trainer.session_trainers.filter(
        role__in=SESSION_ROLES_THAT_ANIMATE, session__ends_on__lte=day
    ).exclude(session__state=SessionState.CANCELLED)
