"""The poster and the slips of the satisfaction form, one A4 page each."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from assessments.models import SatisfactionForm
from assessments.papers.typography import set_french
from assessments.satisfaction.wording import aspect_labels
from courses.printing import compile_pdf
from courses.qr_codes import qr_svg

_FOLDER = Path(__file__).parent
PRINTED_IN = "fr"


def poster_pdf(form: SatisfactionForm) -> bytes:
    """One page to hang or to hand over: the link, its QR code, until when."""
    return compile_pdf(_source("poster.typ"), {"data": json.dumps(_data(form))})


def slips_pdf(form: SatisfactionForm) -> bytes:
    """One page of four slips to photocopy, cut, fill in and put in a box."""
    return compile_pdf(_source("slips.typ"), {"data": json.dumps(_data(form))})


def public_address(form: SatisfactionForm) -> str:
    """The absolute address of the form, in French, without language prefix."""
    with translation.override(PRINTED_IN):
        path = reverse("assessments:satisfaction", args=[form.token])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _data(form: SatisfactionForm) -> dict[str, object]:
    address = public_address(form)
    with translation.override(PRINTED_IN):
        until = date_format(form.closes_on, "j F Y")
        words = {
            "title": _("Votre avis sur cette formation"),
            "lead": _("Quatre questions, une minute, sans votre nom."),
            "how": _("Scannez ce code, ou tapez l'adresse :"),
            "until": _("Ouvert jusqu'au %(day)s.") % {"day": until},
            "promise": _(
                "Aucun nom, aucune heure n'est gardé. Les résultats ne se montrent qu'à partir de "
                "cinq réponses."
            ),
            "scale": _("1 = pas du tout, 5 = tout à fait. Entourez un chiffre par ligne."),
            "remark": _("Une remarque (facultatif) :"),
            "box": _("Pliez et mettez dans la boîte. N'écrivez pas votre nom."),
            "qr": _("Code QR du questionnaire"),
            "author": _("Comité national de lutte contre la traite des personnes"),
            "demo": _("Démonstration : données fictives") if form.session.is_demo else "",
        }
        aspects = [set_french(str(label)) for label in aspect_labels().values()]
    return {
        "words": {name: set_french(text) for name, text in words.items()},
        "aspects": aspects,
        "session": form.session.code,
        "course": set_french(form.session.title),
        "address": address.split("://")[-1],
        "qr": qr_svg(address),
    }


@cache
def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
