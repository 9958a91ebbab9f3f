"""Read the plan as a figure needs it: indicators, targets, reference sheets, sizes of the corps."""

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from accounts.models import CorpsSize
from indicators import enums
from indicators.aggregation import Aggregation, combine_years, printed_difference
from indicators.facts import Selection
from indicators.models import Indicator, ReferenceSheet, Target
from indicators.periods import Period, PeriodKind


class UnknownIndicator(LookupError):
    """No indicator of the plan has this reference."""


@dataclass(frozen=True)
class Corps:
    """Latest known size of a corps."""

    headcount: int
    year: int


@dataclass(frozen=True)
class PlannedIndicator:
    """One indicator with its yearly targets as printed and the versions of its reference sheet."""

    indicator: Indicator
    targets: Mapping[int, Decimal | None]
    sheets: Sequence[ReferenceSheet]

    def sheet_on(self, day: datetime.date) -> ReferenceSheet:
        """The version in force that day; before the first one, the first."""
        in_force = [sheet for sheet in self.sheets if sheet.effective_on <= day]
        return in_force[-1] if in_force else self.sheets[0]

    def target(self, period: Period) -> Decimal | None:
        """The printed target of a year, the years combined for the plan, none within a year."""
        if period.kind is PeriodKind.PLAN:
            return self.computed_total
        return self.targets.get(period.year) if period.kind is PeriodKind.YEAR else None

    @property
    def computed_total(self) -> Decimal | None:
        """Yearly targets combined as the plan says: counts sum, percentages average."""
        return combine_years(self.targets, self.aggregation)

    @property
    def printed_gap(self) -> Decimal | None:
        """Printed minus computed total; None when they agree."""
        printed = self.indicator.printed_total
        return printed_difference(
            None if printed is None else printed.normalize(), self.computed_total, self.aggregation
        )

    @property
    def aggregation(self) -> Aggregation:
        """« sum » or « mean », as the pure rules name them."""
        return "mean" if self.indicator.aggregation == enums.Aggregation.MEAN else "sum"


@dataclass(frozen=True)
class PlanBook:
    indicators: Sequence[PlannedIndicator]
    corps: Mapping[str, Sequence[Corps]]

    def find(self, code: str) -> PlannedIndicator:
        """The indicator of that reference. Raises `UnknownIndicator`."""
        for planned in self.indicators:
            if planned.indicator.code == code:
                return planned
        raise UnknownIndicator(code)

    def corps_of(self, categories: frozenset[str], year: int) -> Corps | None:
        """Size of the corps of these categories, at the latest year known up to `year`.

        A size learned later still serves when nothing older is known. None as soon as the size of
        one of the categories is unknown.
        """
        latest = [self._latest(category, year) for category in sorted(categories)]
        known = [corps for corps in latest if corps is not None]
        if not known or len(known) < len(latest):
            return None
        return Corps(sum(corps.headcount for corps in known), min(corps.year for corps in known))

    def _latest(self, category: str, year: int) -> Corps | None:
        sizes = self.corps.get(category, ())
        known = [corps for corps in sizes if corps.year <= year] or sizes[:1]
        return known[-1] if known else None


def selection_of(sheet: ReferenceSheet) -> Selection:
    """What the sheet retains, as plain values."""
    return Selection(
        topics=frozenset(sheet.topics),
        categories=frozenset(sheet.categories),
        chain_only=sheet.criminal_justice_chain_only,
    )


def read_plan() -> PlanBook:
    """Read the whole plan in four queries."""
    targets: dict[int, dict[int, Decimal | None]] = defaultdict(dict)
    for target in Target.objects.order_by("year"):
        targets[target.indicator_id][target.year] = target.value
    sheets: dict[int, list[ReferenceSheet]] = defaultdict(list)
    for sheet in ReferenceSheet.objects.order_by("effective_on", "version"):
        sheets[sheet.indicator_id].append(sheet)
    corps: dict[str, list[Corps]] = defaultdict(list)
    for category, headcount, year in CorpsSize.objects.order_by("year").values_list(
        "category__code", "headcount", "year"
    ):
        corps[category].append(Corps(headcount, year))
    return PlanBook(
        indicators=[
            PlannedIndicator(indicator, targets[indicator.pk], sheets[indicator.pk])
            for indicator in Indicator.objects.order_by("position")
        ],
        corps=corps,
    )
