"""Open old sessions from a workbook, in two steps: kept and read, then applied."""

from functools import partial

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import XLSX, file_answer
from accounts.models import User
from trainers.backlog.model_workbook import old_session_model
from trainers.backlog.session_import import BacklogRefused, apply_backlog, check_backlog
from trainers.enums import EvidenceKind
from trainers.evidence import read_evidence
from trainers.forms.backlog import BacklogFileForm
from trainers.models import Evidence
from trainers.views.import_files import import_files_for, is_confirmed, kept_upload
from trainers.workbooks import UnreadableWorkbook

FILES_SHOWN = 50


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def old_sessions(request: HttpRequest) -> HttpResponse:
    """First step: keep the file and show what it says; below, the files already kept."""
    assert isinstance(request.user, User)
    form = BacklogFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        evidence = kept_upload(
            request, form, EvidenceKind.BACKLOG_FILE, partial(check_backlog, by=request.user)
        )
        if evidence is not None:
            return redirect("trainers:old_sessions_preview", evidence.pk)
    context = {"form": form, "files": _files_of(request.user)}
    return render(request, "trainers/backlog/old_sessions.html", context)


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def old_sessions_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Second step: each session with its refusals, then the button that opens them."""
    assert isinstance(request.user, User)
    evidence = get_object_or_404(import_files_for(request.user, EvidenceKind.BACKLOG_FILE), pk=pk)
    content, name = read_evidence(evidence), evidence.original_name
    if is_confirmed(request, evidence):
        return _applied(request, evidence, content)
    try:
        report = check_backlog(content=content, name=name, by=request.user)
    except UnreadableWorkbook as refusal:
        messages.error(request, str(refusal))
        return redirect("trainers:old_sessions")
    context = {
        "evidence": evidence,
        "report": report,
        "can_apply": bool(report.opened) and not report.errors,
    }
    return render(request, "trainers/backlog/old_sessions_preview.html", context)


@audience(Audience.VALIDATORS)
@require_safe
def old_session_blank(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in for one old session."""
    return file_answer(old_session_model(), "session-ancienne.xlsx", XLSX)


def _applied(request: HttpRequest, evidence: Evidence, content: bytes) -> HttpResponse:
    assert isinstance(request.user, User)
    try:
        report = apply_backlog(content=content, name=evidence.original_name, by=request.user)
    except (BacklogRefused, UnreadableWorkbook) as refusal:
        messages.error(request, str(refusal))
        return redirect("trainers:old_sessions_preview", evidence.pk)
    if not report.opened:
        messages.info(request, _("Ces sessions étaient déjà là : rien n'a changé."))
        return redirect("trainers:old_sessions_preview", evidence.pk)
    messages.success(
        request,
        ngettext(
            "%(count)d session ouverte, à valider par une autre personne.",
            "%(count)d sessions ouvertes, à valider par une autre personne.",
            len(report.opened),
        )
        % {"count": len(report.opened)},
    )
    if len(report.opened) == 1:
        return redirect("trainers:session", report.opened[0].code)
    return redirect("trainers:session_list")


def _files_of(user: User) -> list[Evidence]:
    files = list(
        import_files_for(user, EvidenceKind.BACKLOG_FILE)
        .select_related("uploaded_by__person")
        .order_by("-pk")[:FILES_SHOWN]
    )
    opened = dict(
        Evidence.objects.filter(
            kind=EvidenceKind.BACKLOG_FILE,
            session__isnull=False,
            sha256__in=[one.sha256 for one in files],
        )
        .values_list("sha256")
        .annotate(sessions=Count("pk"))
    )
    for one in files:
        one.sessions = opened.get(one.sha256, 0)  # type: ignore[attr-defined]
    return files
