"""Who looks at the figures decides which of them show (domain §6 and §7)."""

from dataclasses import dataclass, replace

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.models import Territory
from accounts.roles import AnyUser, is_national, roles_of, territories_of, territory_ids_in_scope


@dataclass(frozen=True)
class Viewer:
    """Outside the committee: validated figures only, small cells masked.

    `territory_ids` is None for the whole country. `sees_names` opens the people behind a figure.
    """

    territory_ids: frozenset[int] | None = None
    is_committee: bool = False
    sees_names: bool = False
    place: str = ""

    @property
    def is_scoped(self) -> bool:
        """A part of the country only: national targets cannot be held against it."""
        return self.territory_ids is not None

    @property
    def sees_part_of_a_year(self) -> bool:
        """Quarters would let a partner find by subtraction what is masked in a year."""
        return self.sees_names

    def narrowed(self, region: Territory) -> "Viewer":
        """The same reader looking at one region; outside its own territory, at nothing."""
        ids = frozenset(Territory.objects.within(region).values_list("pk", flat=True))
        own = ids if self.territory_ids is None else ids & self.territory_ids
        return replace(self, territory_ids=own, place=region.name if own == ids else self.place)

    def regions(self) -> list[Territory]:
        """Regions that the reader may choose; a partner reads national figures only."""
        if not self.sees_names:
            return []
        regions = Territory.objects.regions().order_by("position")
        if self.territory_ids is not None:
            regions = regions.filter(
                Q(pk__in=self.territory_ids) | Q(children__in=self.territory_ids)
            ).distinct()
        return list(regions)


COMMITTEE = Viewer(is_committee=True, sees_names=True)


def viewer_of(user: AnyUser) -> Viewer:
    """The committee sees everything, a focal point its territory, a partner national figures."""
    if is_national(user):
        return COMMITTEE
    if Role.FOCAL_POINT in roles_of(user):
        ids = territory_ids_in_scope(user)
        return Viewer(
            territory_ids=None if ids is None else frozenset(ids),
            sees_names=True,
            place=", ".join(territory.name for territory in territories_of(user)),
        )
    if Role.PARTNER in roles_of(user):
        return Viewer(place=_("Niveau national"))
    return Viewer(territory_ids=frozenset())
