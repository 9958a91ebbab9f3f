"""Read the training plan with its progress: lines, and totals by year, activity and territory."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import QuerySet, Sum

from accounts.enums import TerritoryLevel
from accounts.models import ProfessionCategory, Territory
from trainers.models import PlanActivity, PlanActivityBudget, PlanItem
from trainers.national_plan.progress import Done, Line, LineState, Total, state_of, total_of
from trainers.national_plan.work import done_by_item, spent_by_item, work_of


@dataclass(frozen=True)
class Asked:
    """Which lines of the plan; None asks for all of a kind. `territory` holds its cercles."""

    year: int | None = None
    axis: int | None = None
    activity: PlanActivity | None = None
    territory: Territory | None = None
    category: ProfessionCategory | None = None

    is_part: bool = False  # of the country or of the lines, for another reason

    @property
    def is_national(self) -> bool:
        """Whether the printed budgets, which know neither place nor public, may be put beside."""
        return self.territory is None and self.category is None and not self.is_part

    def local(self) -> "Asked":
        """The same lines, without the printed budgets beside."""
        return replace(self, is_part=True)


@dataclass(frozen=True)
class Row:
    """One line of the plan with what was done of it."""

    item: PlanItem
    line: Line
    state: LineState


@dataclass(frozen=True)
class Group:
    """Some lines added up. `printed` is the budget of the plan's own table, None where unknown."""

    key: str
    label: str
    total: Total
    printed: int | None = None

    @property
    def difference(self) -> int | None:
        """Budget of the lines minus the printed one: shown, never corrected (domain §6)."""
        return None if self.printed is None else self.total.budget - self.printed


def asked_for(items: QuerySet[PlanItem], asked: Asked) -> QuerySet[PlanItem]:
    """Keep the lines that are asked for."""
    if asked.year is not None:
        items = items.filter(year=asked.year)
    if asked.axis is not None:
        items = items.filter(activity__axis=asked.axis)
    if asked.activity is not None:
        items = items.filter(activity=asked.activity)
    items = asked_for_places(items, asked)
    if asked.category is not None:
        items = items.filter(category=asked.category)
    return items


def asked_for_places(found: QuerySet[Any], asked: Asked) -> QuerySet[Any]:
    """Keep the lines, sessions or events of the territory asked for.

    A region holds its cercles. The country asks for what is national, and for nothing below.
    """
    if asked.territory is None:
        return found
    if asked.territory.level == TerritoryLevel.COUNTRY:
        return found.filter(territory=asked.territory)
    return found.filter(territory__in=Territory.objects.within(asked.territory).values("pk"))


def rows_of(items: QuerySet[PlanItem], day: datetime.date) -> list[Row]:
    """Return the lines by activity, year and due day, with their progress: four queries."""
    done = done_by_item(work_of(items, day), spent_by_item(items))
    listed = items.select_related("activity", "topic", "category", "territory__parent").order_by(
        "activity__axis", "activity__code", "year", "due_on", "territory__position", "pk"
    )
    return [_row(item, done.get(item.pk, Done()), day) for item in listed]


def _row(item: PlanItem, done: Done, day: datetime.date) -> Row:
    line = Line(
        planned_sessions=item.planned_sessions,
        planned_people=item.planned_people,
        budget=item.budget,
        due_on=item.due_on,
        is_closed=item.closed_on is not None,
        done=done,
    )
    return Row(item=item, line=line, state=state_of(line, day))


def by_year(rows: Sequence[Row], asked: Asked, day: datetime.date) -> list[Group]:
    """Add lines up by year, with the printed budget of the same activities."""
    printed = _printed(asked, "year")
    years = sorted({row.item.year for row in rows} | {int(key) for key in printed})
    return [
        _group(
            str(year),
            str(year),
            [row for row in rows if row.item.year == year],
            day,
            printed.get(str(year)),
        )
        for year in years
    ]


def by_activity(rows: Sequence[Row], asked: Asked, day: datetime.date) -> list[Group]:
    """Add lines up by activity; an activity of the plan without any line is there too."""
    printed = _printed(asked, "activity__code")
    activities = PlanActivity.objects.all()
    if asked.axis is not None:
        activities = activities.filter(axis=asked.axis)
    if asked.activity is not None:
        activities = activities.filter(pk=asked.activity.pk)
    found: dict[str, list[Row]] = {}
    for row in rows:
        found.setdefault(row.item.activity.code, []).append(row)
    return [
        _group(code, label, found.get(code, []), day, printed.get(code))
        for code, label in activities.order_by("axis", "code").values_list("code", "label")
        if asked.is_national or code in found
    ]


def by_territory(rows: Sequence[Row], day: datetime.date) -> list[Group]:
    """Add lines up by region; a cercle counts in its region, the country stands apart."""

    def region(row: Row) -> Territory:
        place = row.item.territory
        return place.parent if place.level == TerritoryLevel.CERCLE and place.parent else place

    return _grouped(rows, day, region)


def _grouped(
    rows: Sequence[Row], day: datetime.date, place_of: Callable[[Row], Territory]
) -> list[Group]:
    places: dict[int, Territory] = {}
    found: dict[int, list[Row]] = {}
    for row in rows:
        place = place_of(row)
        places[place.pk] = place
        found.setdefault(place.pk, []).append(row)
    ordered = sorted(places.values(), key=lambda place: (place.position, place.code))
    return [_group(place.code, place.name, found[place.pk], day) for place in ordered]


def _group(
    key: str, label: str, rows: Sequence[Row], day: datetime.date, printed: int | None = None
) -> Group:
    return Group(key, label, total_of([row.line for row in rows], day), printed)


def _printed(asked: Asked, key: str) -> dict[str, int]:
    """Printed budgets added up by that field; {} where they cannot be put beside the lines."""
    if not asked.is_national:
        return {}
    budgets = PlanActivityBudget.objects.exclude(amount=None)
    if asked.year is not None:
        budgets = budgets.filter(year=asked.year)
    if asked.axis is not None:
        budgets = budgets.filter(activity__axis=asked.axis)
    if asked.activity is not None:
        budgets = budgets.filter(activity=asked.activity)
    sums = budgets.order_by().values_list(key).annotate(total=Sum("amount"))
    return {str(found): total for found, total in sums}
