"""The list of people to call, as a PDF to write on and as text for a spreadsheet."""

import json
from collections.abc import Sequence
from pathlib import Path

from django.utils.translation import gettext as _

from courses.printing import compile_pdf
from trainers.models import PhoneCheck, TrainingSession
from trainers.oversight.call_sheet_rows import call_row
from trainers.sessions.tabs import days_of
from trainers.table_files import csv_bytes

_SOURCE = Path(__file__).parent / "call_sheet.typ"


def call_sheet_pdf(session: TrainingSession, checks: Sequence[PhoneCheck]) -> bytes:
    """Return the A4 sheet of one session: boxes to tick for what each person says."""
    seed = checks[0].seed if checks else None
    sheet = {
        "title": _("Appels de vérification"),
        "session": session.code,  # the sheet lies about: numbers, and never the subject
        "days": f"{days_of(session)}, {session.territory.name}",
        "seed": _("Graine du tirage : %(seed)s") % {"seed": seed} if seed is not None else "",
        "question": _(
            "« Bonjour, avez-vous participé à la formation tenue %(days)s ? » Ne dites ni le sujet "
            "de la formation, ni le nom d'un autre participant."
        )
        % {"days": days_of(session)},
        "headings": [_("Personne"), _("Téléphone"), _("Réponse"), _("Note")],
        "answers": [_("confirme"), _("pas venue"), _("autre personne"), _("injoignable")],
        "caller": _("Appelé par, le :"),
        "rows": [call_row(check) for check in checks],
    }
    return compile_pdf(_SOURCE.read_text(encoding="utf-8"), {"sheet": json.dumps(sheet)})


def call_sheet_csv(checks: Sequence[PhoneCheck]) -> bytes:
    """Return the list in UTF-8 with semicolons; a number keeps its apostrophe, to stay a text."""
    headings = [
        _("Session"), _("Personne"), _("Téléphone"), _("Profession"), _("Structure"), _("Réponse"),
        _("Note"),
    ]  # fmt: skip
    names = ("session", "name", "phone", "profession", "organization", "result", "note")
    rows = [call_row(check) for check in checks]
    return csv_bytes([headings, *([row[name] for name in names] for row in rows)])
