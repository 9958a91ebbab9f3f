"""Import old sessions from a workbook in two steps: check (nothing written), then apply (§3).

Each session is opened with its half-days, its trainers and its list, and waits for validation by
somebody else. A session that is already there stays as it is: the same file twice changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.names import fold
from trainers.attendance.import_report import BAD, DUPLICATE, ReportRow, RowMatch
from trainers.attendance.reference_words import profession_names, usual_professions
from trainers.attendance.rows import (
    AttendanceRow,
    AttendanceSheet,
    merge_duplicates,
    read_attendance,
)
from trainers.backlog.facts import FactReader, SessionFacts
from trainers.backlog.file_people import FilePeople, Found
from trainers.backlog.list_writing import write_old_lists
from trainers.backlog.old_sessions import read_old_file
from trainers.backlog.opening import BacklogRefused, open_old_sessions
from trainers.backlog.report import KEPT, OPENED, REFUSED, BacklogReport, OldSessionReport
from trainers.enums import EvidenceKind
from trainers.evidence import sha256_of
from trainers.models import Evidence, TrainingSession
from trainers.sessions.planning import is_fit_code
from trainers.workbooks import read_sheets

__all__ = ["BacklogRefused", "apply_backlog", "check_backlog"]


@dataclass(frozen=True)
class _Reading:
    """A session read from the file, with whom its rows are."""

    facts: SessionFacts
    found: tuple[Found, ...]
    report: OldSessionReport


def check_backlog(*, content: bytes, name: str, by: User | None = None) -> BacklogReport:
    """Read a file of old sessions and tell what applying it would do; nothing is written.

    `by` is the importer: a focal point opens sessions of its own territory only. Raises
    `trainers.workbooks.UnreadableWorkbook`.
    """
    return _read(content, name, by)[0]


@transaction.atomic
def apply_backlog(*, content: bytes, name: str, by: User | None = None) -> BacklogReport:
    """Open the sessions that have no error, each with its list, or nothing at all.

    Each keeps the file as evidence. Raises `BacklogRefused`, `UnreadableWorkbook`,
    `trainers.evidence.EvidenceRefused`.
    """
    report, readings = _read(content, name, by)
    if report.errors:
        raise BacklogRefused(report.errors)
    if not report.opened and not report.kept:
        raise BacklogRefused([_("Aucune session de ce fichier ne peut être ouverte.")])
    opened = [one for one in readings if one.report.is_opened]
    sessions = open_old_sessions(
        [(one.facts, one.report.title) for one in opened], content=content, name=name, by=by
    )
    lists = [(session, one.found) for session, one in zip(sessions, opened, strict=True)]
    write_old_lists(lists, name=name, by=by)
    return replace(report, applied=True)


def _read(content: bytes, name: str, by: User | None) -> tuple[BacklogReport, list[_Reading]]:
    file = read_old_file(list(read_sheets(content, name=name)))
    sha256 = sha256_of(content)
    reader, people = FactReader(by), FilePeople()
    professions, usual = profession_names(), usual_professions()
    known = _known_codes()
    readings = []
    for old in file.sessions:
        facts = reader.read(old.facts)
        sheet = read_attendance(
            old.rows,
            slots=facts.slots,
            professions=professions,
            territories=reader.names,
            usual_forms=usual,
            is_list_only=True,
            lines=old.lines,
        )
        facts.errors += [*old.errors, *(sheet.sheet_errors if facts.slots else ())]
        status = _status(facts, known)
        found = people.find(merge_duplicates(sheet)) if status == OPENED else ()
        readings.append(_Reading(facts, found, _report(facts, sheet, found, status)))
    return (
        BacklogReport(
            name=name,
            sha256=sha256,
            sessions=tuple(one.report for one in readings),
            errors=file.errors or _refused_without_rows(readings),
            warnings=file.warnings,
        ),
        readings,
    )


def _refused_without_rows(readings: Sequence[_Reading]) -> tuple[str, ...]:
    return () if readings else (_("Ce classeur ne contient aucune ligne sous ses titres."),)


def _known_codes() -> dict[str, tuple[str, bool]]:
    """Title of each session by folded code, and whether an old file opened it."""
    from_file = set(
        Evidence.objects.filter(kind=EvidenceKind.BACKLOG_FILE, session__isnull=False).values_list(
            "session", flat=True
        )
    )
    return {
        code.casefold(): (title, pk in from_file)
        for pk, code, title in TrainingSession.objects.values_list("pk", "code", "title")
    }


def _status(facts: SessionFacts, known: dict[str, tuple[str, bool]]) -> str:
    """Opened, kept or refused; a sentence says why it is not opened."""
    there = known.get(facts.code.casefold())
    if there is not None:
        title, is_from_file = there
        if is_from_file and fold(title) == fold(_title_of(facts)):
            facts.warnings[:] = [
                _("Cette session est déjà là : elle reste telle quelle. Complétez-la sur sa page.")
            ]
            facts.errors.clear()
            return KEPT
        facts.errors.append(
            _("Le code %(code)s est celui d'une autre session : donnez-en un autre.")
            % {"code": facts.code}
        )
    elif facts.code and not is_fit_code(facts.code):
        facts.errors.append(
            _("Le code « %(code)s » ne convient pas : 40 lettres, chiffres ou tirets au plus.")
            % {"code": facts.code}
        )
    elif facts.code:
        known[facts.code.casefold()] = (_title_of(facts), False)
    return REFUSED if facts.errors else OPENED


def _title_of(facts: SessionFacts) -> str:
    return facts.title or (facts.curriculum.title if facts.curriculum else "")


def _report(
    facts: SessionFacts, sheet: AttendanceSheet, found: Sequence[Found], status: str
) -> OldSessionReport:
    by_line = {one.row.line_number: one for one in found}
    marks = sum(len(one.row.present_positions) for one in found)
    warnings = [*facts.warnings]
    if status == OPENED:
        warnings += sheet.warnings
        if not marks:
            warnings.append(
                _("La liste ne dit de personne qu'elle était présente : toutes seront inscrites.")
            )
    return OldSessionReport(
        code=facts.code,
        title=_title_of(facts),
        status=status,
        place=facts.territory.name if facts.territory else "",
        days=facts.starts_on.strftime("%d/%m/%Y") if facts.starts_on else "",
        persons=len(found),
        new_persons=sum(one.is_created_here for one in found),
        marks=marks,
        bad_rows=sheet.bad_rows if status != KEPT else 0,
        errors=tuple(facts.errors),
        warnings=tuple(warnings),
        rows=tuple(_row(row, by_line) for row in sheet.rows) if status != KEPT else (),
    )


def _row(row: AttendanceRow, by_line: dict[int, Found]) -> ReportRow:
    found = by_line.get(row.line_number)
    status = BAD if row.errors else (found.kind.value if found else DUPLICATE)
    return ReportRow(
        line=row.line_number,
        person=f"{row.given_name} {row.family_name}".strip(),
        status=status,
        errors=row.errors,
        warnings=row.warnings,
        match=RowMatch(found.kind.value, found.reason) if found else None,
        marks=len(row.present_positions),
        duplicate_of=row.duplicate_of_line,
    )
