"""Import many events in two steps on screen: the file is kept and read, then applied."""

from functools import partial

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
from trainers.awareness.blank_events import events_model
from trainers.awareness.event_import import apply_events, check_events
from trainers.awareness.events import EventRefused
from trainers.enums import EvidenceKind
from trainers.evidence import EvidenceRefused, read_evidence
from trainers.forms.awareness import EventsFileForm, writing_scope
from trainers.views.import_files import import_files_for, is_confirmed, kept_upload
from trainers.workbooks import UnreadableWorkbook

ROWS_SHOWN = 300


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def events_upload(request: HttpRequest) -> HttpResponse:
    """First step: keep the file, whatever its rows are worth, and show what it says."""
    user = account_of(request)
    form = EventsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        check = partial(check_events, scope=writing_scope(user))
        kept = kept_upload(request, form, EvidenceKind.EVENTS_FILE, check)
        if kept is not None:
            return redirect("trainers:events_preview", kept.pk)
    files = (
        import_files_for(user, EvidenceKind.EVENTS_FILE)
        .select_related("uploaded_by")
        .order_by("-pk")[:10]
    )
    return render(request, "trainers/events_upload.html", {"form": form, "files": files})


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def events_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Second step: every row with its errors, then the button that applies."""
    user = account_of(request)
    evidence = get_object_or_404(import_files_for(user, EvidenceKind.EVENTS_FILE), pk=pk)
    content, name = read_evidence(evidence), evidence.original_name
    scope = writing_scope(user)
    try:
        if is_confirmed(request, evidence):
            report = apply_events(content=content, name=name, scope=scope, by=user)
            messages.success(
                request,
                ngettext("%(count)d action notée.", "%(count)d actions notées.", report.new)
                % {"count": report.new}
                if report.new
                else _("Ce fichier était déjà appliqué : rien n'a changé."),
            )
            return redirect("trainers:event_list")
        report = check_events(content=content, name=name, scope=scope)
    except (EventRefused, UnreadableWorkbook, EvidenceRefused) as refusal:
        messages.error(request, str(refusal))
        return redirect("trainers:events_upload")
    rows = sorted(report.rows, key=lambda row: (row.status != "BAD", row.line))
    context = {
        "report": report,
        "rows": rows[:ROWS_SHOWN],
        "hidden_rows": max(0, len(rows) - ROWS_SHOWN),
        "can_apply": not report.errors and report.new > 0,
    }
    return render(request, "trainers/events_preview.html", context)


@audience(Audience.TRAINING_STAFF)
@require_safe
def events_blank(request: HttpRequest) -> HttpResponse:
    """A workbook to fill in: the columns that the import reads."""
    return file_answer(events_model(), "actions.xlsx", XLSX)
