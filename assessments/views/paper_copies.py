"""Paper copies in a workbook: checked, then imported."""

import base64
import binascii
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from assessments.attempts import CopyRefused
from assessments.enums import Occasion
from assessments.forms import MAX_UPLOAD, ResultsFileForm
from assessments.results_board import forms_to_choose
from assessments.results_import import (
    ResultsRefused,
    ResultsReport,
    apply_results,
    check_results,
)
from assessments.views.session_board import recorded_session
from trainers.evidence import EvidenceRefused
from trainers.workbooks import UnreadableWorkbook

REFUSALS = (ResultsRefused, CopyRefused, UnreadableWorkbook, EvidenceRefused)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def import_copies(request: HttpRequest, code: str) -> HttpResponse:
    """Choose a workbook; POST shows what it holds and writes nothing."""
    session = recorded_session(request, code)
    choices = forms_to_choose(session)
    initial = {"occasion": request.GET.get("test", "").upper() or Occasion.PRE}
    form = ResultsFileForm(
        request.POST or None, request.FILES or None, forms_to_choose=choices, initial=initial
    )
    context: dict[str, Any] = {"session": session, "form": form, "has_forms": bool(choices)}
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        content = upload.read()
        try:
            report = check_results(
                session=session,
                form=form.cleaned_data["form"],
                occasion=form.cleaned_data["occasion"],
                content=content,
                name=upload.name,
            )
        except UnreadableWorkbook as refusal:
            form.add_error("file", str(refusal))
        else:
            return _preview(request, report, content)
    return render(request, "assessments/import_copies.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["POST"])
def apply_copies(request: HttpRequest, code: str) -> HttpResponse:
    """Import the workbook that the check showed; it is read and checked again."""
    session = recorded_session(request, code)
    form = ResultsFileForm(request.POST, forms_to_choose=forms_to_choose(session))
    form.fields.pop("file")
    try:
        content = base64.b64decode(request.POST.get("content", ""), validate=True)
    except binascii.Error:
        content = b""
    if not form.is_valid() or not 0 < len(content) <= MAX_UPLOAD:
        messages.error(request, _("Choisissez de nouveau le classeur."))
        return redirect("assessments:import_copies", code)
    try:
        report = apply_results(
            session=session,
            form=form.cleaned_data["form"],
            occasion=form.cleaned_data["occasion"],
            content=content,
            name=request.POST.get("name", "") or "resultats.xlsx",
            by=account_of(request),
        )
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:import_copies", code)
    messages.success(
        request,
        _("%(recorded)s copie(s) enregistrée(s), %(same)s déjà connue(s), %(bad)s refusée(s).")
        % {
            "recorded": report.recorded,
            "same": len(report.same_rows),
            "bad": len(report.bad_rows),
        },
    )
    return redirect("assessments:session_results", code)


def _preview(request: HttpRequest, report: ResultsReport, content: bytes) -> HttpResponse:
    context = {
        "session": report.session,
        "report": report,
        "occasion": Occasion(report.occasion),
        "can_apply": bool(report.new_rows) and not report.errors,
        "content": base64.b64encode(content).decode(),
    }
    return render(request, "assessments/check_copies.html", context)
