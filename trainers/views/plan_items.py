"""One line of the plan: read it, write it, close it, hang sessions and expenses on it."""

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from accounts.signed_in import account_of
from trainers.forms.expenses import ExpenseForm
from trainers.forms.plan_items import ChangeForm, ItemForm, ReasonForm
from trainers.models import AwarenessEvent, Expense, PlanItem, TrainingSession
from trainers.national_plan.access import events_for, may_attach, may_manage
from trainers.national_plan.amounts import fcfa, grouped
from trainers.national_plan.attachments import (
    CannotAttach,
    attach_event,
    attach_session,
    events_fitting,
    sessions_fitting,
)
from trainers.national_plan.board import rows_of
from trainers.national_plan.expenses import ExpenseRefused, record_expense
from trainers.national_plan.items import (
    ItemFacts,
    ItemRefused,
    add_item,
    close_item,
    edit_item,
    is_in_use,
    remove_item,
    reopen_item,
)
from trainers.national_plan.work import work_of
from trainers.sessions.access import sessions_for
from trainers.views.expense_rows import expense_rows, total_spent
from trainers.views.plan_figures import item_row, work_row
from trainers.views.plan_pages import opened_item

HISTORY_SHOWN = 20
PREFILLED = ("activity", "year", "topic", "category", "territory", "planned_sessions", "note")


@audience(Audience.VALIDATORS)
@require_safe
def plan_item(request: HttpRequest, item_id: int) -> HttpResponse:
    """A line with its progress, its sessions and events, its expenses and its history."""
    return _page(request, opened_item(request, item_id), ExpenseForm())


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_item_new(request: HttpRequest) -> HttpResponse:
    """Write a line, empty or prefilled by the address (a need, a line to repeat)."""
    form = ItemForm(request.POST or None, initial=_prefilled(request))
    if request.method == "POST" and form.is_valid():
        try:
            item = add_item(facts=form.facts(), by=account_of(request))
        except ItemRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La ligne est inscrite au plan."))
            return redirect("trainers:plan_item", item.pk)
    return render(request, "trainers/plan/item_form.html", {"form": form, "item": None})


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_item_edit(request: HttpRequest, item_id: int) -> HttpResponse:
    """Change a line, with the reason."""
    item = opened_item(request, item_id)
    form = ChangeForm(request.POST or None, initial=_typed(item))
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            edit_item(item=item, facts=form.facts(), by=account_of(request), reason=reason)
        except ItemRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("La ligne est modifiée."))
            return redirect("trainers:plan_item", item.pk)
    return render(request, "trainers/plan/item_form.html", {"form": form, "item": item})


@audience(Audience.COMMITTEE)
@require_POST
def plan_item_close(request: HttpRequest, item_id: int) -> HttpResponse:
    """Ask nothing more of a line."""
    act = functools.partial(close_item, item=opened_item(request, item_id))
    _decided(request, act, _("La ligne est close."))
    return redirect("trainers:plan_item", item_id)


@audience(Audience.COMMITTEE)
@require_POST
def plan_item_reopen(request: HttpRequest, item_id: int) -> HttpResponse:
    """Ask again for what a closed line planned."""
    act = functools.partial(reopen_item, item=opened_item(request, item_id))
    _decided(request, act, _("La ligne est rouverte."))
    return redirect("trainers:plan_item", item_id)


@audience(Audience.COMMITTEE)
@require_POST
def plan_item_remove(request: HttpRequest, item_id: int) -> HttpResponse:
    """Take out a line on which nothing hangs."""
    item = opened_item(request, item_id)
    act = functools.partial(remove_item, item=item)
    if _decided(request, act, _("La ligne est retirée ; l'historique la garde.")):
        return redirect("trainers:plan_items")
    return redirect("trainers:plan_item", item_id)


@audience(Audience.VALIDATORS)
@require_POST
def plan_item_attach(request: HttpRequest, item_id: int) -> HttpResponse:
    """Hang on this line the session or the event chosen in its list."""
    item, user = opened_item(request, item_id), account_of(request)
    kind, _sep, code = request.POST.get("work", "").partition(":")
    try:
        if kind == "session":
            session = _one(sessions_for(user), code)
            if not may_attach(user, session):
                raise Http404
            attach_session(session=session, item=item, by=user)
        elif kind == "event":
            attach_event(event=_one(events_for(user), code), item=item)
        else:
            raise CannotAttach(_("Choisissez une session ou une action dans la liste."))
    except (CannotAttach, ItemRefused) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(code)s est rattachée à cette ligne.") % {"code": code})
    return redirect("trainers:plan_item", item.pk)


@audience(Audience.COMMITTEE)
@require_POST
def plan_item_spend(request: HttpRequest, item_id: int) -> HttpResponse:
    """Write an expense on the line itself: what no single session cost."""
    item = opened_item(request, item_id)
    form = ExpenseForm(request.POST, request.FILES)
    if spent(request, form, item):
        return redirect("trainers:plan_item", item.pk)
    return _page(request, item, form)


def spent(
    request: HttpRequest,
    form: ExpenseForm,
    on: TrainingSession | AwarenessEvent | PlanItem,
) -> bool:
    """Write the expense typed; a refusal becomes an error of the form."""
    if not form.is_valid():
        return False
    try:
        expense = record_expense(on=on, by=account_of(request), **form.facts())
    except ExpenseRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request, _("%(amount)s : la dépense est notée.") % {"amount": fcfa(expense.amount)}
    )
    return True


def _page(request: HttpRequest, item: PlanItem, form: ExpenseForm) -> HttpResponse:
    user, day = account_of(request), timezone.localdate()
    own = PlanItem.objects.filter(pk=item.pk)
    row = rows_of(own, day)[0]
    works = work_of(own, day)
    found = Expense.objects.filter(plan_item=item) | Expense.objects.filter(session__plan_item=item)
    expenses = (found | Expense.objects.filter(event__plan_item=item)).order_by("-spent_on", "-pk")
    money = expense_rows(expenses, user)
    context = {
        "item": item,
        "row": item_row(row),
        "done": row.line.done,
        "works": [work_row(work) for work in works],
        "candidates": [] if item.closed_on else _candidates(item, user),
        "period": _("Année %(year)s, au %(day)s")
        % {"year": item.year, "day": date_format(day, "j F Y")},
        "works_n": f"n = {len(works)}",
        "expenses_n": f"n = {sum(not one['voided_at'] for one in money)}",
        "expenses": money,
        "spent": total_spent(money),
        "form": form,
        "can_manage": may_manage(user),
        "can_remove": may_manage(user) and not works and not money and not is_in_use(item),
        "reason_form": ReasonForm(auto_id="%s_of_line"),
        "history": _history(item),
    }
    return render(request, "trainers/plan/item.html", context)


def _candidates(item: PlanItem, user: User) -> list[dict[str, Any]]:
    """What may be hung on the line: of its year and territory, on no line yet."""
    sessions = sessions_fitting(item).filter(pk__in=sessions_for(user).values("pk"))
    if not may_manage(user):
        sessions = sessions.exclude(state="VALIDATED")
    events = events_fitting(item).filter(pk__in=events_for(user).values("pk"))
    found = [
        *(("session", *one) for one in sessions.values_list("code", "title", "starts_on")),
        *(("event", *one) for one in events.values_list("code", "title", "held_on")),
    ]
    return [
        {"value": f"{kind}:{code}", "label": f"{code} · {title} · {day:%d/%m/%Y}"}
        for kind, code, title, day in sorted(found, key=lambda one: (one[3], one[1]))
    ]


def _history(item: PlanItem) -> list[Any]:
    lines = item.history.select_related("history_user").order_by("-history_id")
    return list(lines[:HISTORY_SHOWN])


def _prefilled(request: HttpRequest) -> dict[str, Any]:
    asked = {name: request.GET[name] for name in PREFILLED if name in request.GET}
    day = parse_date(request.GET.get("due_on", "") or "")
    return asked | ({"due_on": day} if day else {})


def _typed(item: PlanItem) -> dict[str, Any]:
    """The line as its form shows it."""
    facts = {name: getattr(item, name) for name in ItemFacts.__dataclass_fields__}
    return facts | {
        "activity": item.activity.code,
        "topic": item.topic.code if item.topic else "",
        "category": item.category.code if item.category else "",
        "territory": item.territory.code,
        "budget": "" if item.budget is None else grouped(item.budget),
    }


def _decided(request: HttpRequest, act: Callable[..., object], said: str) -> bool:
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        act(by=account_of(request), reason=reason)
    except ItemRefused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, said)
    return True


def _one(found: Any, code: str) -> Any:
    one = found.filter(code=code).first()
    if one is None:
        raise Http404
    return one
