"""Checking a certificate without an account: by its number, by its QR code, with the public key."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from certificates.enums import PublicState
from certificates.forms import NumberForm
from certificates.keys import published_keys
from certificates.lookup_limits import count_miss, is_exhausted
from certificates.numbers import UnreadableNumber
from certificates.public_check import (
    NoSuchCertificate,
    PublicFacts,
    check_code,
    check_number,
)
from certificates.signing import SignatureRefused, write_keys

_KINDS = {
    PublicState.VALID: "success",
    PublicState.EXPIRED: "warning",
    PublicState.REVOKED: "error",
}


@audience(Audience.PUBLIC)
@require_safe
def check(request: HttpRequest) -> HttpResponse:
    """Ask for a number; a number well copied leads to its page."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect("certificates:check_number", form.cleaned_data["number"])
    return _private(render(request, "certificates/check.html", {"form": form}))


@audience(Audience.PUBLIC)
@require_safe
def check_one_number(request: HttpRequest, number: str) -> HttpResponse:
    """What the register says of a number."""
    return _answer(request, lambda: check_number(number))


@audience(Audience.PUBLIC)
@require_safe
def check_one_code(request: HttpRequest, token: str) -> HttpResponse:
    """What a scanned QR code proves."""
    return _answer(request, lambda: check_code(token))


@audience(Audience.PUBLIC)
@require_safe
def public_keys(request: HttpRequest) -> HttpResponse:
    """The published keys as text, for the command that checks without a network."""
    text = write_keys(list(published_keys().values()))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@audience(Audience.PUBLIC)
@require_safe
def how_to_check(request: HttpRequest) -> HttpResponse:
    """What the QR code holds and how to check it without this site."""
    return render(
        request, "certificates/how_to_check.html", {"keys": list(published_keys().values())}
    )


def _answer(request: HttpRequest, look_up: Callable[[], PublicFacts]) -> HttpResponse:
    if is_exhausted(request):
        return render(request, "429.html", status=429)
    try:
        facts = look_up()
    except (UnreadableNumber, SignatureRefused) as refusal:
        return _not_found(request, str(refusal))
    except NoSuchCertificate:
        return _not_found(request, _("Aucune attestation ne porte ce numéro."))
    context = {"facts": facts, "alert": _KINDS[facts.state]}
    return _private(render(request, "certificates/checked.html", context))


def _not_found(request: HttpRequest, refusal: str) -> HttpResponse:
    count_miss(request)
    context = {"form": NumberForm(), "refusal": refusal}
    return _private(render(request, "certificates/check.html", context, status=404))


def _private(response: HttpResponse) -> HttpResponse:
    """A page with a name on it: no cache keeps it, no search engine lists it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
