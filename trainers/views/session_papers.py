"""Terms of reference and agenda: looked at by GET, kept with the session by POST."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import shown_answer
from accounts.models import User
from trainers.enums import EvidenceKind
from trainers.sessions.papers import attach_paper, paper_name, paper_pdf
from trainers.views.opened import opened_session, writable_session


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def terms_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The terms of reference."""
    return _paper(request, code, EvidenceKind.TERMS_OF_REFERENCE)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def agenda_paper(request: HttpRequest, code: str) -> HttpResponse:
    """The agenda by half-day."""
    return _paper(request, code, EvidenceKind.AGENDA)


def _paper(request: HttpRequest, code: str, kind: EvidenceKind) -> HttpResponse:
    if request.method == "POST":
        session = writable_session(request, code)
        assert isinstance(request.user, User)
        attach_paper(session=session, kind=kind, by=request.user)
        messages.success(
            request,
            _(
                "%(label)s : le PDF est joint aux pièces. Signé, remplacez-le par son scan dans "
                "l'onglet Pièces."
            )
            % {"label": kind.label},
        )
        return redirect("trainers:session_preparation", session.code)
    session = opened_session(request, code)
    return shown_answer(paper_pdf(session, kind), paper_name(session, kind))
