"""What proves an event, and the sheet to fill in by hand."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import shown_answer
from accounts.signed_in import account_of
from trainers.awareness.event_sheet import blank_sheet, sheet_of_event
from trainers.enums import EvidenceKind
from trainers.evidence import EvidenceRefused, store_evidence
from trainers.forms.awareness import ProofForm
from trainers.models import Evidence
from trainers.views.awareness_poll import addresses_of
from trainers.views.kept_files import kept_file_answer
from trainers.views.opened_events import opened_event, writable_event


@audience(Audience.TRAINING_STAFF)
@require_POST
def event_proof_add(request: HttpRequest, code: str) -> HttpResponse:
    """Keep a file with its checksum; the same file sent twice is kept once."""
    event = writable_event(request, code)
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(str(error) for error in errors))
        return redirect("trainers:event", event.code)
    upload = form.cleaned_data["file"]
    try:
        evidence = store_evidence(
            kind=EvidenceKind.EVENT_PROOF,
            content=upload.read(),
            name=upload.name,
            event=event,
            by=account_of(request),
        )
    except EvidenceRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("« %(name)s » est gardé avec l'action.") % {"name": evidence.original_name}
        )
    return redirect("trainers:event", event.code)


@audience(Audience.TRAINING_STAFF)
@require_safe
def event_proof(request: HttpRequest, code: str, pk: int) -> HttpResponseBase:
    """Send a file and log who asked for it. It is never shown inside the page."""
    event = opened_event(request, code)
    evidence = get_object_or_404(Evidence, pk=pk, event=event)
    return kept_file_answer(evidence, account_of(request))


@audience(Audience.TRAINING_STAFF)
@require_safe
def event_blank_sheet(request: HttpRequest) -> HttpResponse:
    """A blank sheet for any event, to print before one leaves."""
    return shown_answer(blank_sheet(), "fiche-action.pdf")


@audience(Audience.TRAINING_STAFF)
@require_safe
def event_sheet(request: HttpRequest, code: str) -> HttpResponse:
    """The sheet of this event, with the QR codes of its question if its link is open."""
    event = opened_event(request, code)
    addresses = addresses_of(request, event) if event.poll_token else None
    return shown_answer(sheet_of_event(event, addresses=addresses), f"fiche-{event.code}.pdf")
