"""From a session or an awareness event: its line of the plan, and what it cost."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from trainers.forms.expenses import ExpenseForm
from trainers.forms.plan_items import AttachForm, ReasonForm, item_words
from trainers.models import AwarenessEvent, Expense, PlanItem, TrainingSession
from trainers.national_plan.access import (
    events_for,
    expenses_for,
    items_for,
    may_attach,
    may_spend,
    may_void,
)
from trainers.national_plan.attachments import (
    CannotAttach,
    attach_event,
    attach_session,
    detach_event,
    detach_session,
    items_fitting,
)
from trainers.national_plan.expenses import ExpenseRefused, void_expense
from trainers.national_plan.items import ItemRefused
from trainers.sessions.tabs import session_frame, state_kind
from trainers.views.expense_rows import address_of, expense_rows, total_spent
from trainers.views.kept_files import kept_file_answer
from trainers.views.opened import opened_session
from trainers.views.plan_items import spent


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_plan(request: HttpRequest, code: str) -> HttpResponse:
    """The line of the plan that a session carries out, and its expenses."""
    session, user = opened_session(request, code), account_of(request)
    form = AttachForm(request.POST or None, items=_other_items(session))
    if request.method == "POST":
        if not may_attach(user, session):
            raise PermissionDenied
        if form.is_valid():
            try:
                attach_session(session=session, item=form.cleaned_data["item"], by=user)
            except (CannotAttach, ItemRefused) as refusal:
                form.add_error("item", str(refusal))
            else:
                messages.success(request, _("La session est rattachée à la ligne du plan."))
                return redirect("trainers:session_plan", session.code)
    return _session_page(request, code, form, ExpenseForm())


@audience(Audience.TRAINING_STAFF)
@require_POST
def session_plan_leave(request: HttpRequest, code: str) -> HttpResponse:
    """Take a session off its line."""
    session, user = opened_session(request, code), account_of(request)
    if not may_attach(user, session):
        raise PermissionDenied
    detach_session(session=session, by=user)
    messages.success(request, _("La session n'est plus rattachée au plan de formation."))
    return redirect("trainers:session_plan", session.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def session_spend(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what a session cost."""
    session = opened_session(request, code)
    if not may_spend(request.user, session):
        raise PermissionDenied
    form = ExpenseForm(request.POST, request.FILES)
    if spent(request, form, session):
        return redirect("trainers:session_plan", session.code)
    return _session_page(request, code, AttachForm(items=_other_items(session)), form)


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def event_plan(request: HttpRequest, event_code: str) -> HttpResponse:
    """The line of the plan that an awareness event carries out, and its expenses."""
    event = _opened_event(request, event_code)
    form = AttachForm(request.POST or None, items=_other_items(event))
    if request.method == "POST" and form.is_valid():
        try:
            attach_event(event=event, item=form.cleaned_data["item"])
        except (CannotAttach, ItemRefused) as refusal:
            form.add_error("item", str(refusal))
        else:
            messages.success(request, _("L'action est rattachée à la ligne du plan."))
            return redirect("trainers:event_plan", event.code)
    return _event_page(request, event, form, ExpenseForm())


@audience(Audience.VALIDATORS)
@require_POST
def event_plan_leave(request: HttpRequest, event_code: str) -> HttpResponse:
    """Take an event off its line."""
    event = _opened_event(request, event_code)
    detach_event(event=event)
    messages.success(request, _("L'action n'est plus rattachée au plan de formation."))
    return redirect("trainers:event_plan", event.code)


@audience(Audience.VALIDATORS)
@require_POST
def event_spend(request: HttpRequest, event_code: str) -> HttpResponse:
    """Write down what an event cost."""
    event = _opened_event(request, event_code)
    form = ExpenseForm(request.POST, request.FILES)
    if spent(request, form, event):
        return redirect("trainers:event_plan", event.code)
    return _event_page(request, event, AttachForm(items=_other_items(event)), form)


@audience(Audience.TRAINING_STAFF)
@require_POST
def expense_void(request: HttpRequest, expense_id: int) -> HttpResponse:
    """Take an expense out of the totals, with the reason; it stays in the list."""
    expense, user = _opened_expense(request, expense_id), account_of(request)
    if expense.voided_at is None and not may_void(user, expense):
        raise PermissionDenied
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""
    try:
        void_expense(expense=expense, by=user, reason=reason)
    except ExpenseRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La dépense est annulée ; elle reste dans la liste."))
    return redirect(address_of(expense))


@audience(Audience.TRAINING_STAFF)
@require_safe
def expense_proof(request: HttpRequest, expense_id: int) -> HttpResponseBase:
    """Send the file that shows an expense, and log who asked for it."""
    expense = _opened_expense(request, expense_id)
    proof = get_object_or_404(Expense, pk=expense.pk, proof__isnull=False).proof
    assert proof is not None
    return kept_file_answer(proof, account_of(request))


def _other_items(work: TrainingSession | AwarenessEvent) -> QuerySet[PlanItem]:
    """Lines on which it may hang, but the one on which it hangs."""
    day = work.starts_on if isinstance(work, TrainingSession) else work.held_on
    fitting = items_fitting(work.territory, day)
    return fitting if work.plan_item_id is None else fitting.exclude(pk=work.plan_item_id)


def _opened_event(request: HttpRequest, code: str) -> AwarenessEvent:
    events = events_for(request.user).select_related("territory")
    return get_object_or_404(events, code=code)


def _opened_expense(request: HttpRequest, expense_id: int) -> Expense:
    found = expenses_for(request.user).select_related("session", "event", "plan_item")
    return get_object_or_404(found, pk=expense_id)


def _session_page(
    request: HttpRequest, code: str, form: AttachForm, expense_form: ExpenseForm
) -> HttpResponse:
    session, user = opened_session(request, code), account_of(request)
    rows = expense_rows(Expense.objects.filter(session=session).order_by("-spent_on", "-pk"), user)
    context = {
        "frame": session_frame(session, user, "plan"),
        "session": session,
        "can_attach": may_attach(user, session),
        "can_spend": may_spend(user, session),
        "leave_url": reverse("trainers:session_plan_leave", args=[code]),
        "spend_url": reverse("trainers:session_spend", args=[code]),
        **_shared(request, session.plan_item_id, form, expense_form, rows),
    }
    return render(request, "trainers/plan/session.html", context)


def _event_page(
    request: HttpRequest, event: AwarenessEvent, form: AttachForm, expense_form: ExpenseForm
) -> HttpResponse:
    user = account_of(request)
    rows = expense_rows(Expense.objects.filter(event=event).order_by("-spent_on", "-pk"), user)
    context = {
        "event": event,
        "state_kind": state_kind(event.state),
        "can_attach": True,
        "can_spend": True,
        "leave_url": reverse("trainers:event_plan_leave", args=[event.code]),
        "spend_url": reverse("trainers:event_spend", args=[event.code]),
        **_shared(request, event.plan_item_id, form, expense_form, rows),
    }
    return render(request, "trainers/plan/event.html", context)


def _shared(
    request: HttpRequest,
    item_id: int | None,
    form: AttachForm,
    expense_form: ExpenseForm,
    rows: list[dict[str, Any]],
) -> dict[str, Any]:
    """The line in words, with its address where the account may open it; the expenses."""
    items = PlanItem.objects.select_related("activity", "topic", "category", "territory")
    item = items.filter(pk=item_id).first() if item_id else None
    is_open = item is not None and items_for(request.user).filter(pk=item.pk).exists()
    return {
        "line": item_words(item) if item else "",
        "line_url": reverse("trainers:plan_item", args=[item.pk]) if item and is_open else "",
        "form": form,
        "has_items": form.fields["item"].queryset.exists(),  # type: ignore[attr-defined]
        "expense_form": expense_form,
        "expenses": rows,
        "spent": total_spent(rows),
    }
