"""The PDFs of a test on paper: copies, answer sheets, key. A4, black on white."""

import json
from functools import cache
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from assessments.papers.content import (
    PRINTED_IN,
    SPARE_COPIES,
    copies_to_print,
    distinct_forms,
    form_mark,
    heading,
    printed_items,
    typing_address,
)
from assessments.papers.typography import set_french
from courses.printing import compile_pdf
from courses.qr_codes import qr_svg
from trainers.models import TrainingSession

_FOLDER = Path(__file__).parent


def question_papers(
    session: TrainingSession,
    occasion: str,
    *,
    spare: int = SPARE_COPIES,
    is_two_sided: bool = False,
) -> bytes:
    """Return one PDF: a copy for each participant in the order of the list, then spare ones.

    `is_two_sided` ends a copy of an odd number of pages with a blank one, so that no sheet holds
    the questions of two people. Raises `assessments.papers.content.NothingToPrint`.
    """
    copies = copies_to_print(session, occasion, spare=spare)
    data = {
        "heading": heading(session, occasion),
        "forms": {str(one.pk): printed_items(one) for one in distinct_forms(copies)},
        "copies": [
            {
                "form": str(copy.form.pk),
                "mark": form_mark(copy.form),
                "name": copy.name,
                "code": copy.code,
                "rank": copy.rank,
            }
            for copy in copies
        ],
        "two_sided": is_two_sided,
        "words": _words(),
    }
    return compile_pdf(_source("booklet.typ"), {"data": json.dumps(data)})


def answer_sheets(session: TrainingSession, occasion: str, *, spare: int = SPARE_COPIES) -> bytes:
    """Return one PDF with one page for each copy: a line of boxes for each question.

    Raises `assessments.papers.content.NothingToPrint`.
    """
    copies = copies_to_print(session, occasion, spare=spare)
    forms = {
        one.pk: [
            {
                "number": item["number"],
                "letters": "" if item["is_withdrawn"] else item["letters"],
            }
            for item in printed_items(one)
        ]
        for one in distinct_forms(copies)
    }
    sheets = [
        {
            "items": forms[copy.form.pk],
            "mark": form_mark(copy.form),
            "form_code": copy.form.code,
            "name": copy.name,
            "code": copy.code,
            "rank": copy.rank,
            "qr": qr_svg(typing_address(session, occasion, copy)),
        }
        for copy in copies
    ]
    data = {"heading": heading(session, occasion), "sheets": sheets, "words": _words()}
    return compile_pdf(_source("answer_sheet.typ"), {"data": json.dumps(data)})


def correction_key(session: TrainingSession, occasion: str) -> bytes:
    """Return the key of each form of a test, a page each or more.

    The caller has asked `assessments.test_closing.key_refusal`. Raises NothingToPrint.
    """
    copies = copies_to_print(session, occasion, spare=1)
    forms = [
        {"mark": form_mark(one), "code": one.code, "items": printed_items(one, with_key=True)}
        for one in distinct_forms(copies)
    ]
    data = {"heading": heading(session, occasion), "forms": forms, "words": _words()}
    return compile_pdf(_source("key.typ"), {"data": json.dumps(data)})


def _words() -> dict[str, str]:
    with translation.override(PRINTED_IN):
        words = {
            "form": _("Formulaire"),
            "name": _("Nom et prénom"),
            "code": _("Code"),
            "row": _("N° sur la liste"),
            "page": _("page"),
            "how": _(
                "Une seule réponse par question : entourez sa lettre. Pour changer d'avis, barrez "
                "la lettre et entourez l'autre. Une question sans réponse compte comme fausse. "
                "Ce test ne sert qu'à mesurer la formation ; il n'y a pas de classement."
            ),
            "how_sheet": _(
                "Une seule case par question. Cochez d'une croix qui remplit la case. Pour changer "
                "d'avis, noircissez toute la case fausse et cochez l'autre."
            ),
            "withdrawn": _("Question retirée : ne répondez pas."),
            "withdrawn_short": _("retirée"),
            "end": _("Fin du test. Vérifiez que chaque question a une réponse, puis rendez tout."),
            "corrector": _("Pour la saisie :"),
            "qr": _("Code QR vers l'écran de saisie"),
            "author": _("Comité national de lutte contre la traite des personnes"),
            "key": _("Corrigé"),
            "secret": _(
                "Réservé à l'équipe de formation. Les mêmes questions servent à d'autres "
                "sessions : ne laissez pas ce corrigé dans la salle."
            ),
            "right": _("Réponse"),
        }
        return {name: set_french(text) for name, text in words.items()}


@cache
def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
