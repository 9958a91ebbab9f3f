"""Names and order of regions and categories, and the region that every territory lies in."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.enums import Sex, TerritoryLevel
from accounts.models import ProfessionCategory, Territory
from indicators.tallies import Dimension

NOT_GIVEN = "non-renseigne"  # how addresses and files write the cell whose code is ""


@dataclass(frozen=True)
class Places:
    """Mappings keep the plan's order: regions from west to east, categories as printed."""

    region_of: Mapping[int, str]
    region_names: Mapping[str, str]
    category_names: Mapping[str, str]

    def region(self, territory_id: int | None) -> str:
        """Code of the region of a territory; "" when nothing was recorded."""
        return "" if territory_id is None else self.region_of.get(territory_id, "")

    def label(self, dimension: Dimension, code: str) -> str:
        """French name of a cell; "" is « non renseigné », a category like any other."""
        if not code:
            return _("Non renseigné")
        return str(self._names(dimension).get(code, code))

    def rank(self, dimension: Dimension, code: str) -> int:
        """Order of a cell; « non renseigné » comes last."""
        codes = list(self._names(dimension))
        return codes.index(code) if code in codes else len(codes)

    def _names(self, dimension: Dimension) -> Mapping[str, str]:
        if dimension is Dimension.SEX:
            return {sex.value: str(sex.label) for sex in Sex}
        return self.region_names if dimension is Dimension.REGION else self.category_names


def read_places() -> Places:
    """Roll every cercle up to its region; a national posting keeps the country's code.

    Two queries.
    """
    territories = {
        territory.pk: territory for territory in Territory.objects.order_by("position", "pk")
    }
    return Places(
        region_of={
            pk: territories[territory.region_id or pk].code for pk, territory in territories.items()
        },
        region_names={
            territory.code: _("Niveau national")
            if territory.level == TerritoryLevel.COUNTRY
            else territory.name
            for territory in territories.values()
            if territory.level != TerritoryLevel.CERCLE
        },
        category_names=dict(
            ProfessionCategory.objects.order_by("position").values_list("code", "name")
        ),
    )
