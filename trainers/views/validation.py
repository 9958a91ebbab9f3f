"""Hand a session in, look at what is missing and what is odd, then validate it or send it back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from trainers.enums import SessionState
from trainers.forms.sessions import HandInForm, ReturnForm
from trainers.models import TrainingSession
from trainers.oversight.phone_checks import checks_of, tally
from trainers.sessions.access import may_record
from trainers.sessions.checks import has_tests
from trainers.sessions.history import return_reason
from trainers.sessions.lock import CLOSED_STATES
from trainers.sessions.planning import (
    CannotValidate,
    SessionRefused,
    explain_missing,
    red_flags,
    return_session,
    submit_session,
    validate_session,
)
from trainers.sessions.tabs import session_frame
from trainers.sessions.validation import evidence_checks, is_in_charge, took_part
from trainers.views.opened import opened_session, writable_session


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_validation(request: HttpRequest, code: str) -> HttpResponse:
    """What the session still lacks, what deserves a look, and the next step of its life."""
    session = opened_session(request, code)
    assert isinstance(request.user, User)
    user = request.user
    checks = evidence_checks(session, has_tests=has_tests(session))
    in_charge, is_party = is_in_charge(session, user), took_part(session, user)
    waits = session.state == SessionState.TO_VALIDATE
    context = {
        "frame": session_frame(session, user, "validation"),
        "session": session,
        "checks": checks,
        "missing": [check for check in checks if not check.is_there],
        "flags": red_flags(session),
        "check_tally": tally(checks_of([session.pk])),
        "is_in_charge": in_charge,
        "can_hand_in": may_record(user, session) and not waits,
        "can_validate": in_charge and not is_party and waits,
        "is_party": in_charge and is_party and waits,
        "can_explain": may_record(user, session) and (is_party or not in_charge),
        "hand_in_form": HandInForm(initial=_explained(session)),
        "return_form": ReturnForm(),
        "is_closed": session.state in CLOSED_STATES,
        "returned": return_reason(session),
    }
    return render(request, "trainers/session_validation.html", context)


@audience(Audience.TRAINING_STAFF)
@require_POST
def explain_session(request: HttpRequest, code: str) -> HttpResponse:
    """Note why there are no tests, or who confirmed the roll call."""
    session = writable_session(request, code)
    form = HandInForm(request.POST)
    if form.is_valid():
        _try(request, lambda: explain_missing(session=session, **form.cleaned_data))
    return redirect("trainers:session_validation", session.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def hand_in_session(request: HttpRequest, code: str) -> HttpResponse:
    """Hand the session in for validation."""
    session = writable_session(request, code)
    user = request.user if isinstance(request.user, User) else None
    if _try(request, lambda: submit_session(session=session, by=user)):
        messages.success(request, _("La session attend maintenant sa validation."))
    return redirect("trainers:session_validation", session.code)


@audience(Audience.VALIDATORS)
@require_POST
def validate(request: HttpRequest, code: str) -> HttpResponse:
    """Make the session count; every reason of a refusal is told."""
    session, user = _judged(request, code)
    try:
        validate_session(session=session, by=user, has_tests=has_tests(session))
    except CannotValidate as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    else:
        messages.success(request, _("La session est validée : elle compte dans le plan."))
    return redirect("trainers:session_validation", session.code)


@audience(Audience.VALIDATORS)
@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Send the session back to its trainer, with the reason."""
    session, user = _judged(request, code)
    reason = request.POST.get("reason", "")
    if _try(request, lambda: return_session(session=session, by=user, reason=reason)):
        messages.success(request, _("La session est renvoyée à son formateur."))
    return redirect("trainers:session_validation", session.code)


def _judged(request: HttpRequest, code: str) -> tuple[TrainingSession, User]:
    session = opened_session(request, code)
    if not isinstance(request.user, User) or not is_in_charge(session, request.user):
        raise PermissionDenied
    return session, request.user


def _try(request: HttpRequest, act: Callable[[], object]) -> bool:
    try:
        act()
    except SessionRefused as refusal:
        messages.error(request, str(refusal))
        return False
    return True


def _explained(session: TrainingSession) -> dict[str, Any]:
    return {
        "no_test_reason": session.no_test_reason,
        "roll_call_confirmed_by": session.roll_call_confirmed_by,
    }
