"""Import the plan from a workbook, in two steps: the file is kept and checked, then applied."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import XLSX, file_answer
from accounts.signed_in import account_of
from trainers.enums import EvidenceKind
from trainers.evidence import read_evidence
from trainers.forms.plan_items import PlanFileForm
from trainers.models import Evidence
from trainers.national_plan.item_import import (
    CheckedRow,
    Decision,
    ItemsReport,
    apply_items,
    check_items,
)
from trainers.national_plan.item_workbook import plan_workbook
from trainers.national_plan.items import ItemRefused
from trainers.views.import_files import is_confirmed, kept_upload
from trainers.views.plan_pages import plan_frame
from trainers.workbooks import UnreadableWorkbook

ROWS_SHOWN = 300
FILES_SHOWN = 20


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_import(request: HttpRequest) -> HttpResponse:
    """First step: keep the file and show what it says."""
    form = PlanFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        evidence = kept_upload(request, form, EvidenceKind.PLAN_FILE, check_items)
        if evidence is not None:
            return redirect("trainers:plan_import_check", evidence.pk)
    files = Evidence.objects.filter(kind=EvidenceKind.PLAN_FILE).select_related("uploaded_by")
    context = {
        "frame": plan_frame(account_of(request), "plan_import"),
        "form": form,
        "files": files.order_by("-pk")[:FILES_SHOWN],
    }
    return render(request, "trainers/plan/import.html", context)


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_import_check(request: HttpRequest, file_id: int) -> HttpResponse:
    """Second step: every row with what it would do, then the button that applies."""
    evidence = get_object_or_404(Evidence, pk=file_id, kind=EvidenceKind.PLAN_FILE)
    content = read_evidence(evidence)
    try:
        if is_confirmed(request, evidence):
            return _applied(request, evidence, content)
        report = check_items(content=content, name=evidence.original_name)
    except UnreadableWorkbook as refusal:
        messages.error(request, str(refusal))
        return redirect("trainers:plan_import")
    context = {
        "frame": plan_frame(account_of(request), "plan_import"),
        "report": report,
        **_rows_to_show(report),
    }
    return render(request, "trainers/plan/import_check.html", context)


@audience(Audience.COMMITTEE)
@require_safe
def plan_import_model(request: HttpRequest) -> HttpResponse:
    """An empty workbook with the headings that the import reads."""
    return file_answer(plan_workbook([]), "plan-de-formation.xlsx", XLSX)


def _applied(request: HttpRequest, evidence: Evidence, content: bytes) -> HttpResponse:
    try:
        report = apply_items(content=content, name=evidence.original_name, by=account_of(request))
    except ItemRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("trainers:plan_import_check", evidence.pk)
    if report.is_applicable:
        messages.success(
            request,
            ngettext(
                "Import appliqué : %(new)d ligne ajoutée, %(changed)d modifiées.",
                "Import appliqué : %(new)d lignes ajoutées, %(changed)d modifiées.",
                report.new,
            )
            % {"new": report.new, "changed": report.changed},
        )
    else:
        messages.info(request, _("Ce fichier était déjà appliqué : rien n'a changé."))
    return redirect("trainers:plan_items")


def _rows_to_show(report: ItemsReport) -> dict[str, Any]:
    """Refused rows first, then changes, then new lines; what is the same is only counted."""
    order = [Decision.BAD, Decision.CHANGED, Decision.NEW]
    words = {
        Decision.BAD: _("Refusée"),
        Decision.CHANGED: _("Modifiée"),
        Decision.NEW: _("Nouvelle"),
    }
    asked: list[CheckedRow] = sorted(
        (row for row in report.rows if row.decision in order),
        key=lambda row: (order.index(row.decision), row.number),
    )
    return {
        "rows": [
            {
                "number": row.number,
                "label": row.label or "—",
                "decision": words[row.decision],
                "is_bad": row.decision == Decision.BAD,
                "sentences": row.sentences,
            }
            for row in asked[:ROWS_SHOWN]
        ],
        "hidden": max(0, len(asked) - ROWS_SHOWN),
    }
