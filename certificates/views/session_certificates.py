"""The « Attestations » tab of a session: issue, print, revoke."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import file_answer
from accounts.models import User
from accounts.roles import is_national
from certificates.forms import RevocationForm
from certificates.issue import (
    CertificateRefused,
    issue_for_session,
    may_revoke,
    revoke,
    unfit_issuer,
)
from certificates.keys import KeyUnavailable
from certificates.models import Certificate
from certificates.session_papers import certificates_of, papers_of
from certificates.session_tab import CERTIFICATES_TAB
from certificates.sheets import pdf_of
from trainers.models import TrainingSession
from trainers.sessions.access import sessions_for
from trainers.sessions.tabs import session_frame


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_certificates(request: HttpRequest, code: str) -> HttpResponse:
    """Who may receive what, who has received it, and why the others get nothing."""
    session, user = _opened(request, code)
    unfit = unfit_issuer(session, user)
    papers = papers_of(session)
    context = {
        "frame": session_frame(session, user, CERTIFICATES_TAB),
        "session": session,
        "papers": papers,
        "unfit": unfit,
        "can_issue": not unfit and bool(papers.ready),
        "can_revoke": not unfit,
        "has_register": is_national(user),
    }
    return render(request, "certificates/session_certificates.html", context)


@audience(Audience.VALIDATORS)
@require_POST
def issue_certificates(request: HttpRequest, code: str) -> HttpResponse:
    """Issue all that the rules allow, in one go; a second click issues nothing more."""
    session, user = _opened(request, code)
    try:
        issued = issue_for_session(session=session, by=user)
    except (CertificateRefused, KeyUnavailable) as refusal:
        messages.error(request, str(refusal))
    else:
        if issued:
            text = ngettext(
                "%(count)d attestation délivrée.", "%(count)d attestations délivrées.", len(issued)
            )
            messages.success(request, text % {"count": len(issued)})
        else:
            messages.info(request, _("Tout ce qui pouvait être délivré l'est déjà."))
    return redirect("certificates:session_certificates", session.code)


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """One PDF with a page for each certificate in force, by name."""
    session, _user = _opened(request, code)
    certificates = certificates_of(session)
    if not certificates:
        raise Http404
    return file_answer(pdf_of(certificates), f"attestations-{session.code}.pdf")


@audience(Audience.TRAINING_STAFF)
@require_safe
def one_pdf(request: HttpRequest, code: str, certificate: uuid.UUID) -> HttpResponse:
    """The page of one person, to print again."""
    session, _user = _opened(request, code)
    found = get_object_or_404(Certificate.objects.of_session(session).in_force(), uuid=certificate)
    return file_answer(pdf_of([found]), f"attestation-{found.number}.pdf")


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_certificate(request: HttpRequest, code: str, certificate: uuid.UUID) -> HttpResponse:
    """Withdraw a certificate, with its cause and its reason."""
    session, user = _opened(request, code)
    found = get_object_or_404(Certificate.objects.of_session(session).in_force(), uuid=certificate)
    if not may_revoke(found, user):
        raise PermissionDenied
    form = RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke(certificate=found, by=user, **form.cleaned_data)
        except CertificateRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request,
                _("L'attestation est révoquée. Délivrez-la de nouveau si elle doit être corrigée."),
            )
        return redirect("certificates:session_certificates", session.code)
    context = {
        "frame": session_frame(session, user, CERTIFICATES_TAB),
        "session": session,
        "certificate": found,
        "form": form,
    }
    return render(request, "certificates/revoke.html", context)


def _opened(request: HttpRequest, code: str) -> tuple[TrainingSession, User]:
    """The session of the address, or 404: a session out of reach does not exist."""
    sessions = sessions_for(request.user).select_related("territory", "curriculum")
    session = get_object_or_404(sessions, code=code)
    assert isinstance(request.user, User)  # the audience has let nobody else in
    return session, request.user
