"""Partners' old reports as they are sent: a line for each sex and category; no database."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from accounts.headings import cell_text
from accounts.names import fold
from trainers.attendance.cells import UnreadableCell, read_sex, read_territory
from trainers.backlog.old_cells import UnreadableFact, read_day, read_whole

T = TypeVar("T")
SEARCHED_LINES = 30
NEEDED = ("partner", "title", "territory", "held_from", "people")
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "partner": ("partenaire", "organisation", "ong", "structure"),
    "title": ("intitule", "titre", "activite", "formation", "theme"),
    "type": ("type", "type de session", "type d activite"),
    "territory": ("lieu", "region", "cercle", "region ou cercle", "territoire", "localite"),
    "held_from": ("du", "debut", "date de debut", "date"),
    "held_to": ("au", "fin", "date de fin"),
    "category": ("categorie", "categorie professionnelle", "public"),
    "sex": ("sexe", "genre"),
    "people": ("effectif", "nombre", "nombre de participants", "participants", "total"),
}
_FIELDS = {heading: name for name, headings in _HEADINGS.items() for heading in headings}
_NAMES = {
    "partner": "Partenaire", "title": "Intitulé", "territory": "Lieu", "held_from": "Du",
    "people": "Effectif",
}  # fmt: skip


@dataclass(frozen=True)
class Words:
    """What cells may name, by folded text: types, categories, territories, to their codes."""

    types: Mapping[str, str]
    categories: Mapping[str, str]
    territories: Mapping[str, str]


@dataclass(frozen=True)
class ReportKey:
    """What makes a report one: the same partner, title, place and days."""

    partner: str
    title: str
    territory: str
    held_from: datetime.date | None
    held_to: datetime.date | None


@dataclass(frozen=True)
class PartnerRow:
    """One line; `category` "" and `sex` "" mean « non renseigné »."""

    line: int
    key: ReportKey
    type: str
    category: str
    sex: str
    people: int
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class PartnerSheet:
    """The lines of a file, or why none can be read."""

    rows: tuple[PartnerRow, ...] = ()
    errors: tuple[str, ...] = ()


def read_partner_sheet(rows: Sequence[Sequence[object]], words: Words) -> PartnerSheet:
    """Read a table of headcounts; blank lines and totals are nobody."""
    start, columns = _headings_of(rows)
    if not columns:
        return PartnerSheet(errors=("Aucune ligne de titres avec « Partenaire » et « Effectif ».",))
    missing = [_NAMES[name] for name in NEEDED if name not in columns]
    if missing:
        return PartnerSheet(errors=(f"Il manque la colonne : {', '.join(missing)}.",))
    read = [
        _read_row(line, row, columns, words)
        for line, row in enumerate(rows[start:], start=start + 1)
        if _is_told(row)
    ]
    return PartnerSheet(tuple(read))


def _headings_of(rows: Sequence[Sequence[object]]) -> tuple[int, dict[str, int]]:
    """The line of headings, from 1, with the column of each field; (0, {}) when there is none."""
    for line, row in enumerate(rows[:SEARCHED_LINES], start=1):
        columns: dict[str, int] = {}
        for column, cell in enumerate(row):
            name = _FIELDS.get(fold(cell_text(cell)))
            if name is not None:
                columns.setdefault(name, column)
        if {"partner", "people"} <= columns.keys():
            return line, columns
    return 0, {}


def _is_told(row: Sequence[object]) -> bool:
    texts = [cell_text(cell) for cell in row if cell_text(cell)]
    return bool(texts) and not fold(texts[0]).startswith(("total", "sous total"))


class _Line:
    """The cells of a line, with the sentences gathered while they are read."""

    def __init__(self, row: Sequence[object], columns: Mapping[str, int]) -> None:
        self.row = row
        self.columns = columns
        self.errors: list[str] = []

    def cell(self, name: str) -> object:
        column = self.columns.get(name)
        return self.row[column] if column is not None and column < len(self.row) else None

    def read(self, name: str, label: str, reader: Callable[[object], T], default: T) -> T:
        value = self.cell(name)
        try:
            return reader(value)
        except (UnreadableCell, UnreadableFact) as refusal:
            self.errors.append(f"{label} : « {cell_text(value)} » {refusal}.")
            return default


def _read_row(
    number: int, row: Sequence[object], columns: Mapping[str, int], words: Words
) -> PartnerRow:
    line = _Line(row, columns)
    held_from = line.read("held_from", "Du", read_day, None)
    held_to = line.read("held_to", "Au", read_day, None) or held_from
    territory = line.read(
        "territory", "Lieu", lambda one: read_territory(one, words.territories), ""
    )
    people = line.read("people", "Effectif", read_whole, None)
    key = ReportKey(
        cell_text(line.cell("partner"))[:160],
        cell_text(line.cell("title"))[:200],
        territory,
        held_from,
        held_to,
    )
    read = PartnerRow(
        line=number,
        key=key,
        type=line.read("type", "Type", lambda one: _word(one, words.types, "un type connu"), ""),
        category=line.read(
            "category", "Catégorie", lambda one: _word(one, words.categories, "une catégorie"), ""
        ),
        sex=line.read("sex", "Sexe", read_sex, ""),
        people=people or 0,
    )
    return PartnerRow(**{**vars(read), "errors": (*line.errors, *_gaps(line, key, people))})


def _gaps(line: _Line, key: ReportKey, people: int | None) -> list[str]:
    told = {
        "Partenaire": key.partner,
        "Intitulé": key.title,
        "Lieu": key.territory,
        "Du": key.held_from,
        "Effectif": people is not None,
    }
    read = " ".join(line.errors)
    gaps = [f"{name} : cette case est vide." for name, is_told in told.items()
            if not is_told and f"{name} :" not in read]  # fmt: skip
    if key.held_from and key.held_to and key.held_to < key.held_from:
        gaps.append("Le dernier jour vient avant le premier.")
    return gaps


def _word(value: object, known: Mapping[str, str], what: str) -> str:
    folded = fold(cell_text(value))
    if not folded or folded in ("tous", "toutes", "non renseigne", "ensemble"):
        return ""
    if folded in known:
        return known[folded]
    found = {code for name, code in known.items() if name.startswith(folded)}
    if len(found) != 1:
        raise UnreadableCell(f"n'est pas {what}")
    return found.pop()
