"""The satisfaction form: open it, answer it without a name, print it, type its paper slips."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import file_answer
from accounts.link_limits import count_answer, is_exhausted
from accounts.signed_in import account_of
from assessments.figures import figure
from assessments.forms import SatisfactionAnswerForm
from assessments.models import SatisfactionForm
from assessments.results_tab import FEEDBACK_TAB
from assessments.satisfaction.answers import (
    SatisfactionRefused,
    open_satisfaction,
    read_slip,
    record_answer,
    satisfaction_of,
)
from assessments.satisfaction.figures import ASPECTS, SHOWN_FROM
from assessments.satisfaction.sheets import poster_pdf, public_address, slips_pdf
from assessments.satisfaction.wording import aspect_labels
from assessments.views.session_board import recorded_session, staff_session
from trainers.sessions.access import may_record
from trainers.sessions.tabs import session_frame

SLIPS_A_PAGE = 10


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def satisfaction(request: HttpRequest, token: str) -> HttpResponse:
    """The anonymous form behind its link: no account, no name, no hour kept."""
    asked = get_object_or_404(SatisfactionForm.objects.select_related("session"), token=token)
    form = SatisfactionAnswerForm(
        request.POST if request.method == "POST" else None, initial={"uuid": uuid.uuid4()}
    )
    is_closed = timezone.localdate() > asked.closes_on
    if request.method == "POST" and form.is_valid():
        if is_exhausted(request, f"satisfaction:{asked.pk}"):
            return render(request, "429.html", status=429)
        count_answer(request, f"satisfaction:{asked.pk}")
        try:
            record_answer(
                form=asked,
                uuid=form.cleaned_data["uuid"],
                marks={aspect: int(form.cleaned_data[aspect]) for aspect in ASPECTS},
                comment=form.cleaned_data["comment"],
            )
        except SatisfactionRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessments:satisfaction_thanks", token)
    context = {"asked": asked, "form": form, "is_closed": is_closed}
    return _unlisted(render(request, "assessments/satisfaction.html", context))


@audience(Audience.PUBLIC)
@require_safe
def satisfaction_thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Say that the answer is kept."""
    asked = get_object_or_404(SatisfactionForm, token=token)
    return _unlisted(render(request, "assessments/satisfaction_thanks.html", {"asked": asked}))


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_feedback(request: HttpRequest, code: str) -> HttpResponse:
    """What the answers say, from five on, and how to ask for them."""
    session = staff_session(request, code)
    asked = SatisfactionForm.objects.filter(session=session).first()
    found = satisfaction_of(session)
    labels = aspect_labels()
    context: dict[str, Any] = {
        "session": session,
        "frame": session_frame(session, account_of(request), FEEDBACK_TAB),
        "asked": asked,
        "address": public_address(asked) if asked else "",
        "found": found,
        "shown_from": SHOWN_FROM,
        "aspects": [
            {
                "label": labels[one.aspect],
                "percent": round((one.mean - 1) * 25),  # from 1 to 5: the bar starts at nothing
                "text": _("%(mean)s sur 5") % {"mean": figure(one.mean)},
            }
            for one in found.aspects
        ],
        "can_record": may_record(request.user, session),
    }
    return render(request, "assessments/session_feedback.html", context)


@audience(Audience.TRAINING_STAFF)
@require_POST
def open_feedback(request: HttpRequest, code: str) -> HttpResponse:
    """Open the form; a second click changes nothing."""
    session = recorded_session(request, code)
    try:
        open_satisfaction(session=session)
    except SatisfactionRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le questionnaire est ouvert : affichez le code QR."))
    return redirect("assessments:session_feedback", session.code)


@audience(Audience.TRAINING_STAFF)
@require_safe
def print_feedback(request: HttpRequest, code: str, sheet: str) -> HttpResponse:
    """The poster, or the slips."""
    session = recorded_session(request, code)
    asked = get_object_or_404(SatisfactionForm.objects.select_related("session"), session=session)
    draw = {"affiche": poster_pdf, "bulletins": slips_pdf}.get(sheet)
    if draw is None:
        raise Http404
    return file_answer(draw(asked), f"avis-{sheet}-{session.code}.pdf")


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def type_slips(request: HttpRequest, code: str) -> HttpResponse:
    """Type a pile of slips: « 5434 remarque », one line each. Good lines are kept."""
    session = recorded_session(request, code)
    asked = get_object_or_404(SatisfactionForm, session=session)
    lines = [{"uuid": str(uuid.uuid4()), "text": "", "error": ""} for _n in range(SLIPS_A_PAGE)]
    if request.method == "POST":
        refused, kept = _kept_slips(request, asked)
        if kept:
            messages.success(request, _("%(n)s bulletin(s) enregistré(s).") % {"n": kept})
        if not refused:
            return redirect("assessments:type_slips", session.code)
        lines = refused + lines[len(refused) :]
    context = {"session": session, "lines": lines, "found": satisfaction_of(session)}
    return render(request, "assessments/type_slips.html", context)


def _kept_slips(request: HttpRequest, asked: SatisfactionForm) -> tuple[list[dict[str, str]], int]:
    """The lines refused, each with its sentence, and how many were kept."""
    refused, kept = [], 0
    pairs = zip(request.POST.getlist("uuid"), request.POST.getlist("line"), strict=False)
    for identifier, text in pairs:
        if not text.strip():
            continue
        try:
            marks, comment = read_slip(text)
            record_answer(
                form=asked,
                uuid=uuid.UUID(identifier),
                marks=marks,
                comment=comment,
                is_on_paper=True,
            )
        except ValueError as refusal:
            refused.append({"uuid": str(uuid.uuid4()), "text": text, "error": str(refusal)})
        else:
            kept += 1
    return refused, kept


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response
