"""The report of a session on screen: read its figures, write what they do not say, keep it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import DOCX, file_answer
from accounts.signed_in import account_of
from assessments.forms import SessionReportForm
from assessments.results_tab import REPORT_TAB
from assessments.session_report.blocks import as_plain
from assessments.session_report.content import may_read_names, report_of
from assessments.session_report.documents import report_docx, report_pdf
from assessments.session_report.writing import ReportRefused, attach_report, write_report
from assessments.views.session_board import recorded_session, staff_session
from trainers.enums import EvidenceKind
from trainers.models import Evidence, SessionReport, TrainingSession
from trainers.sessions.access import may_record
from trainers.sessions.lock import SessionClosed
from trainers.sessions.tabs import session_frame

ANNEX = "annexe"


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_report(request: HttpRequest, code: str) -> HttpResponse:
    """What the trainer writes, the figures as they will be printed, and the files to take."""
    session = staff_session(request, code)
    form = _form(request, session)
    if request.method == "POST":
        recorded_session(request, code)
        if form.is_valid():
            try:
                write_report(session=session, by=account_of(request), **form.cleaned_data)
            except SessionClosed as refusal:
                messages.error(request, str(refusal))
            else:
                messages.success(request, _("Le rapport est enregistré."))
                return redirect("assessments:session_report", session.code)
    context: dict[str, Any] = {
        "session": session,
        "frame": session_frame(session, account_of(request), REPORT_TAB),
        "form": form,
        "report": as_plain(report_of(session)),
        "can_record": may_record(request.user, session),
        "can_name": may_read_names(session, account_of(request)),
        "attached": Evidence.objects.filter(
            session=session, kind=EvidenceKind.REPORT, replaced_by=None
        )
        .order_by("-pk")
        .first(),
    }
    return render(request, "assessments/session_report.html", context)


@audience(Audience.TRAINING_STAFF)
@require_safe
def print_report(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The report as « pdf » or « docx »; « ?annexe » adds the names, for the session's staff."""
    session = staff_session(request, code)
    with_names = ANNEX in request.GET
    if with_names and not may_read_names(session, account_of(request)):
        raise PermissionDenied
    report = report_of(session, with_names=with_names)
    name = f"rapport-{session.code}{'-annexe' if with_names else ''}"
    if kind == "docx":
        return file_answer(report_docx(report), f"{name}.docx", DOCX)
    return file_answer(report_pdf(report), f"{name}.pdf")


@audience(Audience.TRAINING_STAFF)
@require_POST
def keep_report(request: HttpRequest, code: str) -> HttpResponse:
    """Add the report to the session's file; a second click adds nothing."""
    session = recorded_session(request, code)
    try:
        attach_report(session=session, by=account_of(request))
    except (ReportRefused, SessionClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Le rapport est joint au dossier de la session."))
    return redirect("assessments:session_report", session.code)


def _form(request: HttpRequest, session: TrainingSession) -> SessionReportForm:
    written = SessionReport.objects.filter(session=session).first()
    initial = {
        "course_of_events": written.course_of_events if written else "",
        "difficulties": written.difficulties if written else "",
        "recommendations": written.recommendations if written else "",
    }
    return SessionReportForm(request.POST if request.method == "POST" else None, initial=initial)
