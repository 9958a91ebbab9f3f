"""One figure opened: its tiles, its years drawn, its cells, and how it is worked out."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import ProfessionCategory
from courses.models import Topic
from indicators.enums import Method, Unit
from indicators.field_tiles import crowds_note, field_tiles
from indicators.matrix import MatrixCell, figure_url, matrix_cell
from indicators.measured import Figures, Measure, MeasuredCell, Status
from indicators.measuring import Observatory
from indicators.periods import PLAN_YEARS, Period, PeriodKind, parse_period, whole_plan, year_period
from indicators.places import NOT_GIVEN
from indicators.plan_reading import PlannedIndicator
from indicators.tallies import Dimension, Shape
from indicators.viewers import Viewer
from indicators.wording import (
    NO_FIGURE,
    cells_note,
    number,
    period_words,
    unit_words,
    with_unit,
)

Entry = Mapping[str, object]

CHART_HEIGHT = 160  # units of the drawing from the axis to the top
COUNTS_OF_PEOPLE = {Method.COUNT_INFORMED, Method.COUNT_TRAINED, Method.COUNT_SKILLS_USED}
COLUMN_STEP = 110
COLUMN_WIDTH = 56


@dataclass(frozen=True)
class Column:
    """One year drawn: heights go up from the axis, in units of the drawing."""

    year: str
    x: int
    middle: int
    done_y: int
    done_height: int
    pending_y: int
    pending_height: int
    target_y: int | None
    label_y: int
    value: str


@dataclass(frozen=True)
class Breakdown:
    title: str
    items: Sequence[Entry]
    is_masked: bool


@dataclass(frozen=True)
class FigureDetail:
    measure: Measure
    cell: MatrixCell
    tiles: Sequence[Entry]
    years: Sequence[MatrixCell]
    columns: Sequence[Column]
    breakdowns: Sequence[Breakdown]
    cells_note: str
    explanations: Sequence[Entry]
    period_tabs: Sequence[Entry]
    part_tabs: Sequence[Entry]
    justification_url: str


def open_figure(
    observatory: Observatory,
    planned: PlannedIndicator,
    period: Period,
    *,
    query: str = "",
    today: datetime.date,
) -> FigureDetail:
    """Gather what the page of one figure shows."""
    measure = observatory.measure(planned, period, tuple(Dimension))
    years = [observatory.measure(planned, year_period(year)) for year in PLAN_YEARS]
    viewer, justification = observatory.viewer, ""
    if viewer.sees_names and measure.counted is not None:
        justification = reverse(
            "indicators:participations", args=[planned.indicator.code, period.code]
        )
    return FigureDetail(
        measure=measure,
        cell=matrix_cell(measure, query=query, today=today, is_scoped=viewer.is_scoped),
        tiles=[
            {"unit": "", **tile}
            for tile in (
                *_tiles(measure, viewer),
                *field_tiles(measure, observatory.during(period), viewer),
            )
        ],
        years=[
            matrix_cell(one, query=query, today=today, is_scoped=viewer.is_scoped) for one in years
        ],
        columns=_columns(years),
        breakdowns=_breakdowns(measure, justification),
        cells_note=cells_note(measure.sheet.method),
        explanations=_explanations(measure),
        period_tabs=_period_tabs(planned, period, query),
        part_tabs=_part_tabs(planned, period, query) if viewer.sees_part_of_a_year else [],
        justification_url=justification + query if justification else "",
    )


# --- Tiles --------------------------------------------------------------------------------------


def _tiles(measure: Measure, viewer: Viewer) -> list[Entry]:
    unit = measure.planned.indicator.unit
    when, figures = period_words(measure.period), measure.validated
    words = unit_words(measure.sheet.method, measure.sheet.compared_figure)
    tiles: list[Entry] = [
        {
            "label": _("Chiffre validé"),
            "figure": with_unit(figures.value, unit) if figures.n else NO_FIGURE,
            "unit": words if figures.n else "",
            "period": when,
            "n": _n_words(figures),
            "note": "" if viewer.is_scoped else _("Seul comparé à la cible"),
        }
    ]
    if viewer.is_committee:
        tiles.append(
            {
                "label": _("Tout ce qui est enregistré"),
                "figure": with_unit(measure.all.value, unit) if measure.all.n else NO_FIGURE,
                "unit": words if measure.all.n else "",
                "period": when,
                "n": _n_words(measure.all),
                "note": "",
            }
        )
    return [*tiles, *_people_tiles(measure, when), *_knowledge_tiles(measure, when)]


def _n_words(figures: Figures) -> str:
    return _("n = %s") % number(figures.n)


def _people_tiles(measure: Measure, when: str) -> list[Entry]:
    figures, counted = measure.validated, measure.counted
    if counted is None or not counted.is_named:
        return []
    tiles: list[Entry] = [
        {
            "label": _("Personnes uniques"),
            "figure": number(figures.unique_persons),
            "unit": _("personnes"),
            "period": when,
            "n": _("%s participations") % number(figures.participations),
            "note": _("Recomptées pour la période"),
        }
    ]
    if measure.corps is not None and counted.shape is Shape.COUNT:
        tiles.append(
            {
                "label": _("Couverture du corps"),
                "figure": with_unit(figures.coverage, Unit.PERCENT),
                "period": when,
                "n": _("%(size)s connus en %(year)s")
                % {"size": number(measure.corps.headcount), "year": measure.corps.year},
                "note": "",
            }
        )
    return tiles


def _knowledge_tiles(measure: Measure, when: str) -> list[Entry]:
    pairing = measure.validated_pairing
    if pairing is None:
        return []
    return [
        {
            "label": _("Appariement"),
            "figure": with_unit(pairing.pairing_rate, Unit.PERCENT),
            "period": when,
            "n": _("%(pairs)s paires, %(pre)s avant, %(post)s après")
            % {
                "pairs": number(pairing.n_paired),
                "pre": number(pairing.n_pre),
                "post": number(pairing.n_post),
            },
            "note": "",
        },
        {
            "label": _("Gains fiables (20 points ou plus)"),
            "figure": with_unit(pairing.reliable_gain20_exact_share, Unit.PERCENT),
            "period": when,
            "n": _("n = %s") % number(pairing.n_paired),
            "note": "",
        },
    ]


# --- Years --------------------------------------------------------------------------------------


def _columns(years: Sequence[Measure]) -> list[Column]:
    """Columns of the drawing; empty when no year has a figure."""
    if not any(measure.all.n for measure in years):
        return []
    is_percent = years[0].planned.indicator.unit == Unit.PERCENT
    tops = [measure.all.value or 0 for measure in years]
    tops += [measure.validated.value or 0 for measure in years]
    tops += [float(measure.target or 0) for measure in years]
    scale = 100 if is_percent else max(tops)
    return [_column(measure, rank, scale) for rank, measure in enumerate(years)]


def _column(measure: Measure, rank: int, scale: float) -> Column:
    done = _height(measure.validated.value or 0, scale)
    total = max(_height(measure.all.value or 0, scale), done)
    target = _height(float(measure.target), scale) if measure.target else None
    unit, left = measure.planned.indicator.unit, rank * COLUMN_STEP + 30
    return Column(
        year=measure.period.code,
        x=left,
        middle=left + COLUMN_WIDTH // 2,
        done_y=CHART_HEIGHT - done,
        done_height=done,
        pending_y=CHART_HEIGHT - total,
        pending_height=total - done,
        target_y=None if target is None else CHART_HEIGHT - target,
        label_y=CHART_HEIGHT - total - 8,
        value=with_unit(measure.validated.value, unit) if measure.validated.n else "",
    )


def _height(value: float, scale: float) -> int:
    return min(max(round(value * CHART_HEIGHT / scale), 2 if value > 0 else 0), CHART_HEIGHT)


# --- Cells --------------------------------------------------------------------------------------


def _breakdowns(measure: Measure, justification: str) -> list[Breakdown]:
    titles = {
        Dimension.SEX: _("Par sexe"),
        Dimension.CATEGORY: _("Par catégorie de professions"),
        Dimension.REGION: _("Par région"),
    }
    return [
        Breakdown(
            title=titles[dimension],
            items=[_bar_item(measure, dimension, cell, cells, justification) for cell in cells],
            is_masked=any(cell.is_masked for cell in cells),
        )
        for dimension, cells in measure.by.items()
        if cells
    ]


def _bar_item(
    measure: Measure,
    dimension: Dimension,
    cell: MeasuredCell,
    cells: Sequence[MeasuredCell],
    justification: str,
) -> Entry:
    unit, counted = measure.planned.indicator.unit, measure.counted
    if cell.is_masked:
        return {"label": cell.label, "percent": 0, "text": _("moins de 5 ou masqué"), "url": ""}
    figures = cell.all
    text = with_unit(figures.value, unit)
    if counted is not None and counted.shape is Shape.SHARE:
        percent, text = round(figures.value or 0), f"{text} ({_n_words(figures)})"
    else:
        largest = max((one.all.value or 0 for one in cells), default=0)
        percent = round((figures.value or 0) * 100 / largest) if largest else 0
        if figures.unique_persons is not None and figures.unique_persons != figures.value:
            text = _("%(count)s (%(persons)s personnes)") % {
                "count": text,
                "persons": number(figures.unique_persons),
            }
    url = f"{justification}?{dimension.value}={cell.code or NOT_GIVEN}" if justification else ""
    return {"label": cell.label, "percent": percent, "text": text, "url": url}


# --- How it is worked out -----------------------------------------------------------------------


def _explanations(measure: Measure) -> list[Entry]:
    sheet, indicator = measure.sheet, measure.planned.indicator
    entries: list[Entry] = [
        {"term": _("Calcul"), "text": sheet.formula},
        {"term": _("Source"), "text": sheet.source},
        {"term": _("Ce qui n'est pas compté"), "text": sheet.not_counted},
    ]
    if sheet.method in COUNTS_OF_PEOPLE:
        entries.append(
            {"term": _("Chiffre comparé à la cible"), "text": sheet.get_compared_figure_display()}
        )
    if sheet.method == Method.EVENT_KNOWING_SHARE:
        entries.append({"term": _("Avant et après"), "text": crowds_note()})
    if sheet.topics:
        names = Topic.objects.filter(code__in=sheet.topics).order_by("name")
        known = {topic.code: topic.name for topic in names}
        text = ", ".join(known.get(code, code) for code in sheet.topics)
        entries.append({"term": _("Thèmes retenus"), "text": text})
    if sheet.categories:
        categories = ProfessionCategory.objects.filter(code__in=sheet.categories)
        text = ", ".join(category.name for category in categories.order_by("position"))
        entries.append({"term": _("Professions retenues"), "text": text})
    entries += [
        {"term": _("Sources de vérification du plan"), "text": indicator.verification_sources},
        {
            "term": _("Fiche de référence"),
            "text": _("version %(version)d, en vigueur depuis le %(day)s : %(reason)s")
            % {
                "version": sheet.version,
                "day": date_format(sheet.effective_on, "j F Y"),
                "reason": sheet.reason,
            },
        },
    ]
    return entries


# --- Periods ------------------------------------------------------------------------------------


def _period_tabs(planned: PlannedIndicator, period: Period, query: str) -> list[Entry]:
    periods = [*(year_period(year) for year in PLAN_YEARS), whole_plan()]
    return [
        {
            "url": figure_url(planned, one, query),
            "label": period_words(one).capitalize(),
            "is_current": one.code == period.code
            or (period.kind is not PeriodKind.PLAN and one.code == str(period.year)),
        }
        for one in periods
    ]


def _part_tabs(planned: PlannedIndicator, period: Period, query: str) -> list[Entry]:
    """The year, its half-years and its quarters; nothing for the whole plan."""
    if period.kind is PeriodKind.PLAN or not planned.indicator.is_measured_here:
        return []
    year = period.year
    parts = [
        (year_period(year), _("Année entière")),
        *((parse_period(f"{year}-S{half}"), _("Semestre %d") % half) for half in (1, 2)),
        *((parse_period(f"{year}-T{rank}"), _("Trimestre %d") % rank) for rank in range(1, 5)),
    ]
    return [
        {
            "url": figure_url(planned, one, query),
            "label": label,
            "is_current": one.code == period.code,
        }
        for one, label in parts
    ]


def needed_period(period: Period) -> Period:
    """What to read for a figure beside the plan's years: its own may lie outside the plan."""
    plan = whole_plan()
    return Period(
        code=plan.code,
        kind=plan.kind,
        starts_on=min(plan.starts_on, period.starts_on),
        ends_on=max(plan.ends_on, period.ends_on),
    )


def is_shown(measure: Measure) -> bool:
    """Is there a figure to draw at all?"""
    return measure.status not in {Status.DECLARED, Status.MASKED}
