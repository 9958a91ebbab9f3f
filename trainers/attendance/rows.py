"""An attendance sheet as the field sends it, read into checked rows; nothing is written.

Every row keeps its errors as French sentences that name the column and the value. A row with an
error is bad and is not applied; an empty cell is « non renseigné » and is fine.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from accounts.headings import Header, cell_text, find_header, is_blank, is_outside_the_list
from accounts.matching import Candidate, Match, MatchKind, PersonIndex, SoughtPerson
from accounts.names import fold, name_key
from accounts.phones import InvalidPhone, normalise_phone
from trainers.attendance.cells import (
    NO_USUAL_FORMS,
    UnreadableCell,
    UsualForms,
    read_birth_year,
    read_email,
    read_mark,
    read_profession,
    read_sex,
    read_territory,
)
from trainers.attendance.slot_columns import (
    SlotHeading,
    SlotRef,
    map_slot_columns,
    read_slot_heading,
    slot_name,
)

DOUBTS_TOLD = 5
T = TypeVar("T")


@dataclass(frozen=True)
class AttendanceRow:
    """One line of the list. ``line_number`` is the spreadsheet's, from 1.

    ``present_positions`` are the positions of the slots marked present. ``duplicate_of_line`` is
    the earlier line of the same person. Empty text or ``None`` means « non renseigné ».
    """

    line_number: int
    family_name: str
    given_name: str
    name_key: str
    sex: str
    phone: str | None
    email: str
    organization: str
    profession_code: str
    territory_code: str
    birth_year: int | None
    matricule: str
    present_positions: tuple[int, ...]
    duplicate_of_line: int | None = None
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class AttendanceSheet:
    """The whole sheet. With a ``sheet_errors`` sentence nothing of it may be applied.

    ``rows_in_file`` counts the rows that hold a person, good, bad or repeated.
    """

    rows: tuple[AttendanceRow, ...] = ()
    rows_in_file: int = 0
    duplicate_rows: int = 0
    bad_rows: int = 0
    header_line: int | None = None
    sheet_errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    ignored_lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Layout:
    header: Header
    slot_columns: Mapping[int, tuple[int, ...]]
    read_mark: Callable[[object], bool]
    read_sex: Callable[[object], str]
    read_profession: Callable[[object], str]
    read_territory: Callable[[object], str]


def read_attendance(
    rows: Sequence[Sequence[object]],
    *,
    slots: Sequence[SlotRef],
    professions: Mapping[str, str],
    territories: Mapping[str, str],
    usual_forms: UsualForms = NO_USUAL_FORMS,
    is_list_only: bool = False,
    lines: Sequence[int] | None = None,
) -> AttendanceSheet:
    """Read a sheet of plain cell values against the slots of its session.

    ``lines`` are the spreadsheet's numbers of the rows, when they are a part of a longer sheet;
    the first of them holds the headings.

    ``is_list_only`` takes a sheet without any half-day as the list of the enrolled people.
    ``usual_forms`` are the short forms of `trainers.attendance.cells.read_profession`;
    ``professions`` and ``territories`` map folded names to codes; the caller decides whether a name
    shared by a region and a cercle means one or the other.
    """
    header = find_header(rows if lines is None else rows[:1], read_slot_heading)
    if header is None or not {"family_name", "given_name", "full_name"} & header.columns.keys():
        return AttendanceSheet(
            sheet_errors=(
                "Aucune ligne de titres avec une colonne « Nom » dans les 30 premières lignes.",
            )
        )
    headings = {
        field: column for field, column in header.columns.items() if isinstance(field, SlotHeading)
    }
    columns = map_slot_columns(headings, header.titles, slots)
    layout = _Layout(
        header,
        columns.positions,
        read_mark=_remembered(read_mark),
        read_sex=_remembered(read_sex),
        read_profession=_remembered(lambda value: read_profession(value, professions, usual_forms)),
        read_territory=_remembered(lambda value: read_territory(value, territories)),
    )
    read, ignored = _read_rows(rows, layout, lines or range(1, len(rows) + 1))
    marked = _mark_duplicates(read)
    return AttendanceSheet(
        rows=marked,
        rows_in_file=len(marked),
        duplicate_rows=sum(row.duplicate_of_line is not None for row in marked),
        bad_rows=sum(bool(row.errors) for row in marked),
        header_line=header.line_number,
        sheet_errors=(
            columns.errors
            + _repeated_slots(header)
            + (() if is_list_only else _no_slot(headings, slots))
        ),
        warnings=_sheet_warnings(header, columns.uncovered if headings or not is_list_only else ()),
        unknown_columns=header.unknown,
        ignored_lines=ignored,
    )


def merge_duplicates(sheet: AttendanceSheet) -> tuple[AttendanceRow, ...]:
    """One row per person: bad rows left out, the marks of repeated rows united.

    What the first line leaves empty is taken from its repetitions.
    """
    kept: dict[int, AttendanceRow] = {}
    for row in sheet.rows:
        if row.errors:
            continue
        first = kept.get(row.duplicate_of_line) if row.duplicate_of_line is not None else None
        if first is None:
            kept[row.line_number] = row
        else:
            kept[first.line_number] = unite_rows(first, row)
    return tuple(kept.values())


def unite_rows(first: AttendanceRow, again: AttendanceRow) -> AttendanceRow:
    """The first row with the marks of both, and what it left empty taken from the other."""
    positions = {*first.present_positions, *again.present_positions}
    return replace(
        first,
        present_positions=tuple(sorted(positions)),
        sex=first.sex or again.sex,
        phone=first.phone or again.phone,
        email=first.email or again.email,
        organization=first.organization or again.organization,
        profession_code=first.profession_code or again.profession_code,
        territory_code=first.territory_code or again.territory_code,
        birth_year=first.birth_year or again.birth_year,
        matricule=first.matricule or again.matricule,
    )


def _no_slot(headings: Mapping[SlotHeading, int], slots: Sequence[SlotRef]) -> tuple[str, ...]:
    """A list that says of no half-day who came is another file, or headings nobody can read."""
    if headings or not slots:
        return ()
    return (
        "Aucune colonne de demi-journée (« J1 matin », « J1 après-midi »…) : "
        "ce fichier ne dit pas qui était présent. Si c'est la liste des inscrits, cochez la case "
        "qui le dit.",
    )


def _repeated_slots(header: Header) -> tuple[str, ...]:
    return tuple(
        f"La colonne « {title} » est en double : gardez-en une seule."
        for title in header.repeated
        if read_slot_heading(title)
    )


def _sheet_warnings(header: Header, uncovered: Sequence[SlotRef]) -> tuple[str, ...]:
    unread = tuple(
        f"La colonne « {title} » dit la même chose qu'une colonne à sa gauche : elle n'est pas lue."
        for title in header.repeated
        if not read_slot_heading(title)
    )
    return unread + tuple(
        f"Aucune colonne pour la demi-journée « {slot_name(slot)} » : personne n'y est présent."
        for slot in uncovered
    )


def _read_rows(
    rows: Sequence[Sequence[object]], layout: _Layout, lines: Sequence[int]
) -> tuple[list[AttendanceRow], tuple[int, ...]]:
    read: list[AttendanceRow] = []
    ignored: list[int] = []
    start = layout.header.line_number
    for line_number, row in zip(lines[start:], rows[start:], strict=True):
        if is_blank(row, layout.header):
            continue
        if is_outside_the_list(row, layout.header):
            ignored.append(line_number)
        else:
            read.append(_read_row(line_number, row, layout))
    return read, tuple(ignored)


def _read_row(line_number: int, row: Sequence[object], layout: _Layout) -> AttendanceRow:
    cells = _Cells(layout.header, row)
    family_name, given_name = _read_names(cells)
    if not fold(f"{family_name} {given_name}"):
        cells.errors.append("Cette ligne n'a ni nom ni prénom.")
    return AttendanceRow(
        line_number=line_number,
        family_name=family_name,
        given_name=given_name,
        name_key=name_key(family_name, given_name),
        sex=cells.read("sex", layout.read_sex, ""),
        phone=cells.read("phone", normalise_phone, None),
        email=cells.read("email", read_email, "", is_required=False),
        organization=cells.text("organization"),
        profession_code=cells.read("profession", layout.read_profession, ""),
        territory_code=cells.read("territory", layout.read_territory, ""),
        birth_year=cells.read("birth_year", read_birth_year, None),
        matricule=cells.text("matricule"),
        present_positions=_read_marks(cells, layout),
        errors=tuple(cells.errors),
        warnings=tuple(cells.warnings),
    )


def _remembered(reader: Callable[[object], T]) -> Callable[[object], T]:
    """The same reader, asked once for each value: a list repeats its marks and its regions."""
    known: dict[object, T] = {}

    def read(value: object) -> T:
        key = (type(value), value)  # 1 and True are equal, and not written alike
        if key not in known:
            known[key] = reader(value)
        return known[key]

    return read


class _Cells:
    """The cells of one row, with the sentences gathered while they are read."""

    def __init__(self, header: Header, row: Sequence[object]) -> None:
        self.header = header
        self.row = row
        self.errors: list[str] = []
        self.warnings: list[str] = []

    def text(self, field: str) -> str:
        return cell_text(self.header.value(self.row, field))

    def read(
        self, field: str, reader: Callable[[object], T], default: T, *, is_required: bool = True
    ) -> T:
        column = self.header.columns.get(field)
        return default if column is None else self.read_at(column, reader, default, is_required)

    def read_at(
        self, column: int, reader: Callable[[object], T], default: T, is_required: bool
    ) -> T:
        value = self.row[column] if column < len(self.row) else None
        title = self.header.titles[column]
        try:
            return reader(value)
        except InvalidPhone as refusal:
            self.errors.append(f"Colonne « {title} » : {refusal}")
        except UnreadableCell as refusal:
            sentence = f"Colonne « {title} » : « {cell_text(value)} » {refusal}."
            (self.errors if is_required else self.warnings).append(sentence)
        return default


def _read_marks(cells: _Cells, layout: _Layout) -> tuple[int, ...]:
    present: set[int] = set()
    for column, positions in layout.slot_columns.items():
        if cells.read_at(column, layout.read_mark, False, True):
            present.update(positions)
    return tuple(sorted(present))


def _read_names(cells: _Cells) -> tuple[str, str]:
    """Family and given name; a family name is written in capitals, whatever its column."""
    columns = cells.header.columns
    family_name, given_name = cells.text("family_name"), cells.text("given_name")
    if "given_name" in columns and (family_name or given_name):
        if given_name.isupper() and family_name and not family_name.isupper():
            return given_name, family_name
        return family_name, given_name
    field = "full_name" if "full_name" in columns else "family_name"
    if field not in columns:
        return "", ""
    family_last = fold(cells.header.title(field)).startswith("prenom")
    return _split_full_name(cells.text(field), family_last=family_last)


def _split_full_name(text: str, *, family_last: bool) -> tuple[str, str]:
    words = text.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    others = [word for word in words if word not in capitals]
    if capitals and others:
        return " ".join(capitals), " ".join(others)
    if family_last:
        return " ".join(words[-1:]), " ".join(words[:-1])
    return " ".join(words[:1]), " ".join(words[1:])


def _mark_duplicates(rows: Sequence[AttendanceRow]) -> tuple[AttendanceRow, ...]:
    """Point each repeated person to the first line; doubts become warnings, never merges."""
    index = PersonIndex()
    marked: list[AttendanceRow] = []
    for row in rows:
        if row.errors:
            marked.append(row)
            continue
        person = SoughtPerson(row.phone, row.name_key, fold(row.organization), row.birth_year)
        found = index.match(person)
        line = row.line_number if found.kind is not MatchKind.SAME else int(str(found.candidate_id))
        index.add(
            Candidate(
                line, person.phone, person.name_key, person.organization_key, person.birth_year
            )
        )
        doubts = _doubts(found)
        if doubts or line != row.line_number:
            row = replace(  # noqa: PLW2901 the row with what was found of it
                row,
                duplicate_of_line=line if line != row.line_number else None,
                warnings=row.warnings + doubts,
            )
        marked.append(row)
    return tuple(marked)


def _doubts(found: Match) -> tuple[str, ...]:
    """A sentence for each line that may be the same person; a very common name has too many."""
    told = tuple(
        f"Peut-être la même personne que la ligne {line} : {found.reason}"
        for line in found.others[:DOUBTS_TOLD]
    )
    more = len(found.others) - len(told)
    return told if more <= 0 else (*told, f"… et que {more} autre(s) ligne(s) du fichier.")
