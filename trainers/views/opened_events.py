"""The awareness event of an address, if this account may open it."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from trainers.awareness.access import events_for, may_write_event
from trainers.awareness.events import EventIncomplete, EventRefused
from trainers.models import AwarenessEvent


def opened_event(request: HttpRequest, code: str) -> AwarenessEvent:
    """Return the event, or answer 404: an event out of reach does not exist."""
    events = events_for(request.user).select_related(
        "territory",
        "plan_activity",
        "plan_item__activity",
        "plan_item__territory",
        "plan_item__topic",
        "plan_item__category",
        "encoded_by",
        "validated_by",
    )
    return get_object_or_404(events, code=code)


def writable_event(request: HttpRequest, code: str) -> AwarenessEvent:
    """Return the event, 404 out of reach, 403 where the account may only look."""
    event = opened_event(request, code)
    if not may_write_event(request.user, event):
        raise PermissionDenied
    return event


def tried(request: HttpRequest, act: Callable[[], object]) -> bool:
    """Call an act; a refusal is told at the top of the next page, each reason apart."""
    try:
        act()
    except EventIncomplete as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return False
    except EventRefused as refusal:
        messages.error(request, str(refusal))
        return False
    return True
