"""Import a sheet in two steps on screen: the file is kept and read, then applied."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import XLSX, file_answer
from accounts.models import User
from trainers.attendance.blank_sheet import attendance_model
from trainers.attendance.import_report import ReportRow
from trainers.attendance.sheet_import import (
    AttendanceRefused,
    AttendanceReport,
    apply_attendance,
    check_attendance,
)
from trainers.enums import EvidenceKind
from trainers.evidence import read_evidence
from trainers.forms.attendance import WorkbookForm
from trainers.models import Evidence, TrainingSession
from trainers.sessions.access import may_record
from trainers.sessions.lock import SessionClosed
from trainers.sessions.tabs import session_frame
from trainers.views.import_files import is_confirmed, kept_upload
from trainers.views.opened import opened_session, writable_session
from trainers.workbooks import UnreadableWorkbook

ROWS_SHOWN = 200
IMPORTED_KINDS = (
    EvidenceKind.ATTENDANCE_FILE, EvidenceKind.BACKLOG_FILE, EvidenceKind.RESULTS_FILE,
)  # fmt: skip


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_upload(request: HttpRequest, code: str) -> HttpResponse:
    """First step: keep the file, whatever its rows are worth, and show what it says."""
    session = opened_session(request, code)
    form = WorkbookForm(request.POST or None, request.FILES or None)
    if request.method == "POST":
        session = writable_session(request, code)
        if form.is_valid():
            is_list_only = form.cleaned_data["is_list_only"]
            evidence = kept_upload(
                request,
                form,
                EvidenceKind.ATTENDANCE_FILE,
                partial(check_attendance, session=session, is_list_only=is_list_only),
                session=session,
            )
            if evidence is not None:
                return redirect(_preview_url(session, evidence, is_list_only))
    assert isinstance(request.user, User)
    context = {
        "frame": session_frame(session, request.user, "import"),
        "session": session,
        "form": form,
        "can_record": may_record(request.user, session),
        "files": _files_of(session),
    }
    return render(request, "trainers/attendance_upload.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def attendance_preview(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Second step: every row with its errors and matches, then the button that applies."""
    session = writable_session(request, code)
    evidence = get_object_or_404(
        Evidence, pk=pk, session=session, kind=EvidenceKind.ATTENDANCE_FILE
    )
    content = read_evidence(evidence)
    is_list_only = "inscrits" in request.GET
    if is_confirmed(request, evidence):
        return _applied(request, session, evidence, content)
    try:
        report = check_attendance(
            session=session,
            content=content,
            name=evidence.original_name,
            is_list_only=is_list_only,
        )
    except UnreadableWorkbook as refusal:
        messages.error(request, str(refusal))
        return redirect("trainers:attendance_upload", session.code)
    assert isinstance(request.user, User)
    context = {
        "frame": session_frame(session, request.user, "import"),
        "session": session,
        "evidence": evidence,
        "report": report,
        "can_apply": not report.errors and report.persons > 0 and not report.already_applied,
        **_rows_to_show(report),
    }
    return render(request, "trainers/attendance_preview.html", context)


@audience(Audience.TRAINING_STAFF)
@require_safe
def attendance_blank(request: HttpRequest, code: str) -> HttpResponse:
    """A sheet to fill in: the columns of this session and the people already on its list."""
    session = opened_session(request, code)
    name = f"presence-{session.code}.xlsx"
    return file_answer(attendance_model(session), name, XLSX)


def _applied(
    request: HttpRequest, session: TrainingSession, evidence: Evidence, content: bytes
) -> HttpResponse:
    try:
        report = apply_attendance(
            session=session,
            content=content,
            name=evidence.original_name,
            by=request.user if isinstance(request.user, User) else None,
            is_list_only="inscrits" in request.GET,
        )
    except (AttendanceRefused, UnreadableWorkbook, SessionClosed) as refusal:
        messages.error(request, str(refusal))
        return redirect(_preview_url(session, evidence, "inscrits" in request.GET))
    if report.already_applied:
        messages.info(request, _("Ce fichier était déjà appliqué : rien n'a changé."))
    else:
        messages.success(
            request,
            ngettext(
                "Import appliqué : %(count)d personne, %(marks)d présences ajoutées.",
                "Import appliqué : %(count)d personnes, %(marks)d présences ajoutées.",
                report.persons,
            )
            % {"count": report.persons, "marks": report.new_marks},
        )
    return redirect("trainers:session", session.code)


def _preview_url(session: TrainingSession, evidence: Evidence, is_list_only: bool) -> str:
    address = reverse("trainers:attendance_preview", args=[session.code, evidence.pk])
    return f"{address}?inscrits=1" if is_list_only else address


def _files_of(session: TrainingSession) -> list[Evidence]:
    """Every file that was imported into the session, with the presences that came from each."""
    files = Evidence.objects.filter(session=session, kind__in=IMPORTED_KINDS)
    return list(
        files.select_related("uploaded_by__person")
        .annotate(mark_count=Count("marks"))
        .order_by("-pk")
    )


def _rows_to_show(report: AttendanceReport) -> dict[str, Any]:
    """Rows that ask for a look, then the others; long lists are cut and say so."""
    to_see = sorted(filter(_asks_for_a_look, report.rows), key=_urgency)
    fine = [row for row in report.rows if not _asks_for_a_look(row)]
    return {
        "rows_to_see": to_see[:ROWS_SHOWN],
        "rows_fine": fine[:ROWS_SHOWN],
        "hidden_rows": max(0, len(to_see) - ROWS_SHOWN) + max(0, len(fine) - ROWS_SHOWN),
    }


def _urgency(row: ReportRow) -> tuple[bool, bool]:
    """Refused rows first, then repeated ones, then those in doubt; the file's order in each."""
    return not row.is_bad, row.is_possible


def _asks_for_a_look(row: ReportRow) -> bool:
    return bool(row.is_bad or row.is_possible or row.warnings or row.duplicate_of is not None)
