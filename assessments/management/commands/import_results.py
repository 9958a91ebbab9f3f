"""Import a workbook of paper tests into a session: check, then apply."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.attempts import CopyRefused
from assessments.management.lookups import OCCASIONS, content_of, form_of, session_of
from assessments.results_import import (
    ResultsRefused,
    ResultsReport,
    apply_results,
    check_results,
)
from trainers.evidence import EvidenceRefused
from trainers.workbooks import UnreadableWorkbook


class Command(BaseCommand):
    help = (
        "Lit un classeur de copies sur papier (.xlsx, .ods, .xls, .csv). Les lettres sont les "
        "choix dans l'ordre figé du formulaire. Sans --apply, vérifie seulement : erreurs ligne "
        "par ligne, personnes reconnues. Avec --apply, enregistre les bonnes lignes d'un seul "
        "bloc. Le même fichier deux fois ne change rien."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="classeur à lire")
        parser.add_argument("--session", required=True, help="code de la session")
        parser.add_argument("--form", required=True, help="code du formulaire de test")
        parser.add_argument(
            "--occasion", required=True, choices=sorted(OCCASIONS), help="avant ou après"
        )
        parser.add_argument("--apply", action="store_true", help="enregistre ; sinon vérifie")
        parser.add_argument("--json", action="store_true", help="écrit le rapport en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        act = apply_results if options["apply"] else check_results
        try:
            report = act(
                session=session_of(options["session"]),
                form=form_of(options["form"]),
                occasion=OCCASIONS[options["occasion"]],
                content=content_of(options["file"]),
                name=options["file"].name,
            )
        except (ResultsRefused, CopyRefused, UnreadableWorkbook, EvidenceRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        if report.errors:
            raise CommandError(" ".join(report.errors))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._print(report)

    def _print(self, report: ResultsReport) -> None:
        for row in report.bad_rows:
            name = row.written_name or "sans nom"
            self.stdout.write(f"Ligne {row.line} refusée ({name}) : {' '.join(row.errors)}")
        for row in report.rows:
            if row.participation and row.written_name != row.person:
                self.stdout.write(f"Ligne {row.line} ({row.written_name}) : {row.person}.")
        for sentence in report.warnings:
            self.stdout.write(f"À noter : {sentence}")
        self.stdout.write(
            f"{report.sheet.rows_in_file} ligne(s) : {len(report.new_rows)} copie(s) nouvelle(s), "
            f"{len(report.same_rows)} déjà connue(s), {len(report.bad_rows)} refusée(s)."
        )
        self.stdout.write(f"SHA-256 : {report.sha256}")
        if report.applied:
            self.stdout.write(f"{report.recorded} copie(s) enregistrée(s).")
        else:
            self.stdout.write(
                "Vérification seulement : rien n'est écrit. Relancez avec --apply pour enregistrer."
            )
