"""Expenses as the screens list them, wherever they hang."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.models import Expense
from trainers.national_plan.access import may_void
from trainers.national_plan.amounts import fcfa


def expense_rows(
    expenses: QuerySet[Expense] | Iterable[Expense], user: User
) -> list[dict[str, Any]]:
    """Return the rows of `trainers/plan/expense_table.html`; one query for a queryset."""
    if isinstance(expenses, QuerySet):
        expenses = expenses.select_related(
            "session", "event", "plan_item__activity", "recorded_by", "voided_by", "proof"
        )
    return [_row(expense, user) for expense in expenses]


def total_spent(rows: list[dict[str, Any]]) -> str:
    """The sum of what is not void, as shown."""
    return fcfa(sum(row["number"] for row in rows if not row["voided_at"]))


def address_of(expense: Expense) -> str:
    """The screen of what the expense was for."""
    if expense.session is not None:
        return reverse("trainers:session_plan", args=[expense.session.code])
    if expense.event is not None:
        return reverse("trainers:event_plan", args=[expense.event.code])
    return reverse("trainers:plan_item", args=[expense.plan_item_id])


def _row(expense: Expense, user: User) -> dict[str, Any]:
    return {
        "day": expense.spent_on,
        "label": expense.label,
        "number": expense.amount,
        "amount": fcfa(expense.amount),
        "owner": _owner(expense),
        "owner_url": address_of(expense),
        "recorded_by": expense.recorded_by,
        "proof_url": reverse("trainers:expense_proof", args=[expense.pk])
        if expense.proof_id
        else "",
        "voided_at": expense.voided_at,
        "void_reason": expense.void_reason,
        "void_url": reverse("trainers:expense_void", args=[expense.pk])
        if may_void(user, expense)
        else "",
    }


def _owner(expense: Expense) -> str:
    for one in (expense.session, expense.event):
        if one is not None:
            return one.code
    assert expense.plan_item is not None
    return _("Ligne %(code)s") % {"code": expense.plan_item.activity.code}
