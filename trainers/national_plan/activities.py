"""Load the thirty training and awareness activities of the plan, with their yearly budgets.

Source: the budgeted table of the PAN-TP 2023-2027, retyped in `activities.csv` beside.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from accounts.reference_data import read_csv
from trainers.models import PlanActivity, PlanActivityBudget

ACTIVITIES = Path(__file__).parent / "activities.csv"
YEARS = range(2023, 2028)
PRINTED_FIELDS = [
    "axis", "objective", "action", "label", "kind", "planned_quantity", "quantity_unit",
]  # fmt: skip


@dataclass(frozen=True)
class ActivityTotals:
    """`budget` is in FCFA, over the five years; a cell printed blank is not a zero."""

    activities: int
    budget: int
    blank_cells: int


@transaction.atomic
def load_plan_activities() -> ActivityTotals:
    """Create or correct every activity and budget; a second call changes nothing."""
    rows = read_csv(ACTIVITIES)
    activities = PlanActivity.objects.bulk_create(
        [_activity(row) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=PRINTED_FIELDS,
    )
    budgets = PlanActivityBudget.objects.bulk_create(
        [
            PlanActivityBudget(activity=activity, year=year, amount=_whole(row[f"budget_{year}"]))
            for activity, row in zip(activities, rows, strict=True)
            for year in YEARS
        ],
        update_conflicts=True,
        unique_fields=["activity", "year"],
        update_fields=["amount"],
    )
    amounts = [budget.amount for budget in budgets]
    return ActivityTotals(
        activities=PlanActivity.objects.count(),
        budget=sum(amount for amount in amounts if amount is not None),
        blank_cells=amounts.count(None),
    )


def _activity(row: dict[str, str]) -> PlanActivity:
    return PlanActivity(
        code=row["code"],
        axis=int(row["axis"]),
        objective=row["objective"],
        action=row["action"],
        label=row["activity"],
        kind=row["kind"],
        planned_quantity=_whole(row["planned_quantity"]),
        quantity_unit=row["quantity_unit"],
    )


def _whole(text: str) -> int | None:
    return int(text) if text.strip() else None
