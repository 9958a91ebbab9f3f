"""Import a file of questions into a bank, and freeze a test form of them."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.management.lookups import content_of
from assessments.question_import import (
    FORMATS,
    QuestionImportReport,
    QuestionsRefused,
    import_questions,
)
from assessments.question_text import UnreadableText, decode_question_file


class Command(BaseCommand):
    help = (
        "Importe les questions d'un fichier (GIFT : choix unique et vrai ou faux ; Aiken) dans une "
        "banque, créée si elle manque. Tout le fichier, ou rien ; le même fichier deux fois ne "
        "change rien. --form fige aussi un formulaire de test de ces questions, dans l'ordre du "
        "fichier."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="fichier de questions")
        parser.add_argument(
            "--format", choices=FORMATS, default="auto", help="auto (reconnu) par défaut"
        )
        parser.add_argument("--bank", required=True, help="code de la banque de questions")
        parser.add_argument("--form", help="code du formulaire de test à figer")
        parser.add_argument("--dry-run", action="store_true", help="vérifie sans rien écrire")
        parser.add_argument("--json", action="store_true", help="écrit le rapport en JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        content = content_of(options["file"])
        try:
            report = import_questions(
                text=decode_question_file(content),
                format=options["format"],
                bank_code=options["bank"],
                form_code=options["form"],
                dry_run=options["dry_run"],
            )
        except UnreadableText as refusal:
            raise CommandError(str(refusal)) from refusal
        except QuestionsRefused as refusal:
            for note in refusal.notes[1:]:
                self.stderr.write(f"Ligne {note.line} : {note.sentence}")
            raise CommandError(str(refusal)) from refusal
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(report), ensure_ascii=False, indent=1))
        else:
            self._print(report)

    def _print(self, report: QuestionImportReport) -> None:
        for note in report.ignored:
            self.stdout.write(f"Ligne {note.line} : {note.sentence}")
        self.stdout.write(
            f"Banque {report.bank_code} ({report.format}) : {report.read} question(s) lue(s), "
            f"{report.created} nouvelle(s), {report.unchanged} déjà connue(s)."
        )
        if report.form_code:
            done = "peut être figé" if report.is_dry_run else "figé"
            self.stdout.write(f"Formulaire {report.form_code} {done} : {report.read} question(s).")
        if report.is_dry_run:
            self.stdout.write("Vérification seulement : rien n'est écrit.")


def _as_json(report: QuestionImportReport) -> dict[str, Any]:
    return {
        "format": report.format,
        "bank": report.bank_code,
        "form": report.form_code or None,
        "questions": report.read,
        "created": report.created,
        "unchanged": report.unchanged,
        "ignored": [{"line": note.line, "sentence": note.sentence} for note in report.ignored],
        "dry_run": report.is_dry_run,
    }
