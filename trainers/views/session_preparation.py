"""Prepare a session: its facts, its half-days, its papers, its state, and a copy of it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from accounts.signed_in import account_of
from trainers.enums import EvidenceKind, SessionMode
from trainers.forms.half_days import half_day_lines
from trainers.forms.sessions import CopyForm, ReasonForm, SessionFactsForm
from trainers.models import Evidence, TrainingSession
from trainers.participation.rule_sets import NoRuleSet
from trainers.sessions.access import may_record
from trainers.sessions.codes import propose_code
from trainers.sessions.history import history_of
from trainers.sessions.plan_lines import plan_item_in_words
from trainers.sessions.planning import SessionRefused, cancel_session
from trainers.sessions.preparing import (
    change_half_days,
    confirm_session,
    copy_session,
    has_presence,
    reopen_session,
    update_session,
)
from trainers.sessions.states import moves_from
from trainers.sessions.tabs import session_frame
from trainers.views.opened import opened_session, writable_session

PREPARATION = "trainers:session_preparation"


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_preparation(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that is settled before the first mark, and what may be done about it."""
    session = opened_session(request, code)
    user = account_of(request)
    can_record = may_record(user, session)
    context = {
        "frame": session_frame(session, user, "preparation"),
        "session": session,
        "facts": _facts(session),
        "slots": list(session.slots.order_by("position")),
        "is_online": session.mode == SessionMode.ONLINE,
        "papers": _papers(session),
        "can_record": can_record,
        "moves": moves_from(session.state) if can_record else [],
        "reason_form": ReasonForm(auto_id="id_%s"),
        "cancel_form": ReasonForm(auto_id="id_cancel_%s"),
        "history": history_of(session),
    }
    return render(request, "trainers/session_preparation.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct the place, the seats, the means of a session."""
    session = writable_session(request, code)
    user = account_of(request)
    initial = {
        "territory": session.territory.code,
        "venue": session.venue,
        "seats": session.seats,
        "title": session.title,
        "organizer": session.organizer.name if session.organizer else "",
        "funder": session.funder,
        "plan_item": session.plan_item_id,
    }
    form = SessionFactsForm(request.POST or None, user=user, session=session, initial=initial)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        refusal = _refusal(lambda: update_session(session=session, by=user, **facts))
        if not refusal:
            messages.success(request, _("La session est corrigée."))
            return redirect(PREPARATION, session.code)
        form.add_error(None, refusal)
    context = {"frame": session_frame(session, user, "edit"), "session": session, "form": form}
    return render(request, "trainers/session_edit.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_half_days(request: HttpRequest, code: str) -> HttpResponse:
    """The half-days of a session, on any days; they are fixed from the first mark on."""
    session = writable_session(request, code)
    user = account_of(request)
    lines = half_day_lines(session, request.POST or None)
    refusal = ""
    if request.method == "POST" and lines.is_valid():
        half_days = lines.half_days()
        refusal = _refusal(lambda: change_half_days(session=session, half_days=half_days, by=user))
        if not refusal:
            messages.success(request, _("Les demi-journées sont enregistrées."))
            return redirect(PREPARATION, session.code)
    context = {
        "frame": session_frame(session, user, "edit"),
        "session": session,
        "lines": lines,
        "refusal": refusal,
        "is_fixed": has_presence(session),
    }
    return render(request, "trainers/session_half_days.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_copy(request: HttpRequest, code: str) -> HttpResponse:
    """Open the same session on other days: three questions, and no name is copied."""
    session = opened_session(request, code)
    user = account_of(request)
    initial = {"territory": session.territory.code, "venue": session.venue}
    form = CopyForm(request.POST or None, user=user, initial=initial)
    if request.method == "POST" and form.is_valid():
        copied = _copied(request, session, form, user)
        if copied is not None:
            return redirect(PREPARATION, copied.code)
    context = {"frame": session_frame(session, user, "edit"), "session": session, "form": form}
    return render(request, "trainers/session_copy.html", context)


@audience(Audience.TRAINING_STAFF)
@require_POST
def session_confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Say that the session will be held."""
    session, user = writable_session(request, code), account_of(request)
    done = _("La session est confirmée.")
    return _moved(request, session, lambda: confirm_session(session=session, by=user), done)


@audience(Audience.TRAINING_STAFF)
@require_POST
def session_reopen(request: HttpRequest, code: str) -> HttpResponse:
    """Take a confirmation back, with a reason."""
    session, user = writable_session(request, code), account_of(request)
    reason = request.POST.get("reason", "")
    done = _("La session est de nouveau prévue, et à confirmer.")
    return _moved(
        request, session, lambda: reopen_session(session=session, by=user, reason=reason), done
    )


@audience(Audience.TRAINING_STAFF)
@require_POST
def session_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Cancel the session, with a reason; nothing is erased."""
    session, user = writable_session(request, code), account_of(request)
    reason = request.POST.get("reason", "")
    done = _("La session est annulée. Elle reste dans la liste, avec son motif.")
    return _moved(
        request, session, lambda: cancel_session(session=session, by=user, reason=reason), done
    )


def _moved(
    request: HttpRequest, session: TrainingSession, act: Callable[[], object], done: str
) -> HttpResponse:
    refusal = _refusal(act)
    if refusal:
        messages.error(request, refusal)
    else:
        messages.success(request, done)
    return redirect(PREPARATION, session.code)


def _copied(
    request: HttpRequest, session: TrainingSession, form: CopyForm, user: User
) -> TrainingSession | None:
    facts = form.cleaned_data
    code = facts["code"] or propose_code(facts["territory"], facts["starts_on"])
    try:
        copied = copy_session(
            session=session,
            code=code,
            starts_on=facts["starts_on"],
            territory=facts["territory"],
            venue=facts["venue"],
            by=user,
        )
    except NoRuleSet as refusal:
        form.add_error("starts_on", str(refusal))
        return None
    except SessionRefused as refusal:
        form.add_error("code" if facts["code"] else None, str(refusal))
        return None
    messages.success(
        request,
        _("La session %(code)s est ouverte sur le même modèle. Sa liste est vide.")
        % {"code": copied.session.code},
    )
    for name in copied.demoted:
        messages.warning(
            request,
            _("%(name)s n'est pas habilité à ces dates : il est noté formateur, non principal.")
            % {"name": name},
        )
    return copied.session


def _refusal(act: Callable[[], object]) -> str:
    """Do it; the answer is the sentence of a refusal, or nothing."""
    try:
        act()
    except (SessionRefused, NoRuleSet) as refusal:
        return str(refusal)
    return ""


def _facts(session: TrainingSession) -> list[dict[str, str]]:
    item, activity = session.plan_item, session.plan_activity
    facts = [
        (_("Lieu"), ", ".join(filter(None, [session.venue, session.territory.name]))),
        (_("Places"), str(session.seats or "")),
        (_("Organisateur"), str(session.organizer or "")),
        (_("Financement"), session.funder),
        (_("Ligne du plan de formation"), plan_item_in_words(item) if item else ""),
        (_("Activité du plan"), str(activity or "")),
    ]
    unknown = _("Non renseigné")
    return [{"term": term, "text": text or unknown} for term, text in facts]


def _papers(session: TrainingSession) -> list[dict[str, Any]]:
    """The two papers, each with its version in force if there is one."""
    found = Evidence.objects.filter(session=session, replaced_by=None).order_by("pk")
    latest = {one.kind: one for one in found}
    return [
        {"label": EvidenceKind(kind).label, "name": name, "file": latest.get(kind)}
        for kind, name in (
            (EvidenceKind.TERMS_OF_REFERENCE, "terms_paper"),
            (EvidenceKind.AGENDA, "agenda_paper"),
        )
    ]
