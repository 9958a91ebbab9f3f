"""Import an attendance workbook into a session: check, then apply."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.matching import MatchKind
from trainers.attendance.import_report import DUPLICATE, AttendanceReport, ReportRow
from trainers.attendance.sheet_import import AttendanceRefused, apply_attendance, check_attendance
from trainers.evidence import EvidenceRefused
from trainers.models import TrainingSession
from trainers.sessions.lock import SessionClosed
from trainers.workbooks import MAX_BYTES, UnreadableWorkbook

STATUSES = {
    MatchKind.NEW.value: "nouvelle personne",
    MatchKind.SAME.value: "personne connue",
    MatchKind.POSSIBLE.value: "peut-être connue",
    DUPLICATE: "en double",
}


class Command(BaseCommand):
    help = (
        "Lit une feuille de présence (.xlsx, .ods, .xls, .csv). Sans --apply, vérifie seulement : "
        "erreurs ligne par ligne, doublons, personnes reconnues, totaux. Avec --apply, enregistre "
        "les bonnes lignes d'un seul bloc. Le même fichier deux fois ne change rien."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="classeur à lire")
        parser.add_argument("--session", required=True, help="code de la session")
        parser.add_argument("--apply", action="store_true", help="enregistre ; sinon vérifie")
        parser.add_argument(
            "--list-only", action="store_true", help="liste d'inscrits, sans demi-journée"
        )
        parser.add_argument("--json", action="store_true", help="écrit le rapport en JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        session = TrainingSession.objects.filter(code=options["session"]).first()
        if session is None:
            raise CommandError(f"Aucune session ne porte le code « {options['session']} ».")
        content = _content_of(options["file"])
        act = apply_attendance if options["apply"] else check_attendance
        try:
            report = act(
                session=session,
                content=content,
                name=options["file"].name,
                is_list_only=options["list_only"],
            )
        except (AttendanceRefused, UnreadableWorkbook, SessionClosed, EvidenceRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        if report.errors:
            raise CommandError(" ".join(report.errors))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self._print(report)

    def _print(self, report: AttendanceReport) -> None:
        for row in report.rows:
            for line in _lines_of(row):
                self.stdout.write(line)
        for sentence in (*report.warnings, *report.differences):
            self.stdout.write(f"À noter : {sentence}")
        self.stdout.write(
            f"{report.rows_in_file} ligne(s) : {report.persons} personne(s), "
            f"{report.duplicate_rows} en double, {report.bad_rows} refusée(s). "
            f"{report.new_persons} nouvelle(s), {report.matched_persons} connue(s). "
            f"{report.marks} présence(s), dont {report.new_marks} nouvelle(s)."
        )
        self.stdout.write(f"SHA-256 : {report.sha256}")
        self.stdout.write(_outcome(report))


def _outcome(report: AttendanceReport) -> str:
    if report.already_applied:
        return f"Ce fichier est déjà appliqué à la session {report.session} : rien n'a changé."
    if report.applied:
        return f"Import appliqué à la session {report.session}."
    return "Vérification seulement : rien n'est écrit. Relancez avec --apply pour enregistrer."


def _lines_of(row: ReportRow) -> list[str]:
    """What is worth reading of a row: its refusals, its doubts, whom it was matched with."""
    start = f"Ligne {row.line}"
    if row.is_bad:
        return [f"{start} refusée ({row.person or 'sans nom'}) : {' '.join(row.errors)}"]
    told = [f"{start} ({row.person}) : {warning}" for warning in row.warnings]
    if row.duplicate_of is not None:
        told.append(f"{start} ({row.person}) : en double de la ligne {row.duplicate_of}.")
    if row.match is not None:
        names = ", ".join(row.match.persons)
        told.append(f"{start} ({row.person}) : {STATUSES[row.status]}, {names}. {row.match.reason}")
    return told


def _content_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CommandError(f"« {path.name} » dépasse 20 Mo.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"Impossible de lire « {path} » : {error.strerror}.") from error
