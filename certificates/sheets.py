"""The PDF: A4 landscape, one certificate a page, with a QR code that proves itself.

Measured: a code of an ordinary name and course is a QR of version 12 or 13 at level M (65 or 69
modules on 34 mm, half a millimetre each), which any phone reads from a printed sheet.
"""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from certificates.content import PRINTED_IN, issuer_name, printed_day
from certificates.models import Certificate
from certificates.signing import write_token
from courses.printing import compile_pdf
from courses.qr_codes import qr_svg

_FOLDER = Path(__file__).parent


def pdf_of(certificates: Sequence[Certificate]) -> bytes:
    """Return one PDF with a page for each certificate, in the order given; at least one."""
    return compile_pdf(_source("sheet.typ"), sheet_inputs(certificates))


def sheet_inputs(certificates: Sequence[Certificate]) -> dict[str, str]:
    """Return what `sheet.typ` reads: the texts of each page, those of all pages, the frame."""
    with translation.override(PRINTED_IN):
        return {
            "sheets": json.dumps([_sheet(certificate) for certificate in certificates]),
            "words": json.dumps(_words(certificates)),
            "frame": _source("frame.svg"),
        }


def check_address(certificate: Certificate) -> str:
    """Return the absolute address of the QR code: facts and signature, checked by the page."""
    token = write_token(bytes(certificate.payload), bytes(certificate.signature))
    return _absolute("certificates:check_code", token)


def public_address(certificate: Certificate) -> str:
    """Return the short absolute address to share: it shows the state of that number."""
    return _absolute("certificates:check_number", certificate.number)


def _sheet(certificate: Certificate) -> dict[str, object]:
    content = certificate.content
    until = parse_date(content["valid_until"]) if content["valid_until"] else None
    facts = [
        (_("Dates"), content["days"]),
        (_("Durée"), content["hours"]),
        (_("Lieu"), content["place"]),
        (_("Version"), content["version"]),
    ]
    if content["session_code"]:
        facts.append((_("Session"), content["session_code"]))
    if until:
        facts.append((_("Valable jusqu'au"), printed_day(until)))
    replaced = content["replaces"]
    return {
        "title": content["title"],
        "name": content["name"],
        "sentence": _set(content["sentence"]),
        "course": _set(content["course"]),
        "facts": [(_set(label), _set(text)) for label, text in facts],
        "number": certificate.number,
        "replaces": _("remplace n° %(number)s") % {"number": replaced} if replaced else "",
        "issued": _("délivrée le %(day)s") % {"day": printed_day(certificate.issued_on)},
        "qr": qr_svg(check_address(certificate)),
    }


def _words(certificates: Sequence[Certificate]) -> dict[str, object]:
    first = certificates[0]
    one = f"{first.content['title']} {first.number}"
    several = _("Attestations de la session %(code)s") % {"code": first.content["session_code"]}
    check = reverse("certificates:check")
    return {
        "title": one if len(certificates) == 1 else several,
        "issuer": issuer_name(),
        "demo": _("Démonstration : personne et données fictives") if settings.IS_DEMO else "",
        "attests": _("Il est attesté que"),
        "trainer": [_set(_("Pour l'équipe de formation")), _("nom et signature")],
        "committee": [_("Pour le comité national"), _("nom, signature et cachet")],
        "number": _("Numéro"),
        "check": _("Vérifier :"),
        "address": settings.WAGTAILADMIN_BASE_URL.split("://")[-1].rstrip("/") + check,
        "qr": _("Code QR de vérification"),
    }


def _set(text: str) -> str:
    """The apostrophe of print."""
    return text.replace("'", "’")


def _absolute(url_name: str, argument: str) -> str:
    with translation.override(PRINTED_IN):
        path = reverse(url_name, args=[argument])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


@cache
def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
