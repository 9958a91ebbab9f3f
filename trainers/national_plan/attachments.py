"""Hang a session or an awareness event on a line of the plan (`trainers.sessions.plan_lines`).

Attaching also gives the session the line's activity, so that both always agree.
"""

import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Territory, User
from trainers.enums import SessionState
from trainers.models import AwarenessEvent, PlanItem, TrainingSession
from trainers.national_plan.items import lock_item
from trainers.sessions.lock import lock_session
from trainers.sessions.plan_lines import (
    PlanItemUnfit,
    plan_items_for,
    refuse_unfit_plan_item,
)

_LINKED = ["plan_item", "plan_activity"]


class CannotAttach(ValueError):
    """A session or an event that does not belong on that line; a French sentence."""


@transaction.atomic
def attach_session(
    *, session: TrainingSession, item: PlanItem, by: User | None = None
) -> TrainingSession:
    """Hang a session on a line, also when it hung on another. Raises `CannotAttach`."""
    line = lock_item(item)
    locked = lock_session(session)
    if locked.plan_item_id == line.pk:
        return locked
    if locked.state == SessionState.CANCELLED:
        raise CannotAttach(_("Une session annulée ne se rattache à aucune ligne."))
    _refuse_misfit(line, locked.territory, locked.starts_on)
    locked.plan_item, locked.plan_activity = line, line.activity
    _sign(locked, by, _("Rattachée au plan de formation"))
    return locked


@transaction.atomic
def detach_session(*, session: TrainingSession, by: User | None = None) -> TrainingSession:
    """Take a session off its line; its activity of the plan stays."""
    locked = lock_session(session)
    if locked.plan_item_id is None:
        return locked
    locked.plan_item = None
    _sign(locked, by, _("Détachée du plan de formation"))
    return locked


@transaction.atomic
def attach_event(*, event: AwarenessEvent, item: PlanItem) -> AwarenessEvent:
    """Hang an awareness event on a line, also when it hung on another. Raises `CannotAttach`."""
    line = lock_item(item)
    locked = _lock_event(event)
    if locked.plan_item_id == line.pk:
        return locked
    if locked.state == SessionState.CANCELLED:
        raise CannotAttach(_("Une action annulée ne se rattache à aucune ligne."))
    _refuse_misfit(line, locked.territory, locked.held_on)
    locked.plan_item, locked.plan_activity = line, line.activity
    locked.save(update_fields=_LINKED)
    return locked


@transaction.atomic
def detach_event(*, event: AwarenessEvent) -> AwarenessEvent:
    """Take an event off its line; its activity of the plan stays."""
    locked = _lock_event(event)
    if locked.plan_item_id is not None:
        locked.plan_item = None
        locked.save(update_fields=["plan_item"])
    return locked


def items_fitting(territory: Territory, day: datetime.date) -> QuerySet[PlanItem]:
    """Open lines on which what is held that day at that place may hang."""
    return plan_items_for(territory=territory, years={day.year})


def sessions_fitting(item: PlanItem) -> QuerySet[TrainingSession]:
    """Sessions of the line's year and territory that hang on no line yet."""
    return TrainingSession.objects.filter(
        plan_item=None,
        starts_on__year=item.year,
        territory__in=Territory.objects.within(item.territory).values("pk"),
    ).exclude(state=SessionState.CANCELLED)


def events_fitting(item: PlanItem) -> QuerySet[AwarenessEvent]:
    """Events of the line's year and territory that hang on no line yet."""
    return AwarenessEvent.objects.filter(
        plan_item=None,
        held_on__year=item.year,
        territory__in=Territory.objects.within(item.territory).values("pk"),
    ).exclude(state=SessionState.CANCELLED)


def _refuse_misfit(item: PlanItem, territory: Territory, day: datetime.date) -> None:
    try:
        refuse_unfit_plan_item(item, territory=territory, day=day)
    except PlanItemUnfit as refusal:
        raise CannotAttach(str(refusal)) from refusal


def _lock_event(event: AwarenessEvent) -> AwarenessEvent:
    found = AwarenessEvent.objects.select_for_update(of=("self",)).select_related("territory")
    return found.get(pk=event.pk)


def _sign(session: TrainingSession, by: User | None, reason: str) -> None:
    setattr(session, "_history_user", by)  # noqa: B010 simple_history reads these names
    setattr(session, "_change_reason", reason)  # noqa: B010
    session.save(update_fields=_LINKED)
