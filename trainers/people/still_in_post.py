"""« Still in post », by structure and by cercle: who serves, who is due, who is gone."""

import datetime
from collections.abc import Hashable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.enums import TerritoryLevel
from accounts.models import Organization, Territory
from trainers.people.standing import PlaceTally, mask_column, tally_places
from trainers.people.trained_staff import TrainedRecord, trained_records

BY_ORGANIZATION = "structures"
BY_TERRITORY = "territoires"


@dataclass(frozen=True)
class PostRow:
    """One place; a figure is None where it is hidden from this reader."""

    name: str
    where: str
    serving: int | None
    due: int | None
    moved: int | None
    left: int | None


@dataclass(frozen=True)
class StillInPost:
    """The places, those that lost most first unless figures are hidden; `unknown` are in none."""

    rows: list[PostRow]
    serving: int | None
    due: int | None
    gone: int | None
    unknown: int | None


def still_in_post(
    *,
    by: str = BY_ORGANIZATION,
    scope: set[int] | None = None,
    is_masked: bool = True,
    curriculum: int | None = None,
    category: str = "",
    day: datetime.date | None = None,
) -> StillInPost:
    """Return trained people by place. `scope` keeps the places of these territories (None: all).

    `is_masked` hides figures of fewer than five people. Eleven queries at most.
    """
    records = trained_records(curriculum=curriculum, category=category, day=day)
    by_organization = by == BY_ORGANIZATION
    people = [one.by_organization() if by_organization else one.by_territory() for one in records]
    tallies = tally_places(people)
    names = _organization_names(records) if by_organization else _territory_names()
    kept = {
        place: tally
        for place, tally in tallies.items()
        if place is not None
        and place in names
        and (scope is None or names[place].territory in scope)
    }
    unknown = tallies.get(None, PlaceTally()).unknown if scope is None else set()
    return _table(kept, names, unknown=len(unknown), is_masked=is_masked)


@dataclass(frozen=True)
class _Named:
    name: str
    where: str
    territory: int | None


def _table(
    tallies: dict[Hashable, PlaceTally],
    names: dict[Hashable, _Named],
    *,
    unknown: int,
    is_masked: bool,
) -> StillInPost:
    def losses(place: Hashable) -> tuple[int, int]:
        return -len(tallies[place].moved | tallies[place].left), -len(tallies[place].due)

    # An order by figures would tell the hidden ones.
    ordered = sorted(
        tallies,
        key=lambda place: ((0, 0) if is_masked else losses(place), names[place].name, str(place)),
    )
    columns: list[list[int | None]] = []
    for part in ("serving", "due", "moved", "left"):
        figures = [len(getattr(tallies[place], part)) for place in ordered]
        columns.append(mask_column(figures) if is_masked else list(figures))
    rows = [
        PostRow(names[place].name, names[place].where, *figures)
        for place, figures in zip(ordered, zip(*columns, strict=True), strict=True)
    ]
    parts = list(tallies.values())
    totals = [
        len(set().union(*(one.serving for one in parts))),
        len(set().union(*(one.due for one in parts))),
        len(set().union(*(one.moved | one.left for one in parts))),
        unknown,
    ]
    shown = [mask_column([total])[0] for total in totals] if is_masked else totals
    return StillInPost(rows, *shown)


def _organization_names(records: list[TrainedRecord]) -> dict[Hashable, _Named]:
    """Structures by id; one without a territory lies where its people serve."""
    lies_in: dict[int, int] = {}
    for one in records:
        for place in (one.then, one.now):
            if place and place.organization and place.territory:
                lies_in[place.organization] = place.territory
    wanted = {
        place.organization
        for one in records
        for place in (one.then, one.now)
        if place and place.organization
    }
    territories = {one.pk: one.name for one in Territory.objects.all()}
    named: dict[Hashable, _Named] = {}
    for pk, name, territory in Organization.objects.values_list("pk", "name", "territory_id"):
        if pk in wanted:
            where = territory or lies_in.get(pk)
            named[pk] = _Named(name, territories.get(where or 0, ""), where)
    return named


def _territory_names() -> dict[Hashable, _Named]:
    territories = {one.pk: one for one in Territory.objects.all()}
    named: dict[Hashable, _Named] = {}
    for pk, one in territories.items():
        parent = territories.get(one.parent_id or 0)
        is_cercle = one.level == TerritoryLevel.CERCLE
        where = parent.name if is_cercle and parent else _("cercle non précisé")
        named[pk] = _Named(one.name, where, pk)
    return named
