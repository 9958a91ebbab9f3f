"""Checks by telephone: draw whom to call, print the list, note once what was said."""

import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import CSV, file_answer, shown_answer
from accounts.signed_in import account_of
from trainers.enums import PhoneCheckResult
from trainers.forms.oversight import CallForm, DrawForm, PeriodDrawForm
from trainers.models import PhoneCheck, TrainingSession
from trainers.oversight.call_sheet import call_sheet_csv, call_sheet_pdf
from trainers.oversight.call_sheet_rows import call_row
from trainers.oversight.phone_checks import (
    PhoneCheckRefused,
    callable_ids,
    checks_of,
    draw_for_period,
    draw_phone_checks,
    may_check,
    record_call,
    tally,
)
from trainers.sessions.access import sessions_for
from trainers.sessions.lock import CLOSED_STATES
from trainers.sessions.tabs import days_of, session_frame
from trainers.views.opened import opened_session

PAGE_SIZE = 20
PERIOD_DAYS = 90
_RESULT_BADGES: dict[str, str] = {
    PhoneCheckResult.CONFIRMED: "success",
    PhoneCheckResult.DENIED: "error",
    PhoneCheckResult.WRONG_NUMBER: "warning",
}


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def session_checks(request: HttpRequest, code: str) -> HttpResponse:
    """The calls of one session: draw them, then note the answers one by one."""
    session = opened_session(request, code)
    user = account_of(request)
    form = DrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            drawn = draw_phone_checks(session=session, by=user, percent=form.cleaned_data["share"])
        except PhoneCheckRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _to_call(len(drawn)))
        return redirect("trainers:session_checks", session.code)
    checks = checks_of([session.pk])
    may_call = may_check(session, user)
    context = {
        "frame": session_frame(session, user, "validation"),
        "session": session,
        "rows": [_row(check, may_call=may_call) for check in checks],
        "tally": tally(checks),
        "seed": str(checks[0].seed) if checks else "",
        "drawn_by": checks[0].drawn_by if checks else None,
        "drawn_at": checks[0].drawn_at if checks else None,
        "form": form,
        "may_check": may_call,
        "callable": 0 if checks else len(callable_ids(session)),
        "is_over": session.ends_on < timezone.localdate(),
        "is_closed": session.state in CLOSED_STATES,
    }
    return render(request, "trainers/oversight/session_checks.html", context)


@audience(Audience.VALIDATORS)
@require_POST
def record_check(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Note what the person said."""
    session = opened_session(request, code)
    check = get_object_or_404(PhoneCheck, pk=pk, participation__session=session)
    form = CallForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez ce que la personne a répondu."))
        return redirect("trainers:session_checks", session.code)
    try:
        record_call(check=check, by=account_of(request), **form.cleaned_data)
    except PhoneCheckRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("La réponse est notée."))
    return redirect("trainers:session_checks", session.code)


@audience(Audience.VALIDATORS)
@require_safe
def call_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The list to call on paper: numbers leave the screen only for whoever may call."""
    session = _callable_session(request, code)
    return shown_answer(
        call_sheet_pdf(session, checks_of([session.pk])), f"appels-{session.code}.pdf"
    )


@audience(Audience.VALIDATORS)
@require_safe
def call_sheet_text(request: HttpRequest, code: str) -> HttpResponse:
    """The same list for a spreadsheet."""
    session = _callable_session(request, code)
    return file_answer(call_sheet_csv(checks_of([session.pk])), f"appels-{session.code}.csv", CSV)


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def period_checks(request: HttpRequest) -> HttpResponse:
    """Across a period: draw in each session that has no draw yet, and see what the calls gave."""
    today = timezone.localdate()
    initial = {"start": today - datetime.timedelta(days=PERIOD_DAYS), "end": today}
    form = PeriodDrawForm(request.POST or None, initial={**initial, "share": 10})
    user = account_of(request)
    sessions = sessions_for(user).select_related("territory")
    if request.method == "POST" and form.is_valid():
        asked = form.cleaned_data
        held = TrainingSession.objects.held_between(asked["start"], asked["end"]).filter(
            pk__in=sessions.values("pk"), ends_on__lt=today
        )
        drawn = draw_for_period(sessions=held.order_by("pk"), by=user, percent=asked["share"])
        if drawn:
            messages.success(request, _to_call(drawn))
        else:
            messages.info(request, _("Toutes les sessions de cette période sont déjà tirées."))
        return redirect("trainers:period_checks")
    drawn_sessions = sessions.filter(participations__phone_check__isnull=False).distinct()
    page = Paginator(drawn_sessions.order_by("-ends_on", "-pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    checks = PhoneCheck.objects.filter(participation__session__in=sessions.values("pk"))
    context = {
        "form": form,
        "page": page,
        "rows": _session_rows(list(page)),
        "tally": tally(checks.only("result")),
        "trail": [
            {"url": reverse("trainers:session_list"), "label": _("Sessions")},
            {"url": "", "label": _("Appels de vérification")},
        ],
    }
    return render(request, "trainers/oversight/period_checks.html", context)


def _session_rows(sessions: list[TrainingSession]) -> list[dict[str, Any]]:
    checks = checks_of([session.pk for session in sessions])
    return [
        {
            "code": session.code,
            "title": session.title,
            "days": days_of(session),
            "place": session.territory.name,
            "tally": tally(one for one in checks if one.participation.session_id == session.pk),
        }
        for session in sessions
    ]


def _row(check: PhoneCheck, *, may_call: bool) -> dict[str, Any]:
    return {
        **call_row(check),
        "check": check,
        "phone": call_row(check)["phone"] if may_call else "",
        "kind": _RESULT_BADGES.get(check.result, "neutral"),
        "form": CallForm(prefix=None, auto_id=f"id_{check.pk}_%s"),
        "can_call": may_call and not check.result,
    }


def _callable_session(request: HttpRequest, code: str) -> TrainingSession:
    session = opened_session(request, code)
    if not may_check(session, account_of(request)):
        raise PermissionDenied
    return session


def _to_call(count: int) -> str:
    return ngettext("%(count)d personne à appeler.", "%(count)d personnes à appeler.", count) % {
        "count": count
    }
