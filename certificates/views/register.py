"""The committee's register of certificates, and revoking any of them."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from certificates.forms import RegisterSearch, RevocationForm
from certificates.issue import CertificateRefused, revoke
from certificates.models import Certificate
from certificates.public_check import public_state
from certificates.register import certificates_found
from certificates.state_badges import STATE_BADGES

A_PAGE = 25


@audience(Audience.COMMITTEE)
@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """Every certificate, 25 a page, those of self-paced runs included."""
    form = RegisterSearch(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    page = Paginator(certificates_found(text), A_PAGE).get_page(request.GET.get("page"))
    today = timezone.localdate()
    rows = []
    for certificate in page.object_list:
        state = public_state(certificate, today)
        rows.append(
            {
                "certificate": certificate,
                "state": state.label,
                "badge": STATE_BADGES[state],
                "is_in_force": certificate.revoked_at is None,
            }
        )
    context = {"form": form, "page": page, "rows": rows}
    return render(request, "certificates/register.html", context)


@audience(Audience.COMMITTEE)
@require_http_methods(["GET", "HEAD", "POST"])
def revoke_from_register(request: HttpRequest, certificate: uuid.UUID) -> HttpResponse:
    """Withdraw any certificate, with its cause and its reason."""
    found = get_object_or_404(Certificate.objects.in_force(), uuid=certificate)
    assert isinstance(request.user, User)  # the audience has let nobody else in
    form = RevocationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            revoke(certificate=found, by=request.user, **form.cleaned_data)
        except CertificateRefused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("L'attestation est révoquée."))
        return redirect("certificates:register")
    context = {"certificate": found, "form": form}
    return render(request, "certificates/revoke_from_register.html", context)
