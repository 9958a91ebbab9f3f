"""Type a signed sheet with the keyboard alone, row by row."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience, Sex
from accounts.models import Profession, Territory, User
from trainers.attendance.log import MarkRefused
from trainers.attendance.roll_call import roll_call_page
from trainers.attendance.sheet_typing import TypedSheet, record_sheet
from trainers.attendance.short_codes import BadShortCode, read_short_code
from trainers.enums import SessionMode
from trainers.forms.sheet_typing import SheetTyping
from trainers.models import TrainingSession
from trainers.sessions.lock import SessionClosed
from trainers.sessions.tabs import session_frame
from trainers.views.opened import writable_session


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def type_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The whole sheet in its order. One form: all of it is kept, or nothing and why."""
    session = writable_session(request, code)
    if session.mode == SessionMode.ONLINE:
        messages.info(request, _("Cette session se tient en ligne : aucun appel n'y est fait."))
        return redirect("trainers:session", session.code)
    page = roll_call_page(session, "")
    posted = request.POST if request.method == "POST" else None
    typing = SheetTyping(page, page.people, posted)
    refused = ""
    if posted is not None and not typing.error_count:
        refused = _save(request, session, typing)
        if not refused:
            return redirect("trainers:type_sheet", session.code)
    return render(
        request, "trainers/type_sheet.html", _context(request, session, typing) | _found(request)
        | {"refused": refused},
    )  # fmt: skip


def _context(request: HttpRequest, session: TrainingSession, typing: SheetTyping) -> dict[str, Any]:
    assert isinstance(request.user, User)
    regions = Territory.objects.regions().order_by("name")
    return {
        "frame": session_frame(session, request.user, "attendance"),
        "session": session,
        "typing": typing,
        "tabs": typing.page.tabs,
        "reason": request.POST.get("reason", ""),
        "sexes": Sex.choices,
        "professions": list(Profession.objects.order_by("position").values_list("code", "name")),
        "regions": list(regions.values_list("code", "name")),
    }


def _found(request: HttpRequest) -> dict[str, Any]:
    """The row of a short code, to start from; the sentence when the code is none."""
    typed = request.GET.get("code", "")
    if not typed:
        return {"asked_code": "", "found_id": None, "bad_code": ""}
    try:
        return {"asked_code": typed, "found_id": read_short_code(typed), "bad_code": ""}
    except BadShortCode as refusal:
        return {"asked_code": typed, "found_id": None, "bad_code": str(refusal)}


def _save(request: HttpRequest, session: TrainingSession, typing: SheetTyping) -> str:
    """Write the sheet; the answer is the sentence of a refusal, or nothing."""
    assert isinstance(request.user, User)
    try:
        typed = record_sheet(
            session=session,
            entries=typing.entries(),
            newcomers=typing.newcomers(),
            newcomer_marks=typing.newcomer_marks(),
            by=request.user,
            reason=request.POST.get("reason", ""),
        )
    except (MarkRefused, SessionClosed) as refusal:
        return str(refusal)
    messages.success(request, _said(typed))
    for note in typed.notes:
        messages.warning(request, note)
    return ""


def _said(typed: TypedSheet) -> str:
    if not (typed.recorded or typed.corrected or typed.newcomers):
        return _("Rien de nouveau : la feuille était déjà notée ainsi.")
    parts = [
        ngettext("%(count)d case notée.", "%(count)d cases notées.", typed.recorded)
        % {"count": typed.recorded}
    ]
    if typed.corrected:
        parts.append(
            ngettext("%(count)d case corrigée.", "%(count)d cases corrigées.", typed.corrected)
            % {"count": typed.corrected}
        )
    if typed.newcomers:
        parts.append(
            ngettext(
                "%(count)d personne ajoutée.", "%(count)d personnes ajoutées.", typed.newcomers
            )
            % {"count": typed.newcomers}
        )
    return " ".join(parts)
