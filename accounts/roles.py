"""What an account is entrusted with, and over which territory (domain §7): closed by default."""

import datetime

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.enums import Audience, Role, TerritoryLevel
from accounts.models import RoleAssignment, Territory, User

AnyUser = User | AnonymousUser

_ROLES_OF_AUDIENCE: dict[str, frozenset[str]] = {
    Audience.TRAINING_STAFF: frozenset({Role.TRAINER, Role.FOCAL_POINT, Role.COMMITTEE}),
    Audience.VALIDATORS: frozenset({Role.FOCAL_POINT, Role.COMMITTEE}),
    Audience.FIGURES: frozenset({Role.FOCAL_POINT, Role.COMMITTEE, Role.PARTNER}),
    Audience.COMMITTEE: frozenset({Role.COMMITTEE}),
    Audience.EDITORS: frozenset({Role.EDITOR, Role.VALIDATOR}),
    Audience.ADMINISTRATOR: frozenset({Role.ADMINISTRATOR}),
}


def assignments_of(user: AnyUser, *, day: datetime.date | None = None) -> list[RoleAssignment]:
    """Roles in force that day (today by default), read once per request and kept on the user."""
    if not isinstance(user, User) or not user.is_active:
        return []
    cached: list[RoleAssignment] | None = getattr(user, "_assignments_in_force", None)
    if cached is None or day is not None:
        cached = list(
            user.role_assignments.in_force(day or timezone.localdate()).select_related("territory")
        )
        if day is None:
            user._assignments_in_force = cached  # type: ignore[attr-defined]
    return cached


def roles_of(user: AnyUser) -> frozenset[str]:
    """Codes of the roles in force today; empty for a visitor and for a plain learner."""
    return frozenset(assignment.role for assignment in assignments_of(user))


def belongs_to(user: AnyUser, audience: str) -> bool:
    """May this account open a page stated for that audience?"""
    if audience == Audience.PUBLIC:
        return True
    if not user.is_authenticated or not user.is_active:
        return False
    if audience in (Audience.SIGNED_IN, Audience.LEARNER):
        return audience == Audience.SIGNED_IN or getattr(user, "person_id", None) is not None
    return bool(roles_of(user) & _ROLES_OF_AUDIENCE[audience])


def is_national(user: AnyUser) -> bool:
    """The committee sees every territory."""
    return Role.COMMITTEE in roles_of(user)


def territories_of(user: AnyUser) -> list[Territory]:
    """Territories a focal point answers for; a country-level scope is the whole country."""
    return [
        assignment.territory
        for assignment in assignments_of(user)
        if assignment.role == Role.FOCAL_POINT and assignment.territory is not None
    ]


def territory_ids_in_scope(user: AnyUser) -> set[int] | None:
    """Ids of the territories whose records the user may read; None means all of them."""
    if is_national(user):
        return None
    scope = territories_of(user)
    if any(territory.level == TerritoryLevel.COUNTRY for territory in scope):
        return None
    ids: set[int] = set()
    for territory in scope:
        ids.update(Territory.objects.within(territory).values_list("pk", flat=True))
    return ids
