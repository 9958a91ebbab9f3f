"""A workbook of paper tests typed by the field, read into checked rows; nothing is written.

Letters are the choices in the form's frozen order. People are named by phone, name, matricule or
code; who they are is decided by the caller, with the rules of accounts.matching.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounts.headings import Header, cell_text, find_header, is_blank, is_outside_the_list
from accounts.matching import Candidate, MatchKind, PersonIndex, SoughtPerson
from accounts.names import fold, name_key
from accounts.phones import InvalidPhone, normalise_phone

_QUESTION = re.compile(r"(?:q|question|item|questions)? ?(?:n |no )?0*(\d{1,3})")
_KEY_ROWS = frozenset({"corrige", "cle", "cle de correction", "bonnes reponses", "reponses justes"})
_NO_ANSWER = frozenset({"", "-", "–", "—", "/", "."})
_NO_HEADER = (
    "Aucune ligne de titres avec « Téléphone » ou « Nom » et les questions (Q1, Q2…) "
    "dans les 30 premières lignes."
)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class ResultRow:
    """One answer sheet. ``line_number`` is the spreadsheet's, from 1.

    ``responses`` holds one letter per item in the form's order, ``None`` for no answer.
    ``duplicate_of_line`` is an earlier sheet of the same person.
    """

    line_number: int
    phone: str | None
    name_key: str
    family_name: str
    given_name: str
    matricule: str
    code: str
    responses: tuple[str | None, ...]
    errors: tuple[str, ...] = ()
    duplicate_of_line: int | None = None


@dataclass(frozen=True)
class ResultSheet:
    """The whole sheet. With a ``sheet_errors`` sentence nothing of it may be applied."""

    rows: tuple[ResultRow, ...] = ()
    rows_in_file: int = 0
    duplicate_rows: int = 0
    bad_rows: int = 0
    header_line: int | None = None
    sheet_errors: tuple[str, ...] = ()
    unknown_columns: tuple[str, ...] = ()
    ignored_lines: tuple[int, ...] = ()


@dataclass(frozen=True)
class QuestionHeading:
    """A heading such as « Q3 », « Question 3 » or « 3 »; numbers start at 1."""

    number: int


def read_question_heading(title: str) -> QuestionHeading | None:
    """The question that a heading names, or ``None``."""
    found = _QUESTION.fullmatch(fold(title.replace("°", " ")))
    return QuestionHeading(int(found[1])) if found else None


def read_results(
    rows: Sequence[Sequence[object]],
    *,
    item_count: int,
    letters_per_item: Sequence[int],
) -> ResultSheet:
    """Read a sheet of plain cell values against a form.

    ``letters_per_item`` holds the number of choices of each of the ``item_count`` items. A missing
    or a spare question column is an error of the sheet; a letter outside an item's choices, or two
    letters, an error of the row.
    """
    if len(letters_per_item) != item_count:
        raise ValueError("letters_per_item must hold one number of choices per item")
    header = find_header(rows, read_question_heading)
    if header is None:
        return ResultSheet(sheet_errors=(_NO_HEADER,))
    sheet_errors = _column_errors(header, item_count)
    if sheet_errors:
        return ResultSheet(
            header_line=header.line_number,
            sheet_errors=sheet_errors,
            unknown_columns=header.unknown,
        )
    read, ignored = _read_rows(rows, header, letters_per_item)
    marked = _mark_duplicates(read)
    return ResultSheet(
        rows=marked,
        rows_in_file=len(marked),
        duplicate_rows=sum(row.duplicate_of_line is not None for row in marked),
        bad_rows=sum(bool(row.errors) for row in marked),
        header_line=header.line_number,
        unknown_columns=header.unknown,
        ignored_lines=ignored,
    )


def _column_errors(header: Header, item_count: int) -> tuple[str, ...]:
    numbers = {
        field.number: header.title(field)
        for field in header.columns
        if isinstance(field, QuestionHeading)
    }
    if not numbers:
        return (_NO_HEADER,)
    errors = [
        f"La colonne de la question {number} manque."
        for number in range(1, item_count + 1)
        if number not in numbers
    ]
    errors += [
        f"La colonne « {title} » est de trop : le formulaire a {item_count} questions."
        for number, title in sorted(numbers.items())
        if not 1 <= number <= item_count
    ]
    errors += [
        f"La colonne « {title} » est en double : gardez-en une seule."
        for title in header.repeated
        if read_question_heading(title)
    ]
    return tuple(errors)


def _read_rows(
    rows: Sequence[Sequence[object]], header: Header, letters_per_item: Sequence[int]
) -> tuple[list[ResultRow], tuple[int, ...]]:
    read: list[ResultRow] = []
    ignored: list[int] = []
    first_line = header.line_number + 1
    for line_number, row in enumerate(rows[header.line_number :], start=first_line):
        if is_blank(row, header):
            continue
        if is_outside_the_list(row, header) or _is_the_key(row):
            ignored.append(line_number)
        else:
            read.append(_read_row(line_number, row, header, letters_per_item))
    return read, tuple(ignored)


def _is_the_key(row: Sequence[object]) -> bool:
    first = next((cell_text(cell) for cell in row if cell_text(cell)), "")
    return fold(first) in _KEY_ROWS


def _read_row(
    line_number: int, row: Sequence[object], header: Header, letters_per_item: Sequence[int]
) -> ResultRow:
    errors: list[str] = []
    phone = _read_phone(row, header, errors)
    family_name = cell_text(header.value(row, "family_name"))
    given_name = cell_text(header.value(row, "given_name"))
    if not family_name and not given_name:
        family_name = cell_text(header.value(row, "full_name"))
    matricule = cell_text(header.value(row, "matricule"))
    code = cell_text(header.value(row, "code"))
    key = name_key(family_name, given_name)
    if not any((phone, key, matricule, code)):
        errors.append("Cette ligne ne dit pas de qui est la copie (téléphone, nom ou matricule).")
    responses = _read_responses(row, header, letters_per_item, errors)
    return ResultRow(
        line_number=line_number,
        phone=phone,
        name_key=key,
        family_name=family_name,
        given_name=given_name,
        matricule=matricule,
        code=code,
        responses=responses,
        errors=tuple(errors),
    )


def _read_phone(row: Sequence[object], header: Header, errors: list[str]) -> str | None:
    try:
        return normalise_phone(header.value(row, "phone"))
    except InvalidPhone as refusal:
        errors.append(f"Colonne « {header.title('phone')} » : {refusal}")
        return None


def _read_responses(
    row: Sequence[object], header: Header, letters_per_item: Sequence[int], errors: list[str]
) -> tuple[str | None, ...]:
    responses: list[str | None] = []
    for number, choices in enumerate(letters_per_item, start=1):
        field = QuestionHeading(number)
        text = cell_text(header.value(row, field))
        letter = _read_letter(text)
        if letter is not None and (len(letter) != 1 or letter not in _LETTERS[:choices]):
            errors.append(
                f"Colonne « {header.title(field)} » : « {text} » n'est pas une réponse lisible "
                f"(une lettre de A à {_LETTERS[choices - 1]})."
            )
            letter = None
        responses.append(letter)
    return tuple(responses)


def _read_letter(text: str) -> str | None:
    """The letter in capitals; ``None`` for no answer; the text itself when it is no letter."""
    if text in _NO_ANSWER:
        return None
    return fold(text).upper() or text


def _mark_duplicates(rows: Sequence[ResultRow]) -> tuple[ResultRow, ...]:
    index = PersonIndex()
    first_line_of: dict[str, int] = {}
    marked: list[ResultRow] = []
    for row in rows:
        if row.errors:
            marked.append(row)
            continue
        earlier = _earlier_line(row, index, first_line_of)
        line = earlier or row.line_number
        index.add(Candidate(line, row.phone, row.name_key))
        first_line_of |= {sign: line for sign in _signs(row) if sign not in first_line_of}
        marked.append(replace(row, duplicate_of_line=earlier))
    return tuple(marked)


def _earlier_line(row: ResultRow, index: PersonIndex, first_line_of: dict[str, int]) -> int | None:
    for sign in _signs(row):
        if sign in first_line_of:
            return first_line_of[sign]
    found = index.match(SoughtPerson(row.phone, row.name_key))
    return int(str(found.candidate_id)) if found.kind is MatchKind.SAME else None


def _signs(row: ResultRow) -> tuple[str, ...]:
    """What names a person beyond doubt inside one file."""
    signs = (("matricule", row.matricule), ("code", row.code))
    return tuple(f"{kind} {fold(value)}" for kind, value in signs if fold(value))
