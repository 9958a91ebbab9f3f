"""Which events and hand-overs an account may open, and what it may do there (domain §7)."""

from django.db.models import Q, QuerySet

from accounts.enums import Audience
from accounts.models import User
from accounts.names import fold, name_key
from accounts.roles import AnyUser, belongs_to, territory_ids_in_scope
from trainers.enums import SessionState
from trainers.models import AwarenessEvent, Dissemination
from trainers.models.awareness import DisseminationQuerySet
from trainers.sessions.lock import CLOSED_STATES

# Lines of history that a judge writes: they change no fact.
_JUDGED = (SessionState.VALIDATED, SessionState.CANCELLED, SessionState.RUNNING)


def events_for(user: AnyUser) -> QuerySet[AwarenessEvent]:
    """Events that the account typed, those of its territory, or all (committee); else 404."""
    if not isinstance(user, User) or not belongs_to(user, Audience.TRAINING_STAFF):
        return AwarenessEvent.objects.none()
    scope = territory_ids_in_scope(user)
    if scope is None:
        return AwarenessEvent.objects.all()
    return AwarenessEvent.objects.filter(Q(encoded_by=user) | Q(territory__in=scope))


def may_write_event(user: AnyUser, event: AwarenessEvent) -> bool:
    """Whoever typed it, or who is in charge of its territory, until it is closed."""
    if not isinstance(user, User) or event.state in CLOSED_STATES:
        return False
    return event.encoded_by_id == user.pk or is_in_charge_of(event, user)


def is_in_charge_of(event: AwarenessEvent, user: User) -> bool:
    """Whether the account may judge the event: committee, or focal point of its territory."""
    if not belongs_to(user, Audience.VALIDATORS):
        return False
    scope = territory_ids_in_scope(user)
    return scope is None or event.territory_id in scope


def took_part_in(event: AwarenessEvent, user: User) -> bool:
    """Whether the account typed the event, changed it since, or is named among its hosts."""
    if event.encoded_by_id == user.pk:
        return True
    if (
        event.history.filter(history_user=user)
        .exclude(history_type="~", state__in=_JUDGED)
        .exists()
    ):
        return True
    words = set(fold(event.held_by).split())
    own = set(name_key(user.last_name, user.first_name).split())
    return bool(own) and own <= words


def disseminations_for(user: AnyUser) -> DisseminationQuerySet:
    """Hand-overs of the account's territory, or all (committee)."""
    if not isinstance(user, User) or not belongs_to(user, Audience.VALIDATORS):
        return Dissemination.objects.none()
    scope = territory_ids_in_scope(user)
    if scope is None:
        return Dissemination.objects.all()
    return Dissemination.objects.filter(territory__in=scope)
