"""The training plan: its lines, its progress, and what each figure opens down to."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import XLSX, file_answer
from accounts.signed_in import account_of
from trainers.forms.plan_items import activity_label
from trainers.models import AwarenessEvent, TrainingSession
from trainers.national_plan.access import events_for, may_manage
from trainers.national_plan.amounts import fcfa
from trainers.national_plan.board import (
    Asked,
    Row,
    asked_for_places,
    by_activity,
    by_territory,
    by_year,
)
from trainers.national_plan.item_workbook import plan_workbook
from trainers.national_plan.progress import total_of
from trainers.national_plan.work import Work, expenses_of, work_in, work_of
from trainers.sessions.access import sessions_for
from trainers.views.expense_rows import expense_rows
from trainers.views.plan_figures import (
    HELD,
    OUTSIDE,
    VALIDATED,
    WAITING,
    item_row,
    table_of,
    tiles_of,
    unplanned_of,
    work_row,
)
from trainers.views.plan_pages import Selection, plan_frame, selected

PAGE_SIZE = 30


@audience(Audience.VALIDATORS)
@require_safe
def plan_items(request: HttpRequest) -> HttpResponse:
    """The lines of the plan by activity, with what was done of each."""
    chosen, user = selected(request), account_of(request)
    page = Paginator(chosen.rows, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "frame": plan_frame(user, "plan_items", chosen),
        "form": chosen.form,
        "is_filtered": chosen.is_filtered,
        "tiles": tiles_of(chosen),
        "page": page,
        "groups": _by_heading(list(page)),
        "count": len(chosen.rows),
        "can_manage": may_manage(user),
        "export_url": chosen.link("plan_export"),
    }
    return render(request, "trainers/plan/items.html", context)


@audience(Audience.VALIDATORS)
@require_safe
def plan_progress(request: HttpRequest) -> HttpResponse:
    """Planned against done and spent against budget: by year, by activity, by territory."""
    chosen = selected(request)
    rows, asked, day = chosen.rows, _comparable(request, chosen), chosen.day
    activities = by_activity(rows, asked, day)
    with_lines = [group for group in activities if group.total.lines]
    tables = [
        table_of(_("Par année"), _("Année"), by_year(rows, asked, day), chosen, "annee"),
        table_of(_("Par activité"), _("Activité"), with_lines, chosen, "activite"),
        table_of(
            _("Par territoire"), _("Territoire"), by_territory(rows, day), chosen, "territoire"
        ),
    ]
    context = {
        "frame": plan_frame(account_of(request), "plan_progress", chosen),
        "form": chosen.form,
        "is_filtered": chosen.is_filtered,
        "tiles": tiles_of(chosen),
        "tables": [table for table in tables if table["rows"]],
        "unplanned": [unplanned_of(group) for group in activities if not group.total.lines],
        "period": chosen.period,
        "outside": _outside(request, chosen),
    }
    return render(request, "trainers/plan/progress.html", context)


@audience(Audience.VALIDATORS)
@require_safe
def plan_work(request: HttpRequest) -> HttpResponse:
    """The sessions and events behind the figures: all, held, validated, or on no line."""
    chosen = selected(request)
    what = request.GET.get("quoi", "")
    found = _outside_work(request, chosen) if what == OUTSIDE else work_of(chosen.items, chosen.day)
    kept = [work for work in found if _is_asked(work, what)]
    page = Paginator(kept, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "frame": plan_frame(account_of(request), "plan_work", chosen),
        "form": chosen.form,
        "is_filtered": chosen.is_filtered,
        "period": chosen.period,
        "choices": [
            {
                "url": chosen.link("plan_work", quoi=key or None),
                "label": label,
                "is_current": key == what,
            }
            for key, label in _what_choices()
        ],
        "page": page,
        "rows": [work_row(work) for work in page],
        "count": len(kept),
    }
    return render(request, "trainers/plan/work.html", context)


@audience(Audience.VALIDATORS)
@require_safe
def plan_expenses(request: HttpRequest) -> HttpResponse:
    """Every expense on these lines, on their sessions and on their events."""
    chosen, user = selected(request), account_of(request)
    expenses = expenses_of(chosen.items).order_by("-spent_on", "-pk")
    page = Paginator(expenses, PAGE_SIZE).get_page(request.GET.get("page"))
    done = total_of([row.line for row in chosen.rows], chosen.day)
    context = {
        "frame": plan_frame(user, "plan_expenses", chosen),
        "form": chosen.form,
        "is_filtered": chosen.is_filtered,
        "period": chosen.period,
        "total": fcfa(done.done.spent),
        "budget": fcfa(done.budget),
        "page": page,
        "rows": expense_rows(page.object_list, user),
    }
    return render(request, "trainers/plan/expenses.html", context)


@audience(Audience.VALIDATORS)
@require_safe
def plan_export(request: HttpRequest) -> HttpResponse:
    """The lines asked for as a workbook, which the import reads back."""
    chosen = selected(request)
    name = f"plan-de-formation-{chosen.asked.year or '2023-2027'}.xlsx"
    return file_answer(plan_workbook(chosen.rows), name, XLSX)


def _by_heading(rows: list[Row]) -> list[dict[str, Any]]:
    """Rows of one page under the heading of their activity."""
    groups: list[dict[str, Any]] = []
    for row in rows:
        activity = row.item.activity
        if not groups or groups[-1]["code"] != activity.code:
            groups.append(
                {
                    "code": activity.code,
                    "axis": activity.axis,
                    "label": activity_label(activity),
                    "rows": [],
                }
            )
        groups[-1]["rows"].append(item_row(row))
    return groups


def _comparable(request: HttpRequest, chosen: Selection) -> Asked:
    """The printed budgets are national: they stand beside all the lines of the country only."""
    is_whole = may_manage(request.user) and not chosen.form.data.get("etat")
    return chosen.asked if is_whole else chosen.asked.local()


def _outside_work(request: HttpRequest, chosen: Selection) -> list[Work]:
    """Sessions and events of the same years and places that hang on no line."""
    sessions: Any = sessions_for(request.user).filter(plan_item=None)
    events: Any = events_for(request.user).filter(plan_item=None)
    if chosen.asked.year is not None:
        sessions = sessions.filter(starts_on__year=chosen.asked.year)
        events = events.filter(held_on__year=chosen.asked.year)
    sessions = asked_for_places(sessions, chosen.asked)
    events = asked_for_places(events, chosen.asked)
    assert sessions.model is TrainingSession
    assert events.model is AwarenessEvent
    return work_in(sessions, events, chosen.day)


def _outside(request: HttpRequest, chosen: Selection) -> dict[str, Any]:
    count = len(_outside_work(request, chosen))
    return {"count": count, "url": chosen.link("plan_work", quoi=OUTSIDE)}


def _what_choices() -> list[tuple[str, str]]:
    return [
        ("", _("Toutes")),
        (HELD, _("Tenues")),
        (VALIDATED, _("Validées")),
        (WAITING, _("À valider")),
        (OUTSIDE, _("Hors plan")),
    ]


def _is_asked(work: Work, what: str) -> bool:
    if what == HELD:
        return work.is_held
    if what == VALIDATED:
        return work.is_validated
    if what == WAITING:
        return work.is_held and not work.is_validated
    return True
