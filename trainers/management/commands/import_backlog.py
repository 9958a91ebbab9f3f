"""Import old sessions with their lists from a workbook: check, then apply."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts.models import User
from trainers.backlog.report import BacklogReport, OldSessionReport
from trainers.backlog.session_import import BacklogRefused, apply_backlog, check_backlog
from trainers.evidence import EvidenceRefused
from trainers.workbooks import UnreadableWorkbook

STATUSES = {"OPENED": "à ouvrir", "KEPT": "déjà là", "REFUSED": "refusée"}


class Command(BaseCommand):
    help = (
        "Lit un classeur de sessions anciennes (.xlsx, .ods, .xls, .csv) : une session avec sa "
        "liste, ou plusieurs. Sans --apply, vérifie seulement. Avec --apply, ouvre celles qui "
        "n'ont pas d'erreur, à valider. Le même fichier deux fois ne change rien."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="classeur à lire")
        parser.add_argument("--apply", action="store_true", help="enregistre ; sinon vérifie")
        parser.add_argument("--by", default="", help="nom du compte au nom duquel on importe")
        parser.add_argument("--json", action="store_true", help="écrit le rapport en JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        act = apply_backlog if options["apply"] else check_backlog
        path: Path = options["file"]
        try:
            content = path.read_bytes()
        except OSError as error:
            raise CommandError(f"Impossible de lire « {path} » : {error.strerror}.") from error
        try:
            report = act(content=content, name=path.name, by=_account(options["by"]))
        except (BacklogRefused, UnreadableWorkbook, EvidenceRefused) as refusal:
            raise CommandError(str(refusal)) from refusal
        if report.errors:
            raise CommandError(" ".join(report.errors))
        if options["json"]:
            self.stdout.write(json.dumps(report.as_json(), ensure_ascii=False, indent=1))
        else:
            self.stdout.write("\n".join(_lines_of(report)))


def _account(name: str) -> User | None:
    if not name:
        return None
    user = User.objects.filter(username=name).first()
    if user is None:
        raise CommandError(f"Aucun compte ne s'appelle « {name} ».")
    return user


def _lines_of(report: BacklogReport) -> list[str]:
    lines = [line for one in report.sessions for line in _session_lines(one)]
    lines += [f"À noter : {sentence}" for sentence in report.warnings]
    lines.append(f"SHA-256 : {report.sha256}")
    lines.append(
        f"{len(report.opened)} session(s) à ouvrir, {len(report.kept)} déjà là, "
        f"{len(report.refused)} refusée(s) ; {report.persons} participation(s), "
        f"{report.marks} présence(s), {report.bad_rows} ligne(s) refusée(s)."
    )
    if not report.applied:
        lines.append("Vérification seulement : rien n'est écrit. Relancez avec --apply.")
    return lines


def _session_lines(one: OldSessionReport) -> list[str]:
    start = f"Session {one.code or '?'} ({one.title or 'sans intitulé'})"
    lines = [f"{start} : {STATUSES[one.status]}, {one.persons} personne(s)."]
    lines += [f"{start} : {sentence}" for sentence in (*one.errors, *one.warnings)]
    for row in one.rows:
        if row.is_bad:
            lines.append(f"{start}, ligne {row.line} refusée : {' '.join(row.errors)}")
    return lines
