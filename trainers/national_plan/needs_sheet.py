"""The survey on paper: one page to photocopy, with the link and its QR code for who has a phone."""

import json
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import ProfessionCategory
from courses.models import Topic
from courses.printing import compile_pdf
from courses.qr_codes import qr_svg
from trainers.models import NeedsSurvey

_SOURCE = Path(__file__).parent / "needs_sheet.typ"


def usefulness_words() -> list[str]:
    """What the five answers on usefulness say, from 1."""
    return [
        _("pas utile dans mon travail"),
        _("rarement utile"),
        _("parfois utile"),
        _("souvent utile"),
        _("utile chaque jour"),
    ]


def ease_words() -> list[str]:
    """What the five answers on ease say, from 1."""
    return [
        _("je ne sais pas faire"),
        _("je débute"),
        _("je fais avec de l'aide"),
        _("je fais seul"),
        _("je peux l'expliquer aux autres"),
    ]


def needs_sheet(survey: NeedsSurvey, address: str) -> bytes:
    """Return the PDF of a survey; `address` is the public form's, in full."""
    data = {
        "title": survey.title,
        "author": _("Comité national de lutte contre la traite des personnes"),
        "language": get_language() or "fr",
        "intro": _(
            "De quelles formations avez-vous besoin ? Cinq minutes suffisent. Cette feuille est "
            "anonyme : n'écrivez pas votre nom."
        ),
        "online": address.removeprefix("https://").removeprefix("http://"),
        "qr_alt": _("Code QR vers l'enquête en ligne"),
        "category_label": _("Vous êtes :"),
        "categories": list(
            ProfessionCategory.objects.order_by("position", "code").values_list("name", flat=True)
        ),
        "territory_label": _("Région où vous travaillez :"),
        "day_label": _("Date :"),
        "topic_label": _("Thème"),
        "usefulness_label": _("Utile à mon travail ?"),
        "ease_label": _("À l'aise aujourd'hui ?"),
        "topics": list(Topic.objects.order_by("pk").values_list("name", flat=True)),
        "scales": [
            {"label": _("Utile à mon travail ?"), "words": usefulness_words()},
            {"label": _("À l'aise aujourd'hui ?"), "words": ease_words()},
        ],
        "outro": _(
            "Cochez une case par question ; laissez vide un thème que vous ne connaissez pas. "
            "Rendez la feuille au formateur ou au point focal."
        ),
    }
    return compile_pdf(
        _SOURCE.read_text(encoding="utf-8"), {"data": json.dumps(data), "qr": qr_svg(address)}
    )
