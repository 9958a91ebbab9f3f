"""The sessions and events that hang on lines of the plan: what every figure of it opens down to."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from trainers.enums import LadderStatus, SessionState
from trainers.models import AwarenessEvent, Expense, PlanItem, TrainingSession
from trainers.models.participations import TRAINED_OR_MORE
from trainers.national_plan.progress import Done, is_held


@dataclass(frozen=True, slots=True)
class Work:
    """One session or one event. `item_id` is None when it hangs on no line."""

    is_event: bool
    code: str
    title: str
    place: str
    day: datetime.date
    state: str
    item_id: int | None
    is_held: bool
    present: int
    trained: int
    reached: int

    @property
    def is_validated(self) -> bool:
        """Held, and validated by a third person."""
        return self.is_held and self.state == SessionState.VALIDATED

    @property
    def done(self) -> Done:
        """What it adds to its line; nothing before it is held. Spending is counted apart."""
        if not self.is_held:
            return Done()
        return Done(1, int(self.is_validated), self.present, self.trained, self.reached)


def work_in(
    sessions: QuerySet[TrainingSession], events: QuerySet[AwarenessEvent], day: datetime.date
) -> list[Work]:
    """Return these sessions and events with their people, the latest first: two queries."""
    found = [*_sessions(sessions, day), *_events(events, day)]
    return sorted(found, key=lambda work: (work.day, work.code), reverse=True)


def work_of(items: QuerySet[PlanItem], day: datetime.date) -> list[Work]:
    """Return all that hangs on these lines, cancelled sessions left out."""
    keys = items.order_by().values("pk")
    return work_in(
        TrainingSession.objects.filter(plan_item__in=keys),
        AwarenessEvent.objects.filter(plan_item__in=keys),
        day,
    )


def spent_by_item(items: QuerySet[PlanItem]) -> dict[int, int]:
    """Return the FCFA spent on each line, on its sessions and on its events; one query."""
    sums = (
        expenses_of(items)
        .filter(voided_at=None)
        .annotate(line=Coalesce("plan_item", "session__plan_item", "event__plan_item"))
        .values("line")
        .annotate(total=Sum("amount"))
        .order_by()
    )
    return {row["line"]: row["total"] for row in sums}


def expenses_of(items: QuerySet[PlanItem]) -> QuerySet[Expense]:
    """Return every expense, voided ones too, on these lines or on what hangs on them."""
    keys = items.order_by().values("pk")
    return Expense.objects.filter(
        Q(plan_item__in=keys) | Q(session__plan_item__in=keys) | Q(event__plan_item__in=keys)
    )


def done_by_item(works: Sequence[Work], spent: dict[int, int]) -> dict[int, Done]:
    """Return what was done of each line that anything hangs on."""
    done: dict[int, Done] = {item: Done(spent=amount) for item, amount in spent.items()}
    for work in works:
        if work.item_id is not None:
            done[work.item_id] = done.get(work.item_id, Done()) + work.done
    return done


def _sessions(sessions: QuerySet[TrainingSession], day: datetime.date) -> list[Work]:
    came = ~Q(participations__status=LadderStatus.ENROLLED) & Q(participations__isnull=False)
    counted = (
        sessions.exclude(state=SessionState.CANCELLED)
        .annotate(
            place=F("territory__name"),
            present=Count("participations", filter=came),
            trained=Count("participations", filter=Q(participations__status__in=TRAINED_OR_MORE)),
        )
        .order_by()
        .values_list(
            "code", "title", "place", "ends_on", "state", "plan_item", "present", "trained"
        )
    )
    return [
        Work(
            is_event=False,
            code=code,
            title=title,
            place=place,
            day=ends_on,
            state=state,
            item_id=item,
            is_held=is_held(state=state, ended_on=ends_on, day=day),
            present=present,
            trained=trained,
            reached=0,
        )
        for code, title, place, ends_on, state, item, present, trained in counted
    ]


def _events(events: QuerySet[AwarenessEvent], day: datetime.date) -> list[Work]:
    counted = (
        events.exclude(state=SessionState.CANCELLED)
        .annotate(spot=F("territory__name"), reached=Coalesce(Sum("headcounts__people"), 0))
        .order_by()
        .values_list("code", "title", "spot", "held_on", "state", "plan_item", "reached")
    )
    return [
        Work(
            is_event=True,
            code=code,
            title=title,
            place=spot,
            day=held_on,
            state=state,
            item_id=item,
            is_held=is_held(state=state, ended_on=held_on, day=day),
            present=0,
            trained=0,
            reached=reached,
        )
        for code, title, spot, held_on, state, item, reached in counted
    ]
