"""How many trained people serve in each jurisdiction, region and cercle: the empty ones first."""

import datetime
from collections import Counter
from dataclasses import dataclass

from accounts.enums import OrganizationKind, TerritoryLevel
from accounts.models import CorpsSize, Organization, ProfessionCategory, Territory
from trainers.people.standing import mask_column
from trainers.people.trained_staff import TrainedRecord, trained_records

JURISDICTIONS = "juridictions"
REGIONS = "regions"
CERCLES = "cercles"


@dataclass(frozen=True)
class CoverageRow:
    """One place and its trained people in post; None where the figure is hidden."""

    name: str
    where: str
    trained: int | None


@dataclass(frozen=True)
class CorpsRow:
    """One corps in the country: its size and the source are known, or `headcount` is None."""

    name: str
    trained: int
    headcount: int | None
    year: int | None
    source: str

    @property
    def percent(self) -> float | None:
        """Trained people in post, in percent of the corps; None where its size is not known."""
        return 100 * self.trained / self.headcount if self.headcount else None


@dataclass(frozen=True)
class Coverage:
    """The places, the empty ones first; `empty` counts them; `corps` is for the committee."""

    rows: list[CoverageRow]
    empty: int
    corps: list[CorpsRow]


def coverage_of(
    *,
    kind: str = JURISDICTIONS,
    scope: set[int] | None = None,
    is_masked: bool = True,
    curriculum: int | None = None,
    category: str = "",
    day: datetime.date | None = None,
) -> Coverage:
    """Count trained people still in post by place; twelve queries at most.

    `scope` keeps the places of these territories (None: all). A region counts its own posts and
    those of its cercles.
    """
    records = [
        one
        for one in trained_records(curriculum=curriculum, category=category, day=day)
        if one.now is not None
    ]
    if kind == JURISDICTIONS:
        counted = _by_jurisdiction(records, scope)
    else:
        level = TerritoryLevel.REGION if kind == REGIONS else TerritoryLevel.CERCLE
        counted = _by_territory(records, scope, level)
    # Among the others, an order by figures would tell the hidden ones.
    counted.sort(key=lambda row: (row[2] > 0 if is_masked else row[2], row[1], row[0]))
    figures = [trained for _name, _where, trained in counted]
    shown = mask_column(figures) if is_masked else figures
    rows = [
        CoverageRow(name, where, figure)
        for (name, where, _trained), figure in zip(counted, shown, strict=True)
    ]
    return Coverage(rows, figures.count(0), [] if is_masked else _corps(records))


def _by_jurisdiction(
    records: list[TrainedRecord], scope: set[int] | None
) -> list[tuple[str, str, int]]:
    trained = Counter(one.now.organization for one in records if one.now)
    courts = Organization.objects.filter(kind=OrganizationKind.JURISDICTION)
    if scope is not None:
        courts = courts.filter(territory__in=scope)
    return [
        (one.name, one.territory.name if one.territory else "", trained[one.pk])
        for one in courts.select_related("territory")
    ]


def _by_territory(
    records: list[TrainedRecord], scope: set[int] | None, level: TerritoryLevel
) -> list[tuple[str, str, int]]:
    territories = {one.pk: one for one in Territory.objects.all()}
    trained: Counter[int] = Counter()
    for one in records:
        place = territories.get((one.now.territory if one.now else None) or 0)
        if place is None:
            continue
        key = place.region_id if level == TerritoryLevel.REGION else place.pk
        if key is not None:
            trained[key] += 1
    return [
        (
            one.name,
            territories[one.parent_id].name if level == TerritoryLevel.CERCLE else "",
            trained[pk],
        )
        for pk, one in territories.items()
        if one.level == level and (scope is None or pk in scope) and one.parent_id is not None
    ]


def _corps(records: list[TrainedRecord]) -> list[CorpsRow]:
    """Each corps with the latest size that a source gives."""
    trained = Counter(one.category for one in records)
    sizes = {one.category_id: one for one in CorpsSize.objects.order_by("year")}
    rows = []
    for category in ProfessionCategory.objects.order_by("position", "name"):
        size = sizes.get(category.pk)
        rows.append(
            CorpsRow(
                name=category.name,
                trained=trained[category.code],
                headcount=size.headcount if size else None,
                year=size.year if size else None,
                source=size.source if size else "",
            )
        )
    return rows
