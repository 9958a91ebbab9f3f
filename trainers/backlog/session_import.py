"""Import old sessions from a workbook in two steps: check (nothing written), then apply (§3).

Each session is opened with its half-days, its trainers and its list, and waits for validation by
somebody else. A session that is already there stays as it is: the same file twice changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.matching import Candidate, MatchKind, PersonIndex, SoughtPerson
from accounts.models import User
from accounts.names import fold
from accounts.people import person_index
from trainers.attendance.import_plan import AttendancePlan, Attendee
from trainers.attendance.import_report import BAD, DUPLICATE, ReportRow, RowMatch
from trainers.attendance.reference_words import profession_names, usual_professions
from trainers.attendance.rows import (
    AttendanceRow,
    AttendanceSheet,
    merge_duplicates,
    read_attendance,
    unite_rows,
)
from trainers.attendance.writing import write_attendance
from trainers.backlog.facts import FactReader, SessionFacts
from trainers.backlog.old_sessions import read_old_file
from trainers.backlog.report import KEPT, OPENED, REFUSED, BacklogReport, OldSessionReport
from trainers.enums import EvidenceKind
from trainers.evidence import sha256_of, store_evidence
from trainers.models import Evidence, TrainingSession
from trainers.participation.rule_sets import NoRuleSet
from trainers.sessions.lock import lock_session
from trainers.sessions.planning import (
    SessionRefused,
    assign_trainer,
    create_session,
    explain_missing,
    is_fit_code,
    submit_session,
)
from trainers.workbooks import read_sheets


class BacklogRefused(ValueError):
    """A file from which no session can be opened; `sentences` says why, in French."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True)
class _Found:
    """Whom a row turned out to be: a known person, or one that a line of this file creates."""

    row: AttendanceRow
    kind: MatchKind
    reason: str
    person_id: int | None = None
    first_line: int | None = None


@dataclass(frozen=True)
class _Reading:
    """A session read from the file, with whom its rows are."""

    facts: SessionFacts
    found: tuple[_Found, ...]
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
    created: dict[int, int] = {}
    for reading in readings:
        if reading.report.is_opened:
            created |= _open(reading, created, content=content, name=name, by=by)
    return replace(report, applied=True)


def _read(content: bytes, name: str, by: User | None) -> tuple[BacklogReport, list[_Reading]]:
    file = read_old_file(list(read_sheets(content, name=name)))
    sha256 = sha256_of(content)
    reader, people = FactReader(by), _FilePeople()
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
            errors=file.errors,
            warnings=file.warnings,
        ),
        readings,
    )


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


class _FilePeople:
    """Everybody known, and those whom earlier lines of the same file create."""

    def __init__(self) -> None:
        self.known = person_index()
        self.new = PersonIndex()

    def find(self, rows: Sequence[AttendanceRow]) -> tuple[_Found, ...]:
        """Match the rows of one session, one attendee for each person."""
        found: dict[tuple[str, int], _Found] = {}
        for row in rows:
            one = self._find(row)
            key = ("known", one.person_id) if one.person_id else ("new", one.first_line or 0)
            again = found.get(key)
            united = replace(again, row=unite_rows(again.row, row)) if again else one
            found[key] = united
        return tuple(found.values())

    def _find(self, row: AttendanceRow) -> _Found:
        sought = SoughtPerson(
            row.phone, row.name_key[:180], fold(row.organization)[:160], row.birth_year
        )
        known = self.known.match(sought)
        if known.kind is MatchKind.SAME:
            return _Found(row, known.kind, known.reason, person_id=int(str(known.candidate_id)))
        again = self.new.match(sought)
        if again.kind is MatchKind.SAME:
            line = int(str(again.candidate_id))
            return _Found(row, again.kind, again.reason, first_line=line)
        self.new.add(
            Candidate(
                row.line_number,
                sought.phone,
                sought.name_key,
                sought.organization_key,
                sought.birth_year,
            )
        )
        doubt = known if known.kind is MatchKind.POSSIBLE else again
        return _Found(row, doubt.kind, doubt.reason, first_line=row.line_number)


def _report(
    facts: SessionFacts, sheet: AttendanceSheet, found: Sequence[_Found], status: str
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
        new_persons=sum(_is_created_here(one) for one in found),
        marks=marks,
        bad_rows=sheet.bad_rows if status != KEPT else 0,
        errors=tuple(facts.errors),
        warnings=tuple(warnings),
        rows=tuple(_row(row, by_line) for row in sheet.rows) if status != KEPT else (),
    )


def _is_created_here(one: _Found) -> bool:
    return one.first_line == one.row.line_number


def _row(row: AttendanceRow, by_line: dict[int, _Found]) -> ReportRow:
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


def _open(
    reading: _Reading, created: dict[int, int], *, content: bytes, name: str, by: User | None
) -> dict[int, int]:
    """Open one session with its list; return the person that each new line created."""
    session = _opened(reading.facts, by)
    evidence = store_evidence(
        kind=EvidenceKind.BACKLOG_FILE, content=content, name=name, session=session, by=by
    )
    submit_session(session=session, by=by)  # before the list: the ladder is climbed once
    attendees = [_attendee(one, created) for one in reading.found]
    lines = write_attendance(
        session=lock_session(session),
        attendees=attendees,
        plan=AttendancePlan(
            tuple(attendees),
            tuple((one, position) for one in attendees for position in one.row.present_positions),
            (),
        ),
        evidence=evidence,
        by=by,
    )
    new = {one.row.line_number for one in reading.found if _is_created_here(one)}
    return {line: lines[line] for line in new}


def _attendee(one: _Found, created: dict[int, int]) -> Attendee:
    if one.person_id is not None or one.first_line is None:
        return Attendee(one.row, one.person_id)
    return Attendee(one.row, created.get(one.first_line))


def _opened(facts: SessionFacts, by: User | None) -> TrainingSession:
    assert facts.curriculum is not None  # a session without it was refused
    assert facts.territory is not None
    assert facts.starts_on is not None
    try:
        session = create_session(
            code=facts.code,
            curriculum=facts.curriculum,
            type=facts.type,
            title=facts.title,
            territory=facts.territory,
            venue=facts.venue,
            funder=facts.funder,
            starts_on=facts.starts_on,
            slot_count=facts.slot_count,
            slot_minutes=facts.slot_minutes,
            encoded_by=by,
        )
    except (SessionRefused, NoRuleSet) as refusal:
        raise BacklogRefused([str(refusal)]) from refusal
    for trainer, role in facts.trainers:
        assign_trainer(session=session, trainer=trainer, role=role)
    if facts.no_test_reason:
        explain_missing(session=session, no_test_reason=facts.no_test_reason)
    return session
