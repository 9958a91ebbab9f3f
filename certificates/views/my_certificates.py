"""« Mes attestations »: what I hold, its PDF, its link to share; what I may still ask for."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import file_answer
from accounts.signed_in import account_of
from certificates.content import curriculum_of_participation
from certificates.enums import PublicState
from certificates.issue import CertificateRefused, issue_for_run
from certificates.keys import KeyUnavailable
from certificates.models import Certificate
from certificates.own_papers import claimable_runs, own_certificate, own_certificates
from certificates.public_check import public_state
from certificates.sheets import pdf_of, public_address
from certificates.state_badges import STATE_BADGES


@audience(Audience.LEARNER)
@require_safe
def my_certificates(request: HttpRequest) -> HttpResponse:
    """Everything issued to me, the last one first, and the runs I may ask a paper for."""
    user = account_of(request)
    context = {
        "certificates": [
            _shown(certificate)
            for certificate in own_certificates(user).order_by("-issued_at", "-pk")
        ],
        "claimable": [
            {"pk": run.pk, "title": curriculum_of_participation(run).title}
            for run in claimable_runs(user)
        ],
    }
    return render(request, "certificates/my_certificates.html", context)


@audience(Audience.LEARNER)
@require_safe
def my_pdf(request: HttpRequest, certificate: uuid.UUID) -> HttpResponse:
    """My own PDF; anybody else's does not exist."""
    found = own_certificate(account_of(request), certificate)
    if found is None:
        raise Http404
    return file_answer(pdf_of([found]), f"attestation-{found.number}.pdf")


@audience(Audience.LEARNER)
@require_safe
def my_badge(request: HttpRequest, certificate: uuid.UUID) -> HttpResponse:
    """My own certificate as an Open Badge 3.0, for a portfolio elsewhere."""
    found = own_certificate(account_of(request), certificate)
    if found is None:
        raise Http404
    from certificates.open_badges import badge_of  # its library takes 0.14 s to load

    try:
        badge = badge_of(found)
    except KeyUnavailable as refusal:
        messages.error(request, str(refusal))
        return redirect("certificates:my_certificates")
    return file_answer(badge, f"badge-{found.number}.jwt", "application/vc+jwt")


@audience(Audience.LEARNER)
@require_POST
def claim_certificate(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for the paper of a self-paced run that I completed."""
    user = account_of(request)
    mine = {participation.pk: participation for participation in claimable_runs(user)}
    if pk not in mine:
        raise Http404
    try:
        issue_for_run(participation=mine[pk], by=user)
    except (CertificateRefused, KeyUnavailable) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Votre attestation est prête."))
    return redirect("certificates:my_certificates")


def _shown(certificate: Certificate) -> dict[str, object]:
    state = public_state(certificate, timezone.localdate())
    return {
        "uuid": certificate.uuid,
        "number": certificate.number,
        "kind": certificate.get_kind_display(),
        "course": certificate.content["course"],
        "days": certificate.content["days"],
        "hours": certificate.content["hours"],
        "valid_until": parse_date(certificate.content["valid_until"] or ""),
        "state": state.label,
        "badge": STATE_BADGES[state],
        "is_in_force": state != PublicState.REVOKED,
        "address": public_address(certificate),
    }
