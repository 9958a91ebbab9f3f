"""The plan's matrix as one viewer may see it: a row per indicator, a column per year."""

import datetime
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from indicators.bars import Bar, bar
from indicators.enums import Unit
from indicators.measured import Measure, Status
from indicators.measuring import Observatory
from indicators.periods import PLAN_YEARS, Period, PeriodKind, whole_plan, year_period
from indicators.plan_reading import PlannedIndicator
from indicators.wording import (
    NO_FIGURE,
    STATUS_LOOKS,
    STATUS_WORDS,
    number,
    period_words,
    with_unit,
)

# Titles of the plan's four axes, as its budgeted table names them.
AXES = {
    1: gettext_lazy("Prévention de la traite des personnes"),
    2: gettext_lazy("Protection et assistance aux victimes"),
    3: gettext_lazy("Respect et application de la loi"),
    4: gettext_lazy("Coordination et coopération"),
}
COUNTED_STATUSES = (
    Status.REACHED,
    Status.NEAR,
    Status.BEHIND,
    Status.INCONCLUSIVE,
    Status.PROVISIONAL,
    Status.NO_DATA,
)


@dataclass(frozen=True)
class MatrixCell:
    """One indicator in one period; texts are ready to print, `look` names the status component."""

    heading: str
    value: str
    target: str
    url: str
    status: str
    look: str
    pending: str = ""
    n: str = ""
    bar: Bar | None = None
    is_focus: bool = False
    is_measured: bool = True
    is_to_come: bool = False


@dataclass(frozen=True)
class MatrixRow:
    code: str
    label: str
    level: str
    url: str
    baseline: str
    is_measured: bool
    printed_gap: str
    note: str
    cells: Sequence[MatrixCell]
    total: MatrixCell


@dataclass(frozen=True)
class MatrixAxis:
    number: int
    title: str
    rows: Sequence[MatrixRow]


@dataclass(frozen=True)
class Tile:
    status: str
    look: str
    count: int


@dataclass(frozen=True)
class Matrix:
    axes: Sequence[MatrixAxis]
    years: Sequence[Mapping[str, object]]
    tiles: Sequence[Tile]
    focus: str
    n_measured: int
    n_declared: int


@dataclass(frozen=True)
class MatrixChoice:
    """What the reader asked to see; `query` is added to the links (« ?region=segou »)."""

    focus: int
    axis: int | None = None
    is_measured: bool | None = None
    query: str = ""
    is_scoped: bool = False


def build_matrix(observatory: Observatory, choice: MatrixChoice, *, today: datetime.date) -> Matrix:
    """Measure each indicator retained for the five years and for the plan."""
    retained = [planned for planned in observatory.book.indicators if _retains(planned, choice)]
    periods = [*(year_period(year) for year in PLAN_YEARS), whole_plan()]
    measures = {
        planned.indicator.code: [observatory.measure(planned, period) for period in periods]
        for planned in retained
    }
    rows = [_row(planned, measures[planned.indicator.code], choice, today) for planned in retained]
    numbers = sorted({planned.indicator.axis for planned in retained})
    focused = [one[choice.focus - PLAN_YEARS[0]] for one in measures.values()]
    return Matrix(
        axes=[
            MatrixAxis(
                number=axis,
                title=str(AXES[axis]),
                rows=[
                    row
                    for row, planned in zip(rows, retained, strict=True)
                    if planned.indicator.axis == axis
                ],
            )
            for axis in numbers
        ],
        years=[
            {"year": str(year), "is_focus": year == choice.focus, "is_current": year == today.year}
            for year in PLAN_YEARS
        ],
        tiles=_tiles(focused, today) if not observatory.viewer.is_scoped else [],
        focus=str(choice.focus),
        n_measured=sum(planned.indicator.is_measured_here for planned in retained),
        n_declared=sum(not planned.indicator.is_measured_here for planned in retained),
    )


def matrix_cell(
    measure: Measure, *, query: str = "", today: datetime.date, is_scoped: bool = False
) -> MatrixCell:
    """One measure, in words and widths; a part of the country has no target of its own."""
    planned, unit = measure.planned, measure.planned.indicator.unit
    target = measure.target
    is_to_come = measure.period.starts_on > today
    return MatrixCell(
        heading=period_words(measure.period),
        value=with_unit(measure.validated.value, unit) if measure.validated.n else NO_FIGURE,
        target=_target_words(measure, is_scoped=is_scoped),
        url=figure_url(planned, measure.period, query),
        status=_status_words(measure, today),
        look=STATUS_LOOKS.get(measure.status, "nodata"),
        pending=_pending_words(measure),
        n=_("n = %s") % number(measure.validated.n) if unit == Unit.PERCENT else "",
        bar=bar(
            validated=measure.validated.value,
            everything=measure.all.value,
            target=None if target is None else float(target),
            is_percent=unit == Unit.PERCENT,
        )
        if measure.all.n
        else None,
        is_measured=planned.indicator.is_measured_here,
        is_to_come=is_to_come and not measure.all.n,
    )


def figure_url(planned: PlannedIndicator, period: Period, query: str = "") -> str:
    """Address of one figure; the reader's region follows."""
    return reverse("indicators:figure", args=[planned.indicator.code, period.code]) + query


def _retains(planned: PlannedIndicator, choice: MatrixChoice) -> bool:
    indicator = planned.indicator
    return (choice.axis is None or indicator.axis == choice.axis) and (
        choice.is_measured is None or indicator.is_measured_here == choice.is_measured
    )


def _row(
    planned: PlannedIndicator,
    measures: Sequence[Measure],
    choice: MatrixChoice,
    today: datetime.date,
) -> MatrixRow:
    indicator = planned.indicator
    cells = [
        matrix_cell(measure, query=choice.query, today=today, is_scoped=choice.is_scoped)
        for measure in measures
    ]
    focused = choice.focus - PLAN_YEARS[0]
    cells[focused] = replace(cells[focused], is_focus=True)
    return MatrixRow(
        code=indicator.code,
        label=indicator.label,
        level=indicator.get_level_display(),
        url=figure_url(planned, year_period(choice.focus), choice.query),
        baseline=with_unit(indicator.baseline, indicator.unit),
        is_measured=indicator.is_measured_here,
        printed_gap=printed_gap_words(planned),
        note=indicator.note,
        cells=cells[:-1],
        total=cells[-1],
    )


def printed_gap_words(planned: PlannedIndicator) -> str:
    """« Total imprimé 200, calculé 800 », or nothing when both agree."""
    if planned.printed_gap is None:
        return ""
    return _("Total imprimé %(printed)s, calculé %(computed)s") % {
        "printed": number(planned.indicator.printed_total),
        "computed": number(planned.computed_total),
    }


def _target_words(measure: Measure, *, is_scoped: bool) -> str:
    if measure.target is None:
        return _("sans cible imprimée") if measure.period.kind is PeriodKind.YEAR else ""
    words = _("cible nationale %s") if is_scoped else _("cible %s")
    return words % with_unit(measure.target, measure.planned.indicator.unit)


def _status_words(measure: Measure, today: datetime.date) -> str:
    """A year under way is not late yet; a year to come has nothing to say."""
    period = measure.period
    if measure.status is Status.BEHIND and period.starts_on <= today <= period.ends_on:
        return _("En dessous à ce jour")
    if measure.target == 0 and measure.status in {Status.NO_TARGET, Status.NO_DATA}:
        return _("Rien de prévu")
    if measure.status is Status.NO_TARGET:
        return ""
    return str(STATUS_WORDS[measure.status])


def _pending_words(measure: Measure) -> str:
    unit = measure.planned.indicator.unit
    if measure.all.value is None or measure.all.value == measure.validated.value:
        return ""
    if unit == Unit.PERCENT:
        return _("%s avec ce qui attend") % with_unit(measure.all.value, unit)
    waiting = (measure.all.value or 0) - (measure.validated.value or 0)
    return _("+ %s en attente") % number(waiting)


def _tiles(measures: Sequence[Measure], today: datetime.date) -> list[Tile]:
    """How many figures of the year stand where, in the words of the cells."""
    counts = Counter(measure.status for measure in measures)
    words = {measure.status: _status_words(measure, today) for measure in measures}
    return [
        Tile(words[status], STATUS_LOOKS.get(status, "nodata"), counts[status])
        for status in COUNTED_STATUSES
        if counts[status]
    ]
