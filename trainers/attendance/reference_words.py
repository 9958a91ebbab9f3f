"""What a cell may name: professions, their usual short forms, regions and cercles."""

from collections.abc import Mapping

from accounts.enums import TerritoryLevel
from accounts.models import Profession, Territory
from accounts.names import fold
from accounts.reference_data import profession_short_forms


def profession_names() -> dict[str, str]:
    """Codes of the professions by folded name."""
    return {fold(name): code for name, code in Profession.objects.values_list("name", "code")}


def usual_professions() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Folded short forms (« juge », « opj ») with the codes and names that each may mean."""
    names = dict(Profession.objects.values_list("code", "name"))
    return {
        form: tuple((code, names[code]) for code in codes if code in names)
        for form, codes in profession_short_forms().items()
        if any(code in names for code in codes)
    }


def territory_names() -> dict[str, str]:
    """Regions and cercles by folded name; the name of both is the region's."""
    rows = Territory.objects.exclude(level=TerritoryLevel.COUNTRY)
    by_level = sorted(
        rows.values_list("level", "name_key", "code"), key=lambda row: row[0] == "REGION"
    )
    return {name_key: code for _level, name_key, code in by_level}
