"""Read the rows of a workbook as lines of the training plan. Pure: names are looked up in maps.

Headings are found wherever they stand, in any order. A row gives either a whole line or the list of
what is wrong with it, in sentences; nothing is guessed.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from accounts.headings import cell_text
from accounts.names import fold
from trainers.national_plan.amounts import UnreadableAmount, read_amount
from trainers.table_files import FORMULA_SIGNS

SEARCHED_LINES = 30
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "item_id": ("identifiant",),
    "activity": ("activite", "code de l activite", "code activite"),
    "year": ("annee",),
    "topic": ("theme", "thematique"),
    "category": ("public", "public vise", "public cible", "groupe cible", "cible"),
    "territory": ("territoire", "region", "region ou cercle", "lieu"),
    "planned_sessions": ("sessions prevues", "sessions", "quantite", "quantite prevue", "nombre"),
    "planned_people": ("personnes prevues", "personnes", "participants prevus"),
    "budget": ("budget", "budget fcfa", "budget en fcfa", "cout", "montant"),
    "due_on": ("a tenir avant le", "date limite", "echeance", "avant le"),
    "note": ("note", "notes", "observations", "observation"),
}
NEEDED = ("activity", "year", "territory", "planned_sessions", "due_on")
TITLES = {
    "item_id": "Identifiant",
    "activity": "Activité",
    "year": "Année",
    "topic": "Thème",
    "category": "Public visé",
    "territory": "Territoire",
    "planned_sessions": "Sessions prévues",
    "planned_people": "Personnes prévues",
    "budget": "Budget (FCFA)",
    "due_on": "À tenir avant le",
    "note": "Note",
}
_FIELDS = {heading: field for field, headings in HEADINGS.items() for heading in headings}
_CODE = re.compile(r"^A\d(?:\.\d+)+-\d+", re.IGNORECASE)
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")
_ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?:[ T].*)?$")
_TOTALS = ("total", "totaux", "sous total", "total general")
MAX_COUNT = 1_000_000


class NoHeading(ValueError):
    """No row of the sheet names the columns of a plan."""


@dataclass(frozen=True)
class Known:
    """What a cell may name: folded names (and codes) to the code of the project."""

    activities: Mapping[str, str]
    topics: Mapping[str, str]
    categories: Mapping[str, str]
    territories: Mapping[str, str]


@dataclass(frozen=True)
class PlanLine:
    """A row that can be read: codes and numbers; "" and None for what was left blank."""

    activity: str
    year: int
    topic: str
    category: str
    territory: str
    planned_sessions: int
    planned_people: int | None
    budget: int | None
    due_on: datetime.date
    note: str
    item_id: int | None


@dataclass(frozen=True)
class ReadRow:
    """One filled row: its number in the spreadsheet, and the line, or why there is none."""

    number: int
    line: PlanLine | None
    errors: tuple[str, ...]


class _Unreadable(ValueError):
    """A cell that no rule reads; the end of a sentence."""


def read_rows(rows: Sequence[Sequence[object]], known: Known) -> list[ReadRow]:
    """Return the filled rows below the headings, totals left out. Raises `NoHeading`."""
    start, columns = _find_headings(rows)
    found = []
    for number, cells in enumerate(rows[start:], start=start + 1):
        texts = [cell_text(cell) for cell in cells]
        if not any(texts) or fold(next(filter(None, texts))) in _TOTALS:
            continue
        values = {
            field: cells[column] if column < len(cells) else None
            for field, column in columns.items()
        }
        found.append(_read_row(number, values, known))
    return found


def _find_headings(rows: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]]:
    """The line after the headings (from 0) and the column of each field."""
    for line, cells in enumerate(rows[:SEARCHED_LINES], start=1):
        columns: dict[str, int] = {}
        for column, cell in enumerate(cells):
            field = _FIELDS.get(fold(cell_text(cell)))
            if field is not None:
                columns.setdefault(field, column)
        if set(NEEDED) <= set(columns):
            return line, columns
    raise NoHeading


def _read_row(number: int, values: Mapping[str, object], known: Known) -> ReadRow:
    errors: list[str] = []
    read: dict[str, object] = {}
    readers = {
        "activity": lambda cell: _activity(cell, known.activities),
        "year": _year,
        "topic": lambda cell: _named(cell, known.topics, "n'est pas un thème connu"),
        "category": lambda cell: _named(cell, known.categories, "n'est pas un public connu"),
        "territory": lambda cell: _named(
            cell, known.territories, "n'est pas une région ni un cercle connu"
        ),
        "planned_sessions": _count,
        "planned_people": _count,
        "budget": read_amount,
        "due_on": _day,
        "note": _note,
        "item_id": _count,
    }
    for field, reader in readers.items():
        cell = values.get(field)
        try:
            read[field] = reader(cell)
        except (_Unreadable, UnreadableAmount) as refusal:
            errors.append(f"{TITLES[field]} : « {cell_text(cell)} » {refusal}.")
            continue
        if field in NEEDED and read[field] in ("", None):
            errors.append(f"{TITLES[field]} : la case est vide.")
    if errors:
        return ReadRow(number, None, tuple(errors))
    return ReadRow(number, PlanLine(**read), ())  # type: ignore[arg-type]


def _activity(cell: object, activities: Mapping[str, str]) -> str:
    text = cell_text(cell)
    code = _CODE.match(text)  # « A1.1.1-04 · Organiser 180 sessions… » names its code first
    return _named(code[0] if code else text, activities, "n'est pas une activité du plan")


def _named(cell: object, names: Mapping[str, str], sentence: str) -> str:
    folded = fold(cell_text(cell))
    if not folded:
        return ""
    if folded not in names:
        raise _Unreadable(sentence)
    return names[folded]


def _note(cell: object) -> str:
    """The apostrophe that the export puts before a formula's sign is not part of the note."""
    text = cell_text(cell)
    return text[1:] if text[:1] == "'" and text[1:2] in FORMULA_SIGNS else text


def _year(cell: object) -> int | None:
    if isinstance(cell, datetime.date):
        return cell.year
    number = _count(cell)
    if number is not None and not 2000 <= number <= 2100:
        raise _Unreadable("n'est pas une année")
    return number


def _count(cell: object) -> int | None:
    try:
        number = read_amount(None if cell_text(cell) == "" else cell)
    except UnreadableAmount as refusal:
        raise _Unreadable("n'est pas un nombre entier") from refusal
    if number is not None and number > MAX_COUNT:
        raise _Unreadable("est trop grand")
    return number


def _day(cell: object) -> datetime.date | None:
    if isinstance(cell, datetime.datetime):
        return cell.date()
    if isinstance(cell, datetime.date):
        return cell
    text = cell_text(cell)
    if not text:
        return None
    if french := _DAY.match(text):
        day, month, year = (int(part) for part in french.groups())
    elif iso := _ISO.match(text):
        year, month, day = (int(part) for part in iso.groups())
    else:
        raise _Unreadable("n'est pas une date (écrivez 30/06/2026)")
    try:
        return datetime.date(year, month, day)
    except ValueError as refusal:
        raise _Unreadable("n'est pas une date du calendrier") from refusal
