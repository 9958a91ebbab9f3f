"""Paper copies: a workbook checked then imported, or letters typed row by row."""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from assessments.attempts import CopyRefused, PaperCopy, record_paper_copies
from assessments.enums import Occasion
from assessments.form_key import form_key
from assessments.forms import MAX_UPLOAD, ResultsFileForm
from assessments.models import Attempt, TestForm
from assessments.results_board import forms_to_choose
from assessments.results_import import (
    ResultsRefused,
    ResultsReport,
    apply_results,
    check_results,
)
from assessments.session_tests import forms_of_session
from assessments.typed_letters import TypedCopyRefused, as_typed, read_typed_copy
from assessments.views.session_board import recorded_session
from assessments.views.signed_in import account_of
from trainers.enums import EntrySource
from trainers.evidence import EvidenceRefused
from trainers.models import Participation, TrainingSession
from trainers.workbooks import UnreadableWorkbook

REFUSALS = (ResultsRefused, CopyRefused, UnreadableWorkbook, EvidenceRefused)


@dataclass
class TypedRow:
    """One participant on the typing screen."""

    participation: Participation
    form: TestForm
    typed: str
    is_recorded: bool
    errors: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return f"copie-{self.participation.pk}"


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


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def type_copies(request: HttpRequest, code: str, occasion: str) -> HttpResponse:
    """One line of letters per participant, in the order of the list. Good lines are recorded."""
    session = recorded_session(request, code)
    rows = _typed_rows(session, occasion)
    if request.method == "POST":
        recorded = _record(request, rows, occasion)
        if recorded:
            messages.success(request, _("%(n)s copie(s) enregistrée(s).") % {"n": recorded})
        if not any(row.errors for row in rows):
            return redirect("assessments:type_copies", code, occasion)
    next_row = next((row for row in rows if row.errors or not row.typed), None)
    context = {
        "session": session,
        "occasion": Occasion(occasion),
        "rows": rows,
        "focused": next_row.name if next_row else "",
        "refused": sum(bool(row.errors) for row in rows),
        "recorded": sum(row.is_recorded for row in rows),
    }
    return render(request, "assessments/type_copies.html", context)


def _preview(request: HttpRequest, report: ResultsReport, content: bytes) -> HttpResponse:
    context = {
        "session": report.session,
        "report": report,
        "occasion": Occasion(report.occasion),
        "can_apply": bool(report.new_rows) and not report.errors,
        "content": base64.b64encode(content).decode(),
    }
    return render(request, "assessments/check_copies.html", context)


def _typed_rows(session: TrainingSession, occasion: str) -> list[TypedRow]:
    forms = forms_of_session(session, occasion)
    recorded = {
        attempt.participation_id: attempt
        for attempt in Attempt.objects.submitted().filter(
            participation__session=session, occasion=occasion
        )
    }
    people = Participation.objects.filter(session=session).select_related("person").order_by("pk")
    return [
        TypedRow(
            participation=one,
            form=forms[one.pk],
            typed=as_typed(recorded[one.pk].responses) if one.pk in recorded else "",
            is_recorded=one.pk in recorded,
        )
        for one in people
        if one.pk in forms
    ]


def _record(request: HttpRequest, rows: list[TypedRow], occasion: str) -> int:
    """Read what was typed for people without a copy; record the good lines form by form."""
    letters = {form.pk: form_key(form).letters for form in {row.form for row in rows}}
    piles: dict[TestForm, list[PaperCopy]] = {}
    for row in rows:
        typed = request.POST.get(row.name, "").strip()
        if row.is_recorded or not typed:
            continue
        row.typed = typed
        try:
            responses = read_typed_copy(typed, letters[row.form.pk])
        except TypedCopyRefused as refusal:
            row.errors.append(str(refusal))
            continue
        row.is_recorded = True
        row.typed = as_typed(responses)
        piles.setdefault(row.form, []).append(PaperCopy(row.participation, responses))
    recorded = 0
    for form, copies in piles.items():
        try:
            report = record_paper_copies(
                copies=copies,
                form=form,
                occasion=occasion,
                source=EntrySource.TYPED,
                by=account_of(request),
            )
        except CopyRefused as refusal:
            messages.error(request, str(refusal))
        else:
            recorded += len(report.recorded)
    return recorded
