"""The attendance sheet to print and sign, and the badges with each participant's code."""

import json
from functools import cache
from pathlib import Path

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Territory
from accounts.phones import MALI, MALI_DIGITS
from courses.printing import compile_pdf
from courses.qr_codes import qr_svg
from trainers.attendance.short_codes import short_code
from trainers.enums import SessionRole
from trainers.models import Participation, SessionSlot, SessionTrainer, TrainingSession
from trainers.sessions.tabs import days_of

PRINTED_IN = "fr"
BLANK_ROWS = 5  # for people who come without being on the list
MOST_BOXES = 6  # half-days side by side: a signature needs 14 mm
_FOLDER = Path(__file__).parent


def sheet_people(session: TrainingSession) -> list[Participation]:
    """The participants in the order of the sheet, which is that of the typing screen too."""
    return list(
        Participation.objects.filter(session=session)
        .select_related("person", "organization", "profession", "territory__parent")
        .order_by("person__family_name", "person__given_name", "pk")
    )


def attendance_sheet(session: TrainingSession) -> bytes:
    """Return the PDF: A4 landscape, a box per half-day to sign in, blank rows for walk-ins."""
    slots = list(session.slots.order_by("position"))
    groups = [slots[at : at + MOST_BOXES] for at in range(0, len(slots), MOST_BOXES)] or [[]]
    with translation.override(PRINTED_IN):
        data = {
            "head": _head(session),
            "words": _words(),
            "groups": [[_box(slot) for slot in group] for group in groups],
            "people": [_row(rank, one) for rank, one in enumerate(sheet_people(session), start=1)],
            "blanks": BLANK_ROWS,
        }
    return compile_pdf(
        _source("sheet.typ"),
        {"data": json.dumps(data), "qr": qr_svg(_address_of(session), light="#fff")},
    )


def badge_sheet(session: TrainingSession) -> bytes:
    """Return the PDF of the badges: A4, ten a page, to cut out."""
    with translation.override(PRINTED_IN):
        data = {
            "title": _("Badges de la session %(code)s") % {"code": session.code},
            "session": _short(session.title, 70),
            "code": session.code,
            "days": days_of(session),
            "demo": _demo(),
            "people": [
                {
                    "name": _short(str(one.person), 48),
                    "place": _short(str(one.organization or ""), 48),
                    "code": short_code(one.pk),
                    "qr": qr_svg(short_code(one.pk), light="#fff"),
                }
                for one in sheet_people(session)
            ],
        }
    return compile_pdf(_source("badges.typ"), {"data": json.dumps(data)})


def _head(session: TrainingSession) -> dict[str, str]:
    staff = (
        SessionTrainer.objects.filter(session=session)
        .exclude(role=SessionRole.OBSERVER)
        .select_related("trainer__person")
        .order_by("-role", "trainer__person__family_name")
    )
    names = ", ".join(str(one.trainer.person) for one in staff)
    place = ", ".join(part for part in (session.venue, session.territory.name) if part)
    return {
        "title": _short(session.title, 110),
        "code": session.code,
        "days": days_of(session),
        "place": _short(place, 90),
        "trainers": _short(names, 120),
        "demo": _demo(),
    }


def _words() -> dict[str, object]:
    return {
        "sheet": _("Feuille d'émargement"),
        "issuer": _("Comité national de coordination de la lutte contre la traite des personnes"),
        "days": _("Dates"),
        "place": _("Lieu"),
        "trainers": _("Formateurs"),
        "qr": _("Code QR vers la page de la session"),
        "columns": [
            _("N°"),
            _("Code"),
            _("Prénom et nom"),
            _("Sexe"),
            _("Structure"),
            _("Profession"),
            _("Région"),
            _("Téléphone"),
        ],
        "sign": _(
            "Chacun signe dans la case de chaque demi-journée où il est là. "
            "Une case vide vaut absence : barrez-la."
        ),
        "signatures": [
            _("Le formateur principal : nom, date et signature"),
            _("Un second témoin de l'appel : nom, date et signature"),
        ],
        "page": _("page"),
    }


def _box(slot: SessionSlot) -> list[str]:
    return [str(slot), date_format(slot.held_on, "d/m/Y")]


def _row(rank: int, one: Participation) -> list[str]:
    return [
        str(rank),
        short_code(one.pk),
        _short(str(one.person), 50),
        one.sex,
        _short(str(one.organization or ""), 44),
        _short(str(one.profession or ""), 36),
        _short(_region(one.territory), 26),
        _local(one.person.phone),
    ]


def _region(territory: Territory | None) -> str:
    if territory is None:
        return ""
    is_cercle = territory.parent is not None and territory.parent.parent_id is not None
    return territory.parent.name if is_cercle and territory.parent else territory.name


def _local(phone: str) -> str:
    """« 76 00 00 01 » for Mali, as people write it; another country keeps its code."""
    digits = phone.removeprefix(MALI)
    if digits == phone or len(digits) != MALI_DIGITS:
        return phone
    return " ".join(digits[at : at + 2] for at in range(0, MALI_DIGITS, 2))


def _short(text: str, most: int) -> str:
    """Two lines at most in its column."""
    cleaned = " ".join(text.replace("'", "’").split())
    return cleaned if len(cleaned) <= most else f"{cleaned[: most - 1].rstrip()}…"


def _demo() -> str:
    return _("Démonstration : personnes et données fictives") if settings.IS_DEMO else ""


def _address_of(session: TrainingSession) -> str:
    with translation.override(PRINTED_IN):
        path = reverse("trainers:session", args=[session.code])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


@cache
def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
