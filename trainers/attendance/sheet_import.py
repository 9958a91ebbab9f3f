"""Import an attendance workbook in two steps: check (nothing written), then apply (domain §3).

The same file applied twice changes nothing; a corrected file adds what is new; what it no longer
holds is told, never taken away. The file is kept with its checksum.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.headings import find_header
from accounts.matching import MatchKind
from accounts.models import User
from trainers.attendance.import_plan import AttendancePlan, Attendee, Held, plan_attendance
from trainers.attendance.import_report import (
    BAD,
    DUPLICATE,
    AttendanceReport,
    ReportRow,
    RowMatch,
)
from trainers.attendance.reference_words import (
    profession_names,
    territory_names,
    usual_professions,
)
from trainers.attendance.row_people import FoundPerson, find_people, labels_of
from trainers.attendance.rows import (
    AttendanceRow,
    AttendanceSheet,
    merge_duplicates,
    read_attendance,
    unite_rows,
)
from trainers.attendance.slot_columns import (
    SlotHeading,
    SlotRef,
    map_slot_columns,
    read_slot_heading,
    slot_name,
)
from trainers.attendance.writing import write_attendance
from trainers.enums import EvidenceKind
from trainers.evidence import sha256_of, store_evidence
from trainers.models import AttendanceMark, Evidence, Participation, TrainingSession
from trainers.participation.marks import marks_in_force
from trainers.sessions.lock import lock_open_session
from trainers.workbooks import Rows, read_sheets

__all__ = [
    "AttendanceRefused",
    "AttendanceReport",
    "apply_attendance",
    "check_attendance",
    "territory_names",
]


class AttendanceRefused(ValueError):
    """A sheet that cannot be applied at all; `sentences` says why, in French."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


@dataclass(frozen=True)
class _Reading:
    """A file read against its session, before anything is written."""

    attendees: list[Attendee]
    plan: AttendancePlan
    report: AttendanceReport


def check_attendance(
    *, session: TrainingSession, content: bytes, name: str, is_list_only: bool = False
) -> AttendanceReport:
    """Read a sheet and tell what applying it would do; nothing is written.

    `is_list_only` takes a sheet without any half-day as the list of the enrolled people. A sheet
    that cannot be applied has `errors`. Raises `trainers.workbooks.UnreadableWorkbook`.
    """
    return _read(session, content, name, is_list_only).report


@transaction.atomic
def apply_attendance(
    *,
    session: TrainingSession,
    content: bytes,
    name: str,
    by: User | None = None,
    is_list_only: bool = False,
) -> AttendanceReport:
    """Apply a sheet: persons, participations, marks, ladder and the file, or nothing at all.

    Bad rows are left out and told. Raises `AttendanceRefused`, `UnreadableWorkbook`,
    `trainers.sessions.lock.SessionClosed`, `trainers.evidence.EvidenceRefused`.
    """
    locked = lock_open_session(session)
    reading = _read(locked, content, name, is_list_only)
    if reading.report.errors:
        raise AttendanceRefused(reading.report.errors)
    if not reading.attendees:
        raise AttendanceRefused([_("Aucune ligne de ce fichier ne peut être importée.")])
    evidence = store_evidence(
        kind=EvidenceKind.ATTENDANCE_FILE, content=content, name=name, session=locked, by=by
    )
    if not reading.plan.is_empty:
        write_attendance(
            session=locked, attendees=reading.attendees, plan=reading.plan, evidence=evidence, by=by
        )
    return replace(reading.report, applied=True)


def _read(
    session: TrainingSession, content: bytes, name: str, is_list_only: bool = False
) -> _Reading:
    rows, other_lists = _list_of(content, name)
    slots = _slots_of(session)
    sheet = _sheet_of(rows, slots, is_list_only)
    found = find_people(session, merge_duplicates(sheet))
    attendees, repeated = _one_attendee_per_person(found)
    plan = plan_attendance(
        attendees,
        held=_held_by(session),
        slot_names={slot.position: slot_name(slot) for slot in slots},
        covered=_covered_positions(rows, slots),
    )
    sha256 = sha256_of(content)
    is_known, was_applied = _history_of(session, sha256)
    if was_applied:
        plan = AttendancePlan((), (), plan.differences)
    report = AttendanceReport(
        session=session.code,
        name=name,
        sha256=sha256,
        rows_in_file=sheet.rows_in_file,
        persons=len(attendees),
        duplicate_rows=sheet.duplicate_rows + len(repeated),
        bad_rows=sheet.bad_rows,
        new_persons=sum(attendee.person_id is None for attendee in attendees),
        matched_persons=sum(attendee.person_id is not None for attendee in attendees),
        marks=sum(len(attendee.row.present_positions) for attendee in attendees),
        new_participations=len(plan.joining),
        new_marks=len(plan.marks),
        already_applied=was_applied or (is_known and plan.is_empty and bool(attendees)),
        rows=_report_rows(sheet, found, repeated),
        errors=sheet.sheet_errors or _refused_without_rows(sheet),
        warnings=_warnings(sheet, other_lists),
        differences=plan.differences,
    )
    return _Reading(attendees, plan, report)


def _refused_without_rows(sheet: AttendanceSheet) -> tuple[str, ...]:
    if sheet.rows_in_file:
        return ()
    return (_("Ce classeur ne contient aucune ligne sous ses titres."),)


def _sheet_of(rows: Rows, slots: list[SlotRef], is_list_only: bool) -> AttendanceSheet:
    return read_attendance(
        rows,
        slots=slots,
        professions=profession_names(),
        territories=territory_names(),
        usual_forms=usual_professions(),
        is_list_only=is_list_only,
    )


def _slots_of(session: TrainingSession) -> list[SlotRef]:
    return [
        SlotRef(slot.position, slot.day_number, slot.half, slot.held_on)
        for slot in session.slots.order_by("position")
    ]


def _list_of(content: bytes, name: str) -> tuple[Rows, int]:
    """The first sheet with a line of headings (the first one when none has), and how many others.

    A list per day in its own sheet must not be forgotten in silence.
    """
    found: Rows | None = None
    first: Rows = []
    others = 0
    for rows in read_sheets(content, name=name):
        first = first or rows
        if find_header(rows, read_slot_heading) is None:
            continue
        others += found is not None
        found = rows if found is None else found
    return found or first, others


def _covered_positions(rows: Rows, slots: list[SlotRef]) -> set[int]:
    """The half-days that the sheet has a column for."""
    header = find_header(rows, read_slot_heading)
    if header is None:
        return set()
    headings = {
        field: column for field, column in header.columns.items() if isinstance(field, SlotHeading)
    }
    columns = map_slot_columns(headings, header.titles, slots).positions
    return {position for positions in columns.values() for position in positions}


def _held_by(session: TrainingSession) -> Held:
    people = list(
        Participation.objects.filter(session=session).select_related("person").order_by("pk")
    )
    person_ids = {one.pk: one.person_id for one in people}
    positions = dict(session.slots.values_list("pk", "position"))
    standing = marks_in_force(session)
    imported = {pair[0] for pair, mark in standing.items() if mark.evidence_id is not None}
    return Held(
        participations={one.person_id: one.pk for one in people},
        marks={
            (person_ids[participation_id], positions[slot_id]): mark.is_present
            for (participation_id, slot_id), mark in standing.items()
        },
        imported={one.person_id: str(one.person) for one in people if one.pk in imported},
    )


def _history_of(session: TrainingSession, sha256: str) -> tuple[bool, bool]:
    """Whether this very file is kept for the session, and whether marks came from it."""
    kept = Evidence.objects.filter(
        session=session, kind=EvidenceKind.ATTENDANCE_FILE, sha256=sha256
    ).first()
    if kept is None:
        return False, False
    return True, AttendanceMark.objects.filter(evidence=kept).exists()


def _one_attendee_per_person(
    found: list[FoundPerson],
) -> tuple[list[Attendee], dict[int, int]]:
    """Unite rows that matching brings to one known person; the answer maps line to first line."""
    attendees: dict[int, Attendee] = {}
    lines: dict[int, int] = {}
    repeated: dict[int, int] = {}
    for one in found:
        line = one.row.line_number
        first = lines.setdefault(one.person_id, line) if one.person_id is not None else line
        if first != line:
            repeated[line] = first
            united = unite_rows(attendees[first].row, one.row)
            attendees[first] = replace(attendees[first], row=united)
        else:
            attendees[line] = Attendee(one.row, one.person_id)
    return list(attendees.values()), repeated


def _report_rows(
    sheet: AttendanceSheet, found: list[FoundPerson], repeated: dict[int, int]
) -> tuple[ReportRow, ...]:
    by_line = {one.row.line_number: one for one in found}
    known = {one.person_id for one in found if one.person_id is not None}
    labels = labels_of(known.union(*(one.others for one in found)))
    return tuple(
        _report_row(row, by_line.get(row.line_number), repeated, labels) for row in sheet.rows
    )


def _report_row(
    row: AttendanceRow,
    found: FoundPerson | None,
    repeated: dict[int, int],
    labels: dict[int, str],
) -> ReportRow:
    first_line = row.duplicate_of_line or repeated.get(row.line_number)
    status = found.kind.value if found is not None else DUPLICATE
    if row.errors:
        status = BAD
    elif first_line is not None:
        status = DUPLICATE
    return ReportRow(
        line=row.line_number,
        person=f"{row.given_name} {row.family_name}".strip(),
        status=status,
        errors=row.errors,
        warnings=row.warnings,
        match=_row_match(found, labels) if status in (MatchKind.SAME, MatchKind.POSSIBLE) else None,
        marks=len(row.present_positions),
        duplicate_of=first_line,
    )


def _row_match(found: FoundPerson | None, labels: dict[int, str]) -> RowMatch | None:
    if found is None:
        return None
    ids = found.others if found.person_id is None else (found.person_id,)
    return RowMatch(found.kind.value, found.reason, tuple(labels[one] for one in ids))


def _warnings(sheet: AttendanceSheet, other_lists: int) -> tuple[str, ...]:
    """What the reader should know of the sheet as a whole."""
    unknown = tuple(
        _("La colonne « %(title)s » n'est pas reconnue : elle n'est pas lue.") % {"title": title}
        for title in sheet.unknown_columns
    )
    elsewhere = (
        ngettext(
            "%(count)d autre feuille de ce classeur a aussi une liste : elle n'est pas lue. "
            "Importez-la dans un fichier à part.",
            "%(count)d autres feuilles de ce classeur ont aussi une liste : elles ne sont pas "
            "lues. Importez-les dans des fichiers à part.",
            other_lists,
        )
        % {"count": other_lists},
    )
    ignored = ", ".join(str(line) for line in sheet.ignored_lines)
    outside = (_("Lignes hors de la liste, laissées : %(lines)s.") % {"lines": ignored},)
    return (
        *(elsewhere if other_lists else ()),
        *sheet.warnings,
        *unknown,
        *(outside if ignored else ()),
    )
