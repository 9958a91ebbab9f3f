"""Measure the plan for a period, as one viewer may see it: read once, decide on plain values."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from decimal import Decimal

from indicators.aggregation import combine_years
from indicators.doubts import warnings_of
from indicators.enums import ComparedFigure
from indicators.fact_reading import read_facts
from indicators.facts import Facts
from indicators.masking import hide, mask
from indicators.measured import Figures, Measure, MeasuredCell, Status, figures_of, status_of
from indicators.measures import KNOWLEDGE_SHARES, MEASURES
from indicators.method_knowledge import pairing_of
from indicators.models import ReferenceSheet
from indicators.periods import PLAN_YEARS, Period, PeriodKind, year_period
from indicators.places import Places, read_places
from indicators.plan_reading import Corps, PlanBook, PlannedIndicator, read_plan, selection_of
from indicators.tallies import Counted, Dimension
from indicators.viewers import COMMITTEE, Viewer


@dataclass(frozen=True)
class Observatory:
    """The plan and the facts that one viewer may count, read once for many figures."""

    book: PlanBook
    places: Places
    facts: Facts
    viewer: Viewer
    _slices: dict[str, Facts] = field(default_factory=dict, compare=False, repr=False)

    def during(self, period: Period) -> Facts:
        """Facts of a period that lies within what was read."""
        if period.code not in self._slices:
            self._slices[period.code] = self.facts.during(period)
        return self._slices[period.code]

    def count(self, planned: PlannedIndicator, period: Period) -> Counted:
        """The facts behind a figure that the platform measures."""
        sheet = planned.sheet_on(period.ends_on)
        return MEASURES[planned.indicator.code](self.during(period), sheet)

    def measure(
        self, planned: PlannedIndicator, period: Period, by: Collection[Dimension] = ()
    ) -> Measure:
        """One indicator for one period; declared ones carry no value yet."""
        sheet = planned.sheet_on(period.ends_on)
        if not planned.indicator.is_measured_here:
            warnings = warnings_of(planned, period, corps=None, counted=None, pairing=None)
            return Measure(planned, period, sheet, Status.DECLARED, warnings=warnings)
        measure = self._measure_here(planned, period, sheet, by)
        if self.viewer.is_committee:
            return measure
        if period.kind is PeriodKind.PLAN and self._has_masked_year(planned):
            return hide(measure)
        return mask(measure)

    def measure_all(self, period: Period, by: Collection[Dimension] = ()) -> list[Measure]:
        """The 39 indicators in the order of the plan."""
        return [self.measure(planned, period, by) for planned in self.book.indicators]

    def _measure_here(
        self,
        planned: PlannedIndicator,
        period: Period,
        sheet: ReferenceSheet,
        by: Collection[Dimension],
    ) -> Measure:
        counted = self.count(planned, period)
        corps = self._corps(frozenset(sheet.categories), period)
        everything = figures_of(counted.tally(), counted, sheet, corps)
        validated = figures_of(counted.validated_tally(), counted, sheet, corps)
        if (
            period.kind is PeriodKind.PLAN
            and sheet.compared_figure == ComparedFigure.PARTICIPATIONS
        ):
            everything, validated = self._over_the_years(planned, everything, validated)
        pairing = validated_pairing = None
        if sheet.method in KNOWLEDGE_SHARES:
            facts, selection = self.during(period), selection_of(sheet)
            pairing = pairing_of(facts, selection)
            validated_pairing = pairing_of(facts.validated(), selection)
        judged = validated_pairing if validated.n else pairing
        status = status_of(everything, validated, planned.target(period), judged)
        if self.viewer.is_scoped and status in (Status.REACHED, Status.NEAR, Status.BEHIND):
            status = Status.NO_TARGET
        return Measure(
            planned=planned,
            period=period,
            sheet=sheet,
            status=status,
            all=everything,
            validated=validated,
            counted=counted,
            pairing=pairing,
            validated_pairing=validated_pairing,
            corps=corps,
            pending_sessions=counted.pending_records(),
            warnings=warnings_of(planned, period, corps=corps, counted=counted, pairing=judged),
            by={dimension: self._cells(counted, dimension, sheet, period) for dimension in by},
        )

    def _has_masked_year(self, planned: PlannedIndicator) -> bool:
        """A masked year could be found by subtracting the others from the plan's figure."""
        years = (self.measure(planned, year_period(year)) for year in PLAN_YEARS)
        return any(year.status is Status.MASKED for year in years)

    def _over_the_years(
        self, planned: PlannedIndicator, everything: Figures, validated: Figures
    ) -> tuple[Figures, Figures]:
        """Combine yearly values as the plan does; persons stay recounted over the whole plan."""
        years = {year: self.measure_year(planned, year) for year in PLAN_YEARS}
        return (
            replace(
                everything,
                value=_combined({year: one[0].value for year, one in years.items()}, planned),
            ),
            replace(
                validated,
                value=_combined({year: one[1].value for year, one in years.items()}, planned),
            ),
        )

    def measure_year(self, planned: PlannedIndicator, year: int) -> tuple[Figures, Figures]:
        """Everything recorded in a year, and what is validated; no status, no cell."""
        period = year_period(year)
        counted = self.count(planned, period)
        sheet = planned.sheet_on(period.ends_on)
        return (
            figures_of(counted.tally(), counted, sheet, None),
            figures_of(counted.validated_tally(), counted, sheet, None),
        )

    def _corps(self, categories: frozenset[str], period: Period) -> Corps | None:
        """Coverage is national: a territory's staff is not known."""
        return None if self.viewer.is_scoped else self.book.corps_of(categories, period.year)

    def _cells(
        self, counted: Counted, dimension: Dimension, sheet: ReferenceSheet, period: Period
    ) -> list[MeasuredCell]:
        cells = []
        for cell in counted.cells(dimension):
            corps = None
            if dimension is Dimension.CATEGORY and cell.code:
                corps = self._corps(frozenset({cell.code}), period)
            cells.append(
                MeasuredCell(
                    code=cell.code,
                    label=self.places.label(dimension, cell.code),
                    all=figures_of(cell.all, counted, sheet, corps),
                    validated=figures_of(cell.validated, counted, sheet, corps),
                )
            )
        return sorted(cells, key=lambda cell: self.places.rank(dimension, cell.code))


def open_observatory(period: Period, viewer: Viewer = COMMITTEE) -> Observatory:
    """Read the plan and the facts of the period, in a number of queries that never grows.

    Outside the committee only validated facts are kept.
    """
    places = read_places()
    facts = read_facts(period, places, territory_ids=viewer.territory_ids)
    return Observatory(
        book=read_plan(),
        places=places,
        facts=facts if viewer.is_committee else facts.validated(),
        viewer=viewer,
    )


def measure_all(
    period: Period, by: Collection[Dimension] = (), viewer: Viewer = COMMITTEE
) -> list[Measure]:
    """The 39 indicators for one period, disaggregated by each of `by` apart."""
    return open_observatory(period, viewer).measure_all(period, by)


def _combined(
    values: dict[int, int | float | None], planned: PlannedIndicator
) -> int | float | None:
    exact = {year: None if value is None else Decimal(str(value)) for year, value in values.items()}
    total = combine_years(exact, planned.aggregation)
    if total is None:
        return None
    return int(total) if total == total.to_integral_value() else float(total)
