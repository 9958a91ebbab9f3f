"""The counts of one session."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from assessments.management.lookups import session_of
from assessments.session_results import session_summary

LABELS = {
    "persons": "Inscrits",
    "present": "Présents (une demi-journée au moins)",
    "informed": "Informés sans être formés",
    "trained": "Formés",
    "certified": "Certifiés",
    "n_pre": "Copies du pré-test",
    "n_post": "Copies du post-test",
}


class Command(BaseCommand):
    help = (
        "Résume une session : inscrits, présents, informés, formés, certifiés, copies des tests, "
        "et ce qui demande un regard avant la validation."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="code de la session")
        parser.add_argument("--json", action="store_true", help="écrit le résumé en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        session = session_of(options["code"])
        summary = session_summary(session)
        if options["json"]:
            self.stdout.write(json.dumps(summary, ensure_ascii=False, indent=1))
            return
        self.stdout.write(f"{session} ({session.get_state_display()})")
        for name, label in LABELS.items():
            self.stdout.write(f"{label:<40} {summary[name]:>5}")
        for title, name in (("catégorie", "trained_by_category"), ("sexe", "trained_by_sex")):
            cells = ", ".join(f"{code} {count}" for code, count in summary[name].items())
            self.stdout.write(f"Formés par {title} : {cells or 'aucun'}")
        for flag in summary["flags"]:
            self.stdout.write(f"À voir : {flag['sentence']}")
