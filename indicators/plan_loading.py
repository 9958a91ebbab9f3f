"""Load the PAN-TP 2023-2027: reference data, activities, counting rules, indicators and targets.

Source: the results framework of the plan, retyped in `indicators/plan/indicators.csv`. What the
plan prints is kept as printed, its quirks included; totals are checked and differences reported.
"""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.reference_data import ReferenceTotals, load_reference_data, read_csv
from indicators.enums import Aggregation, MeasuredBy, ResultLevel, Unit
from indicators.models import Indicator, ReferenceSheet, Target
from indicators.periods import PLAN_YEARS
from indicators.plan_reading import read_plan
from indicators.reference_sheets import SheetBook, read_reference_sheets
from indicators.wording import number
from trainers.national_plan.activities import ActivityTotals, load_plan_activities
from trainers.participation.rule_sets import create_first_rule_set

INDICATORS = Path(__file__).parent / "plan" / "indicators.csv"
PRINTED_FIELDS = [
    "axis", "objective", "level", "result", "label", "unit", "aggregation", "baseline",
    "printed_total", "verification_sources", "measured_by", "note", "position",
]  # fmt: skip
LEVELS = {"effet": ResultLevel.OUTCOME, "produit": ResultLevel.OUTPUT}


class PlanMismatch(ValueError):
    """What was loaded is not the plan that was announced; nothing is kept."""


@dataclass(frozen=True)
class PlanTotals:
    """`gaps` are sentences on printed totals that differ; `notes` the remarks, by reference."""

    reference: ReferenceTotals
    activities: ActivityTotals
    indicators: int
    measured_here: int
    declared: int
    targets: int
    blank_targets: int
    reference_sheets: int
    rule_version: int
    gaps: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]


@transaction.atomic
def load_plan() -> PlanTotals:
    """Create or correct the whole plan; a second call changes nothing.

    Reference sheets already there are left alone: a version is never rewritten. Raises
    `PlanMismatch` when the totals are not those of the plan.
    """
    reference = load_reference_data()
    activities = load_plan_activities()
    rules = create_first_rule_set()
    _load_indicators(read_csv(INDICATORS), read_reference_sheets())
    totals = _totals(reference, activities, rules.version)
    _check(totals)
    return totals


def _load_indicators(rows: list[dict[str, str]], book: SheetBook) -> None:
    indicators = Indicator.objects.bulk_create(
        [_indicator(row, position, book) for position, row in enumerate(rows, start=1)],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=PRINTED_FIELDS,
    )
    Target.objects.bulk_create(
        [
            Target(indicator=indicator, year=year, value=_decimal(row[f"target_{year}"]))
            for indicator, row in zip(indicators, rows, strict=True)
            for year in PLAN_YEARS
        ],
        update_conflicts=True,
        unique_fields=["indicator", "year"],
        update_fields=["value"],
    )
    ReferenceSheet.objects.bulk_create(
        [_first_sheet(indicator, book) for indicator in indicators], ignore_conflicts=True
    )


def _indicator(row: dict[str, str], position: int, book: SheetBook) -> Indicator:
    return Indicator(
        code=row["code"],
        axis=int(row["axis"]),
        objective=row["objective"],
        level=LEVELS[row["level"]],
        result=row["result"],
        label=row["indicator"],
        unit=Unit(row["unit"].upper()),
        aggregation=Aggregation(row["aggregation"].upper()),
        baseline=_decimal(row["baseline"]),
        printed_total=_decimal(row["target_total"]),
        verification_sources=row["verification_sources"],
        measured_by=MeasuredBy(row["measured_by"].upper()),
        note=book.sheets[row["code"]].note,
        position=position,
    )


def _first_sheet(indicator: Indicator, book: SheetBook) -> ReferenceSheet:
    sheet = book.sheets[indicator.code]
    return ReferenceSheet(
        indicator=indicator,
        version=1,
        effective_on=book.effective_on,
        method=sheet.method,
        compared_figure=sheet.compared_figure,
        topics=sheet.topics,
        categories=sheet.categories,
        criminal_justice_chain_only=sheet.chain_only,
        formula=sheet.formula,
        source=sheet.source,
        not_counted=sheet.not_counted,
        reason=book.reason,
    )


def _totals(
    reference: ReferenceTotals, activities: ActivityTotals, rule_version: int
) -> PlanTotals:
    book = read_plan()
    targets = [value for planned in book.indicators for value in planned.targets.values()]
    return PlanTotals(
        reference=reference,
        activities=activities,
        indicators=len(book.indicators),
        measured_here=sum(planned.indicator.is_measured_here for planned in book.indicators),
        declared=sum(not planned.indicator.is_measured_here for planned in book.indicators),
        targets=len(targets),
        blank_targets=targets.count(None),
        reference_sheets=sum(bool(planned.sheets) for planned in book.indicators),
        rule_version=rule_version,
        gaps=tuple(
            _("%(code)s : total imprimé %(printed)s, total calculé %(computed)s")
            % {
                "code": planned.indicator.code,
                "printed": number(planned.indicator.printed_total),
                "computed": number(planned.computed_total),
            }
            for planned in book.indicators
            if planned.printed_gap is not None
        ),
        notes=tuple(
            (planned.indicator.code, planned.indicator.note)
            for planned in book.indicators
            if planned.indicator.note
        ),
    )


def _check(totals: PlanTotals) -> None:
    expected = {
        _("indicateurs"): (totals.indicators, 39),
        _("indicateurs mesurés par la plateforme"): (totals.measured_here, 16),
        _("indicateurs déclarés"): (totals.declared, 23),
        _("fiches de référence"): (totals.reference_sheets, 39),
        _("activités"): (totals.activities.activities, 30),
        _("régions"): (totals.reference.regions, 20),
        _("cercles"): (totals.reference.cercles, 159),
    }
    wrong = [
        _("%(found)d %(things)s au lieu de %(wanted)d")
        % {"found": found, "things": things, "wanted": wanted}
        for things, (found, wanted) in expected.items()
        if found != wanted
    ]
    if wrong:
        raise PlanMismatch(_("Le plan n'est pas complet : %s.") % " ; ".join(wrong))


def _decimal(text: str) -> Decimal | None:
    return Decimal(text) if text.strip() else None
