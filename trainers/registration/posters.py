"""What is stuck on a wall or shown on a screen: addresses, QR codes, the A4 poster."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from courses.printing import compile_pdf
from courses.qr_codes import qr_svg
from trainers.models import RegistrationLink, TrainingSession
from trainers.sessions.print_text import printed
from trainers.sessions.tabs import days_of

PRINTED_IN = "fr"
QUIET_ZONE = 4  # modules of white around the code, as the standard asks
_SOURCE = Path(__file__).parent / "poster.typ"


def registration_address(link: RegistrationLink) -> str:
    """Return the absolute address by which a seat is asked for."""
    return _absolute("seat_request", link.token)


def presence_address(session: TrainingSession) -> str:
    """Return the absolute address where somebody says to be there."""
    return _absolute("presence", session.code)


def qr_of(address: str) -> str:
    """Return the QR code of an address as SVG, to be put in a page or a PDF."""
    return qr_svg(address, quiet=QUIET_ZONE, light="#fff")


def poster_pdf(link: RegistrationLink) -> bytes:
    """Return the poster: what, when, where, how to ask for a seat, until when."""
    session = link.session
    with translation.override(PRINTED_IN):
        address = registration_address(link)
        data = {
            "issuer": _(
                "Comité national de coordination de la lutte contre la traite des personnes et "
                "les pratiques assimilées"
            ),
            "demo": _("Démonstration : session fictive") if session.is_demo else "",
            "eyebrow": session.get_type_display(),
            "title": session.title,
            "facts": [
                days_of(session),
                ", ".join(filter(None, [session.venue, session.territory.name])),
            ],
            "call": _("Demandez votre place"),
            "steps": [
                _("Scannez ce code avec l'appareil photo de votre téléphone."),
                _("Écrivez votre nom et votre numéro : une minute suffit."),
                _("L'équipe vous répond. Votre demande n'est pas encore une inscription."),
            ],
            "address": address.split("://")[-1],
            "without": _("Sans code :"),
            "until": _("Jusqu'au %(day)s") % {"day": date_format(link.closes_on, "j F Y")},
            "qr": _("Code QR de la demande de place"),
            "code": session.code,
        }
    return compile_pdf(_source(), {"data": json.dumps(printed(data)), "qr": qr_of(address)})


def _absolute(name: str, argument: str) -> str:
    with translation.override(PRINTED_IN):
        path = reverse(f"trainers:{name}", args=[argument])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


@cache
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")
