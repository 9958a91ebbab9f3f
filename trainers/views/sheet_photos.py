"""Photos or scans of the signed sheet, left from the page of the roll call."""

from pathlib import PurePath

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from trainers.enums import EvidenceKind
from trainers.evidence import MAX_BYTES, EvidenceRefused, store_evidence
from trainers.models import TrainingSession
from trainers.photo_location import without_location
from trainers.views.opened import writable_session

MOST_PAGES = 20
PAGE_SUFFIXES = frozenset({".pdf", ".jpg", ".jpeg", ".png", ".webp", ".heic"})


@audience(Audience.TRAINING_STAFF)
@require_POST
def keep_sheet_photos(request: HttpRequest, code: str) -> HttpResponse:
    """Keep each page with its SHA-256; a page that cannot be kept is told, the others are kept."""
    session = writable_session(request, code)
    pages = request.FILES.getlist("pages")
    if not pages:
        messages.error(request, _("Choisissez au moins une photo ou un PDF de la feuille signée."))
    elif len(pages) > MOST_PAGES:
        messages.error(request, _("Vingt pages au plus à la fois : envoyez le reste ensuite."))
    else:
        for page in pages:
            _keep(request, session, page)
    return redirect(f"{reverse('trainers:session', args=[session.code])}#papier")


def _keep(request: HttpRequest, session: TrainingSession, page: UploadedFile) -> None:
    assert isinstance(request.user, User)
    name = page.name or ""
    if PurePath(name).suffix.lower() not in PAGE_SUFFIXES:
        messages.error(request, _("« %(name)s » n'est ni une photo ni un PDF.") % {"name": name})
        return
    if (page.size or 0) > MAX_BYTES:
        messages.error(request, _("Le fichier « %(name)s » dépasse 20 Mo.") % {"name": name})
        return
    sent = page.read()
    content = without_location(sent)
    try:
        evidence = store_evidence(
            kind=EvidenceKind.SIGNED_SHEET,
            content=content,
            name=name,
            session=session,
            by=request.user,
        )
    except EvidenceRefused as refusal:
        messages.error(request, str(refusal))
        return
    said = _("« %(name)s » est gardé. Empreinte SHA-256 : %(sha256)s.") % {
        "name": evidence.original_name,
        "sha256": f"{evidence.sha256[:16]}…",
    }
    if content != sent:
        said += " " + _(
            "La position GPS en a été retirée : l'empreinte est celle du fichier gardé."
        )
    messages.success(request, said)
