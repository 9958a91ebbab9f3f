"""Pieces that prove a session: kept, listed, opened through a view that logs."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from trainers.enums import EvidenceKind
from trainers.evidence import EvidenceRefused, store_evidence
from trainers.forms.evidence import UPLOADED_KINDS, EvidenceForm
from trainers.models import Evidence, TrainingSession
from trainers.sessions.access import may_record
from trainers.sessions.tabs import session_frame
from trainers.views.kept_files import kept_file_answer
from trainers.views.opened import opened_session, writable_session


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_evidence(request: HttpRequest, code: str) -> HttpResponse:
    """Every piece of a session by nature, with who left it and when; a form to leave one."""
    session = opened_session(request, code)
    form = EvidenceForm(request.POST or None, request.FILES or None, session=session)
    if request.method == "POST":
        session = writable_session(request, code)
        if form.is_valid() and _kept(request, session, form):
            return redirect("trainers:session_evidence", session.code)
    assert isinstance(request.user, User)
    context = {
        "frame": session_frame(session, request.user, "evidence"),
        "session": session,
        "form": form,
        "groups": _groups(session),
        "can_record": may_record(request.user, session),
    }
    return render(request, "trainers/session_evidence.html", context)


@audience(Audience.TRAINING_STAFF)
@require_safe
def evidence_download(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Send a file and log who asked for it. It is never shown inside the page."""
    session = opened_session(request, code)
    evidence = get_object_or_404(Evidence, pk=pk, session=session)
    assert isinstance(request.user, User)
    return kept_file_answer(evidence, request.user)


def _kept(request: HttpRequest, session: TrainingSession, form: EvidenceForm) -> bool:
    facts = form.cleaned_data
    try:
        evidence = store_evidence(
            kind=facts["kind"],
            content=facts["file"].read(),
            name=facts["file"].name,
            session=session,
            by=request.user if isinstance(request.user, User) else None,
            replaces=facts.get("replaces"),
        )
    except EvidenceRefused as refusal:
        form.add_error("file", str(refusal))
        return False
    messages.success(
        request, _("« %(name)s » est gardé avec la session.") % {"name": evidence.original_name}
    )
    return True


def _groups(session: TrainingSession) -> list[dict[str, Any]]:
    files: dict[str, list[Evidence]] = {}
    found = Evidence.objects.filter(session=session).select_related("uploaded_by", "replaced_by")
    for evidence in found.order_by("-pk"):
        files.setdefault(evidence.kind, []).append(evidence)
    wanted = [kind.value for kind in UPLOADED_KINDS]
    kinds = [*wanted, *(kind for kind in files if kind not in wanted)]
    return [{"label": EvidenceKind(kind).label, "files": files.get(kind, [])} for kind in kinds]
