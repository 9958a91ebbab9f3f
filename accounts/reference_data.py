"""Load territories, professions and sizes of the corps from the files the project carries.

Sources: the registers named in the files themselves (`accounts/reference/*.csv`).
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import transaction

from accounts.enums import TerritoryLevel
from accounts.models import CorpsSize, Profession, ProfessionCategory, Territory
from accounts.names import fold

FOLDER = Path(__file__).parent / "reference"


@dataclass(frozen=True)
class ReferenceTotals:
    regions: int
    cercles: int
    professions: int
    corps_sizes: int


def read_csv(path: Path) -> list[dict[str, str]]:
    """Rows of a comma-separated UTF-8 file, as plain strings keyed by heading."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@cache
def profession_short_forms() -> Mapping[str, tuple[str, ...]]:
    """Usual short forms by folded word (« juge »), with the codes that each may mean."""
    rows = read_csv(FOLDER / "profession_short_forms.csv")
    return {fold(row["form"]): tuple(row["codes"].split()) for row in rows}


@transaction.atomic
def load_reference_data() -> ReferenceTotals:
    """Create or correct every reference row; a second call changes nothing."""
    _load_territories()
    _load_professions()
    _load_corps_sizes()
    return ReferenceTotals(
        regions=Territory.objects.regions().count(),
        cercles=Territory.objects.filter(level=TerritoryLevel.CERCLE).count(),
        professions=Profession.objects.count(),
        corps_sizes=CorpsSize.objects.count(),
    )


def _load_territories() -> None:
    known: dict[str, Territory] = {}
    for position, row in enumerate(read_csv(FOLDER / "territories.csv")):
        territory, _created = Territory.objects.update_or_create(
            code=row["code"],
            defaults={
                "level": row["level"].upper(),
                "parent": known[row["parent"]] if row["parent"] else None,
                "name": row["name"],
                "name_key": fold(row["name"]),
                "pcode": row["pcode"],
                "iso_3166_2": row["iso_3166_2"],
                "position": position,
            },
        )
        known[territory.code] = territory


def _load_professions() -> None:
    for position, row in enumerate(read_csv(FOLDER / "professions.csv")):
        category, created = ProfessionCategory.objects.get_or_create(
            code=row["category"], defaults={"name": row["category_name"], "position": position}
        )
        if not created and category.name != row["category_name"]:
            category.name = row["category_name"]
            category.save(update_fields=["name"])
        Profession.objects.update_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "category": category,
                "is_criminal_justice_chain": row["criminal_justice_chain"] == "yes",
                "is_frontline": row["frontline"] == "yes",
                "source": row["source"],
                "position": position,
            },
        )


def _load_corps_sizes() -> None:
    categories = {category.code: category for category in ProfessionCategory.objects.all()}
    for row in read_csv(FOLDER / "corps.csv"):
        CorpsSize.objects.update_or_create(
            category=categories[row["category"]],
            year=int(row["year"]),
            defaults={"headcount": int(row["headcount"]), "source": row["source"]},
        )
