"""Import many events in two steps on screen: the file is kept and read, then applied."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import XLSX, file_answer
from accounts.models import User
from accounts.roles import is_national
from accounts.signed_in import account_of
from trainers.awareness.blank_events import events_model
from trainers.awareness.event_import import apply_events, check_events
from trainers.awareness.events import EventRefused
from trainers.enums import EvidenceKind
from trainers.evidence import EvidenceRefused, read_evidence, store_evidence
from trainers.forms.awareness import EventsFileForm, writing_scope
from trainers.models import Evidence
from trainers.workbooks import UnreadableWorkbook

ROWS_SHOWN = 300


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def events_upload(request: HttpRequest) -> HttpResponse:
    """First step: keep the file, whatever its rows are worth, and show what it says."""
    user = account_of(request)
    form = EventsFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        kept = _kept(form, user)
        if kept is not None:
            return redirect("trainers:events_preview", kept.pk)
    files = _files_for(user).select_related("uploaded_by").order_by("-pk")[:10]
    return render(request, "trainers/events_upload.html", {"form": form, "files": files})


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def events_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Second step: every row with its errors, then the button that applies."""
    user = account_of(request)
    evidence = get_object_or_404(_files_for(user), pk=pk)
    content, name = read_evidence(evidence), evidence.original_name
    scope = writing_scope(user)
    try:
        if request.method == "POST" and request.POST.get("sha256") == evidence.sha256:
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


def _files_for(user: User) -> QuerySet[Evidence]:
    """Files that the account left; the committee sees them all."""
    files = Evidence.objects.filter(kind=EvidenceKind.EVENTS_FILE)
    return files if is_national(user) else files.filter(uploaded_by=user)


def _kept(form: EventsFileForm, user: User) -> Evidence | None:
    upload = form.cleaned_data["file"]
    content = upload.read()
    try:
        check_events(content=content, name=upload.name, scope=writing_scope(user))
        return store_evidence(
            kind=EvidenceKind.EVENTS_FILE, content=content, name=upload.name, by=user
        )
    except (UnreadableWorkbook, EvidenceRefused) as refusal:
        form.add_error("file", str(refusal))
        return None
