"""Say « I am here » with the code on the screen; show that code; confirm what was said."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from trainers.forms.registration import PresenceForm
from trainers.models import DeclaredPresence, SessionSlot, TrainingSession
from trainers.registration.declared import (
    DeclarationRefused,
    TooManyTries,
    confirm_declared,
    declare_presence,
    set_aside,
    shown_code,
)
from trainers.registration.posters import presence_address, qr_of
from trainers.sessions.access import may_record
from trainers.sessions.lock import SessionClosed
from trainers.sessions.tabs import session_frame
from trainers.sessions.validation import is_in_charge, took_part
from trainers.views.opened import ids_of, opened_session, writable_session

MIDDAY = 13  # before this hour, today's first half-day is the current one
MIN_REFRESH, MAX_REFRESH = 5, 30  # seconds


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def presence(request: HttpRequest, code: str) -> HttpResponse:
    """The page behind the QR code of the room. It is the same whether such a session exists."""
    person = request.user.person if isinstance(request.user, User) else None
    form = PresenceForm(
        request.POST or None, has_account=person is not None, initial={"uuid": uuid.uuid4()}
    )
    status = 200
    if request.method == "POST" and form.is_valid():
        session = TrainingSession.objects.filter(code__iexact=code).first()  # typed by hand
        try:
            declare_presence(session=session, key=code.upper(), person=person, **form.cleaned_data)
        except DeclarationRefused as refusal:
            form.add_error(None, str(refusal))
            status = 429 if isinstance(refusal, TooManyTries) else 200
        else:
            return redirect("trainers:presence_noted", code)
    context = {"form": form, "person": person}
    return _unlisted(render(request, "trainers/presence.html", context, status=status))


@audience(Audience.PUBLIC)
@require_safe
def presence_noted(request: HttpRequest, code: str) -> HttpResponse:
    """It is noted; it is no mark yet."""
    return _unlisted(render(request, "trainers/presence_noted.html", {"code": code}))


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_code(request: HttpRequest, code: str) -> HttpResponse:
    """What is projected: the code of the current half-day, which the page renews by itself."""
    session = writable_session(request, code)
    slot = _current(session, request.GET.get("seance", ""))
    address = presence_address(session)
    shown = shown_code(slot) if slot else None
    context = {
        "session": session,
        "slot": slot,
        "today": _today(session),
        "digits": f"{shown.digits[:3]} {shown.digits[3:]}" if shown else "",
        "refresh": max(MIN_REFRESH, min(MAX_REFRESH, shown.seconds)) if shown else 0,
        "address": address.split("://")[-1],
        "qr": qr_of(address),
        "declared": DeclaredPresence.objects.filter(slot=slot).count() if slot else 0,
        "enrolled": session.participations.count(),
    }
    return render(request, "trainers/session_code.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_declared(request: HttpRequest, code: str) -> HttpResponse:
    """Who says to be there: confirm them all, some of them, or set some aside."""
    session = opened_session(request, code)
    if request.method == "POST":
        return _decide(request, writable_session(request, code))
    assert isinstance(request.user, User)
    found = (
        DeclaredPresence.objects.filter(slot__session=session)
        .select_related("participation__person", "slot", "mark")
        .order_by("slot__position", "participation__person__name_key", "pk")
    )
    declared = list(found)
    context = {
        "frame": session_frame(session, request.user, "roster"),
        "session": session,
        "waiting": [one for one in declared if one.mark is None and one.refused_at is None],
        "confirmed": sum(one.mark is not None for one in declared),
        "aside": sum(one.refused_at is not None for one in declared),
        "can_record": (can_record := may_record(request.user, session)),
        "warn_validator": can_record
        and is_in_charge(session, request.user)
        and not took_part(session, request.user),
    }
    return render(request, "trainers/session_declared.html", context)


def _decide(request: HttpRequest, session: TrainingSession) -> HttpResponse:
    assert isinstance(request.user, User)
    action = request.POST.get("action", "")
    name = "shown" if action == "all" else "one"
    ids = ids_of(request.POST.getlist(name))
    try:
        if action == "aside":
            _say_aside(request, set_aside(session=session, ids=ids))
        else:
            done = confirm_declared(session=session, ids=ids, by=request.user)
            _say_confirmed(request, done.confirmed, done.contradicted)
    except SessionClosed as refusal:
        messages.error(request, str(refusal))
    return redirect("trainers:session_declared", session.code)


def _say_aside(request: HttpRequest, count: int) -> None:
    said = ngettext("%(count)d déclaration écartée.", "%(count)d déclarations écartées.", count)
    messages.success(request, said % {"count": count})


def _say_confirmed(request: HttpRequest, confirmed: int, contradicted: int) -> None:
    said = ngettext("%(count)d présence confirmée.", "%(count)d présences confirmées.", confirmed)
    messages.success(request, said % {"count": confirmed})
    if contradicted:
        said = ngettext(
            "%(count)d personne est déjà notée absente : corrigez l'appel, ou écartez-la.",
            "%(count)d personnes sont déjà notées absentes : corrigez l'appel, ou écartez-les.",
            contradicted,
        )
        messages.warning(request, said % {"count": contradicted})


def _today(session: TrainingSession) -> list[SessionSlot]:
    return list(session.slots.filter(held_on=timezone.localdate()).order_by("position"))


def _current(session: TrainingSession, asked: str) -> SessionSlot | None:
    """Today's half-day asked for, else the one of this hour; None on another day."""
    today = _today(session)
    chosen = [slot for slot in today if str(slot.position) == asked]
    if chosen or not today:
        return next(iter(chosen), None)
    return today[0] if timezone.localtime().hour < MIDDAY else today[-1]


def _unlisted(response: HttpResponse) -> HttpResponse:
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
