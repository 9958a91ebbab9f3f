"""Find a trainer: for a session, or for days and a place. Whoever is left out is told why."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from trainers.enums import SessionRole
from trainers.forms.staffing import FreeNeedForm, SessionNeedForm
from trainers.sessions.access import may_record
from trainers.sessions.lock import CLOSED_STATES, FINISHED_STATES
from trainers.sessions.tabs import session_frame
from trainers.staffing.finding import Found, find_trainers, need_of
from trainers.views.opened import opened_session


@audience(Audience.TRAINING_STAFF)
@require_safe
def find_trainer(request: HttpRequest) -> HttpResponse:
    """Who could train in this curriculum, on these days, there?"""
    is_asked = "curriculum" in request.GET
    form = FreeNeedForm(request.GET if is_asked else None)
    found = None
    if form.is_valid():
        asked = form.cleaned_data
        need = need_of(
            starts_on=asked["debut"],
            ends_on=asked["fin"],
            role=asked["role"],
            territory=asked["territoire"],
            language=asked["langue"],
            speciality=asked["specialite"],
        )
        found = find_trainers(need, curriculum=asked["curriculum"])
    context = {
        "form": form,
        "trail": [
            {"url": reverse("trainers:directory"), "label": _("Répertoire des formateurs")},
            {"url": "", "label": _("Trouver un formateur")},
        ],
        **_shown(found),
    }
    return render(request, "trainers/find_trainer.html", context)


@audience(Audience.TRAINING_STAFF)
@require_safe
def find_for_session(request: HttpRequest, code: str) -> HttpResponse:
    """Who could train in this session? Its curriculum, days and place are known already."""
    session = opened_session(request, code)
    assert isinstance(request.user, User)
    asked = {"role": SessionRole.TRAINER, **request.GET.dict()}
    form = SessionNeedForm(asked)
    found = None
    if form.is_valid():
        need = need_of(
            starts_on=session.starts_on,
            ends_on=session.ends_on,
            role=form.cleaned_data["role"],
            territory=session.territory,
            session_type=session.type,
            language=form.cleaned_data["langue"],
            speciality=form.cleaned_data["specialite"],
        )
        found = find_trainers(need, curriculum=session.curriculum, session=session)
    is_open = session.state not in CLOSED_STATES | FINISHED_STATES
    context = {
        "frame": session_frame(session, request.user, "trainers"),
        "session": session,
        "form": form,
        "role": form.cleaned_data["role"] if form.is_valid() else "",
        "can_invite": is_open and may_record(request.user, session),
        **_shown(found),
    }
    return render(request, "trainers/find_for_session.html", context)


def _shown(found: Found | None) -> dict[str, Any]:
    if found is None:
        return {"is_asked": False, "fit": [], "excluded": []}
    return {"is_asked": True, "fit": found.fit, "excluded": found.excluded}
