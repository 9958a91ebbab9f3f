"""The one-page sheet of an event, to fill in by hand and to type later: black on white, A4."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from courses.printing import compile_pdf
from courses.qr_codes import qr_svg
from trainers.enums import AwarenessTheme, EventKind, Language, Sector
from trainers.models import AwarenessEvent

_SOURCE = Path(__file__).parent / "event_sheet.typ"


def blank_sheet() -> bytes:
    """A sheet for any event: every fact is a box or a line."""
    return _print({"code": "", "place": "", "day": "", "question": "", "answer": ""}, {})


def sheet_of_event(event: AwarenessEvent, *, addresses: tuple[str, str] | None = None) -> bytes:
    """A sheet with what is known already; `addresses` of the short form are drawn as QR codes."""
    known = {
        "code": event.code,
        "place": ", ".join(part for part in (event.place, event.territory.name) if part),
        "day": date_format(event.held_on, "d/m/Y"),
        "question": event.poll_question,
        "answer": event.poll_answer,
    }
    codes = {}
    if addresses is not None:
        codes = {"before": qr_svg(addresses[0]), "after": qr_svg(addresses[1])}
    return _print(known, codes)


def _print(known: dict[str, str], codes: dict[str, str]) -> bytes:
    with translation.override("fr"):
        data = {**known, "words": _words(), "has_codes": bool(codes)}
    inputs = {"data": json.dumps(data)}
    if codes:
        inputs |= codes
    return compile_pdf(_source(), inputs)


def screen_code(address: str, title: str) -> SafeString:
    """The QR code of an address, to show on a phone that others scan: SVG, white behind."""
    return mark_safe(qr_svg(address, quiet=3, scale=5, light="#fff", title=title))  # noqa: S308 drawn by us


@cache
def _source() -> str:
    return _SOURCE.read_text(encoding="utf-8")


def _words() -> dict[str, Any]:
    return {
        "title": _("Fiche d'une action de sensibilisation"),
        "author": _("Comité national de lutte contre la traite des personnes"),
        "lead": _("Remplissez sur place, puis recopiez dans la plateforme : menu Actions."),
        "code": _("Code (donné par la plateforme)"),
        "day": _("Date"),
        "place": _("Village, quartier ou salle, cercle, région"),
        "held_by": _("Animée par (nom et prénom)"),
        "kind": _("Nature de l'action"),
        "kinds": [str(label) for label in EventKind.labels],
        "sector": _("Secteur, pour une rencontre"),
        "sectors": [str(label) for label in Sector.labels],
        "theme": _("Thème"),
        "themes": [str(label) for label in AwarenessTheme.labels],
        "language": _("Langue"),
        "languages": [str(label) for label in Language.labels],
        "people": _("Personnes présentes (comptez, n'estimez pas)"),
        "bands": [_("18 ans et plus"), _("Moins de 18 ans"), _("Âge non renseigné"), _("Total")],
        "sexes": [
            _("Femmes et filles"),
            _("Hommes et garçons"),
            _("Non renseigné"),
            _("Total"),
        ],
        "poll": _("Question à main levée, sans noter de nom (facultatif)"),
        "question": _("Question posée"),
        "answer": _("Bonne réponse"),
        "answers": [_("Oui"), _("Non")],
        "moments": [_("Avant"), _("Après")],
        "counts": [_("Mains levées en tout"), _("Réponses justes")],
        "codes": [_("Répondre avant"), _("Répondre après")],
        "proof": _(
            "Joignez une photo du groupe ou cette fiche signée : sans elle, l'action ne compte pas."
        ),
        "signatures": [
            _("L'animateur (nom, signature)"),
            _("Le chef de village ou son représentant (nom, signature)"),
        ],
    }
