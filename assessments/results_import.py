"""Import a workbook of paper tests in two steps: check (nothing written), then apply (domain §3).

Checking lists every row with its errors and the person it was matched with. Applying records the
good rows in one transaction; the same file twice changes nothing. The file is kept with its
checksum.
"""

from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from assessments.attempts import PaperCopy, is_same_copy, record_paper_copies
from assessments.enums import Occasion
from assessments.form_key import form_key
from assessments.models import Attempt, TestForm
from assessments.participant_finder import ParticipantFinder, ParticipantUnknown
from assessments.result_rows import ResultRow, ResultSheet, read_results
from trainers.enums import EntrySource, EvidenceKind
from trainers.evidence import sha256_of, store_evidence
from trainers.models import Participation, TrainingSession
from trainers.sessions.lock import lock_session
from trainers.workbooks import read_sheets

NEW, SAME, BAD = "NEW", "SAME", "BAD"


class ResultsRefused(ValueError):
    """Nothing of this file can be applied; the text is one or more French sentences."""


@dataclass(frozen=True)
class CheckedRow:
    """One copy of the file: whose it is, and what applying does with it.

    `status` is NEW, SAME (already recorded, or twice in the file) or BAD.
    """

    row: ResultRow
    participation: Participation | None
    status: str
    errors: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        return self.row.line_number

    @property
    def written_name(self) -> str:
        return f"{self.row.given_name} {self.row.family_name}".strip()

    @property
    def person(self) -> str:
        """The participant's name, or else the name as written."""
        return str(self.participation.person) if self.participation else self.written_name

    def as_json(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "written_name": self.written_name,
            "person": str(self.participation.person) if self.participation else None,
            "status": self.status.lower(),
            "errors": list(self.errors),
        }


@dataclass(frozen=True)
class ResultsReport:
    """The outcome of a check or of an import, the same figures in both.

    `recorded` counts the copies that this call wrote; `errors` refuse the whole sheet.
    """

    session: TrainingSession
    form: TestForm
    occasion: str
    name: str
    sha256: str
    sheet: ResultSheet
    rows: tuple[CheckedRow, ...]
    warnings: tuple[str, ...] = ()
    applied: bool = False
    recorded: int = 0

    @property
    def errors(self) -> tuple[str, ...]:
        return self.sheet.sheet_errors

    @property
    def new_rows(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.status == NEW]

    @property
    def same_rows(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.status == SAME]

    @property
    def bad_rows(self) -> list[CheckedRow]:
        return [row for row in self.rows if row.status == BAD]

    def as_json(self) -> dict[str, Any]:
        """Plain values with the stable names of docs/indicators.md."""
        return {
            "session": self.session.code,
            "form": self.form.code,
            "occasion": self.occasion,
            "sha256": self.sha256,
            "rows_in_file": self.sheet.rows_in_file,
            "matched_rows": sum(row.participation is not None for row in self.rows),
            "new_copies": len(self.new_rows),
            "unchanged_copies": len(self.same_rows),
            "bad_rows": len(self.bad_rows),
            "applied": self.applied,
            "recorded": self.recorded,
            "rows": [row.as_json() for row in self.rows],
            "errors": list(self.errors),
            "warnings": list(self.warnings),
        }


def check_results(
    *, session: TrainingSession, form: TestForm, occasion: str, content: bytes, name: str
) -> ResultsReport:
    """Read a workbook against a session and a form; nothing is written.

    Letters are the choices in the form's frozen order. Of two different copies of one person in the
    file, the first stands and the second is an error. Raises trainers.workbooks.UnreadableWorkbook.
    """
    sha256 = sha256_of(content)
    checker = _RowChecker(session, form, occasion)
    sheet = _refused_without_list(_sheet_of(form, content, name), checker.finder)
    return ResultsReport(
        session=session,
        form=form,
        occasion=occasion,
        name=name,
        sha256=sha256,
        sheet=sheet,
        rows=tuple(checker.check(row) for row in sheet.rows),
        warnings=(
            *_other_test_warnings(session, occasion, sha256),
            *_parallel_warnings(session, form, occasion),
        ),
    )


@transaction.atomic
def apply_results(
    *,
    session: TrainingSession,
    form: TestForm,
    occasion: str,
    content: bytes,
    name: str,
    by: User | None = None,
) -> ResultsReport:
    """Record the good rows and keep the file as evidence; bad rows are left out and told.

    Raises ResultsRefused when the sheet cannot be read as results or holds no good row,
    UnreadableWorkbook, trainers.evidence.EvidenceRefused, and assessments.attempts.CopyRefused when
    the session no longer changes.
    """
    locked = lock_session(session)
    report = check_results(session=locked, form=form, occasion=occasion, content=content, name=name)
    if report.errors:
        raise ResultsRefused(" ".join(report.errors))
    if not report.new_rows and not report.same_rows:
        raise ResultsRefused(_("Aucune ligne de ce fichier ne peut être importée."))
    evidence = store_evidence(
        kind=EvidenceKind.RESULTS_FILE, content=content, name=name, session=locked, by=by
    )
    written = record_paper_copies(
        copies=[
            PaperCopy(checked.participation, checked.row.responses)
            for checked in report.new_rows
            if checked.participation
        ],
        form=form,
        occasion=occasion,
        source=EntrySource.IMPORT,
        by=by,
        evidence=evidence,
    )
    return replace(report, applied=True, recorded=len(written.recorded))


class _RowChecker:
    """Decides what becomes of each row, one after the other: the first copy of a person stands."""

    def __init__(self, session: TrainingSession, form: TestForm, occasion: str) -> None:
        self.form = form
        self.finder = ParticipantFinder(session)
        copies = Attempt.objects.submitted().filter(
            participation__session=session, occasion=occasion
        )
        self.recorded = {attempt.participation_id: attempt for attempt in copies}
        self.first_of: dict[int, ResultRow] = {}

    def check(self, row: ResultRow) -> CheckedRow:
        if row.errors:
            return CheckedRow(row, None, BAD, row.errors)
        try:
            participation = self.finder.find(row)
        except ParticipantUnknown as doubt:
            return CheckedRow(row, None, BAD, (str(doubt),))
        status, errors = self._compare(row, participation.pk)
        self.first_of.setdefault(participation.pk, row)
        return CheckedRow(row, participation, status, errors)

    def _compare(self, row: ResultRow, participation_id: int) -> tuple[str, tuple[str, ...]]:
        first = self.first_of.get(participation_id)
        if first is not None and first.responses != row.responses:
            sentence = _("Autre copie de la même personne que la ligne %(line)s, différente.")
            return BAD, (sentence % {"line": first.line_number},)
        known = self.recorded.get(participation_id)
        if known and not is_same_copy(known, form=self.form, responses=row.responses):
            return BAD, (_("Copie déjà enregistrée, différente."),)
        return (SAME, ()) if known or first is not None else (NEW, ())


def _sheet_of(form: TestForm, content: bytes, name: str) -> ResultSheet:
    """The first sheet that holds results, or else what is wrong with the nearest to it."""
    key = form_key(form)
    nearest: ResultSheet | None = None
    for rows in read_sheets(content, name=name):
        sheet = read_results(
            rows, item_count=len(key), letters_per_item=[len(letters) for letters in key.letters]
        )
        if not sheet.sheet_errors:
            return sheet
        if nearest is None or (nearest.header_line is None and sheet.header_line is not None):
            nearest = sheet
    return nearest or ResultSheet(sheet_errors=(_("Ce classeur est vide."),))


def _refused_without_list(sheet: ResultSheet, finder: ParticipantFinder) -> ResultSheet:
    """A session without anybody enrolled has nobody to give a copy to."""
    if sheet.sheet_errors:
        return sheet
    if not sheet.rows:
        sentence = _("Ce classeur ne contient aucune ligne sous ses titres.")
        return replace(sheet, sheet_errors=(sentence,))
    if finder.has_people:
        return sheet
    sentence = _("Cette session n'a aucun inscrit : importez d'abord la feuille de présence.")
    return replace(sheet, rows=(), sheet_errors=(sentence,))


def _other_test_warnings(session: TrainingSession, occasion: str, sha256: str) -> tuple[str, ...]:
    """The same workbook for both tests is a slip of the hand."""
    others = (
        Attempt.objects.filter(participation__session=session, evidence__sha256=sha256)
        .exclude(occasion=occasion)
        .values_list("occasion", flat=True)
        .distinct()
    )
    return tuple(
        _("Ce classeur est déjà enregistré pour un autre test : %(other)s. Vérifiez lequel c'est.")
        % {"other": Occasion(other).label}
        for other in sorted(others)
    )


def _parallel_warnings(session: TrainingSession, form: TestForm, occasion: str) -> tuple[str, ...]:
    others = (
        Attempt.objects.filter(participation__session=session)
        .exclude(occasion=occasion)
        .exclude(form__parallel_group=form.parallel_group)
        .values_list("form__code", flat=True)
        .distinct()
    )
    return tuple(
        _("Le formulaire %(form)s n'est pas parallèle à %(other)s : aucun gain ne sera montré.")
        % {"form": form.code, "other": other}
        for other in sorted(others)
    )
