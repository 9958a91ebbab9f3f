"""Read a spreadsheet of awareness events, one a row, in French and in any column order. Pure.

Nothing is guessed: a cell that cannot be read is an error of its row, told in French.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.headings import cell_text
from accounts.names import fold
from trainers.awareness.headcounts import total_of

SEARCHED_LINES = 30
MAX_PEOPLE = 1_000_000
_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "code": ("code", "reference", "ref"),
    "kind": ("nature", "type", "type d action", "nature de l action", "activite"),
    "title": ("intitule", "titre", "objet", "action"),
    "territory": ("territoire", "region", "cercle", "region ou cercle", "region cercle"),
    "place": ("lieu", "localite", "village", "quartier", "place"),
    "held_on": ("date", "jour", "tenue le", "date de l action"),
    "theme": ("theme", "sujet"),
    "language": ("langue", "langue utilisee"),
    "sector": ("secteur", "secteur d activite"),
    "held_by": ("animee par", "anime par", "animateur", "animateurs"),
    "F-ADULT": ("femmes", "femme", "femmes de 18 ans et plus", "femmes 18 ans et plus"),
    "M-ADULT": ("hommes", "homme", "hommes de 18 ans et plus", "hommes 18 ans et plus"),
    "F-UNDER_18": ("filles", "fille", "filles de moins de 18 ans", "filles moins de 18 ans"),
    "M-UNDER_18": ("garcons", "garcon", "garcons de moins de 18 ans", "garcons moins de 18 ans"),
    "F-UNKNOWN": ("femmes age non renseigne", "femmes et filles"),
    "M-UNKNOWN": ("hommes age non renseigne", "hommes et garcons"),
    "-ADULT": ("adultes", "adultes sexe non renseigne"),
    "-UNDER_18": ("enfants", "mineurs", "enfants sexe non renseigne"),
    "-UNKNOWN": ("non renseigne", "non renseignes", "sexe et age non renseignes"),
    "total": ("total", "effectif", "effectif total", "participants", "nombre de participants"),
    "pre_answers": ("reponses avant",),
    "pre_knowing": ("reponses justes avant", "justes avant"),
    "post_answers": ("reponses apres",),
    "post_knowing": ("reponses justes apres", "justes apres"),
}
_FIELDS = {words: name for name, several in _HEADINGS.items() for words in several}
_NEEDED = ("kind", "territory", "held_on")
_NAMES = {"kind": "nature", "territory": "territoire", "held_on": "date"}
_MONTHS = (
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
)  # fmt: skip
_OUTSIDE = ("total", "totaux", "fait a", "signature", "visa", "nb", "note", "arrete")
_FIRST_DAY = datetime.date(1899, 12, 30)  # from which spreadsheets number their days


@dataclass(frozen=True)
class Words:
    """The words that a cell may hold, folded, and the code of each."""

    kinds: Mapping[str, str]
    themes: Mapping[str, str]
    languages: Mapping[str, str]
    sectors: Mapping[str, str]
    territories: Mapping[str, str]


@dataclass(frozen=True)
class EventRow:
    """One row: its line in the spreadsheet (from 1), the facts read and what cannot be read."""

    line: int
    code: str = ""
    kind: str = ""
    title: str = ""
    territory: str = ""
    place: str = ""
    held_on: datetime.date | None = None
    theme: str = ""
    language: str = ""
    sector: str = ""
    held_by: str = ""
    cells: Mapping[tuple[str, str], int] = field(default_factory=dict)
    pre: tuple[int, int] | None = None
    post: tuple[int, int] | None = None
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class EventSheet:
    """`errors` refuse the whole sheet; `unknown` are the headings that nothing reads."""

    rows: tuple[EventRow, ...] = ()
    errors: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


def read_events(rows: Sequence[Sequence[object]], words: Words) -> EventSheet:
    """Return the events of a sheet; blank rows, totals and closing sentences are left out."""
    start, columns, unknown = _find_columns(rows)
    if start is None:
        return EventSheet(
            errors=("Aucune ligne de titres : il faut au moins Nature, Territoire et Date.",)
        )
    absent = [_NAMES[name] for name in _NEEDED if name not in columns]
    if absent:
        return EventSheet(errors=(f"Il manque la colonne « {absent[0].capitalize()} ».",))
    read = [
        _Reader(line, row, columns, words).event()
        for line, row in enumerate(rows[start + 1 :], start=start + 2)
        if _is_an_event(row, columns)
    ]
    return EventSheet(rows=tuple(read), unknown=unknown)


def _find_columns(
    rows: Sequence[Sequence[object]],
) -> tuple[int | None, dict[str, int], tuple[str, ...]]:
    best: tuple[int | None, dict[str, int], tuple[str, ...]] = (None, {}, ())
    for line, row in enumerate(rows[:SEARCHED_LINES]):
        columns: dict[str, int] = {}
        unknown = []
        for column, cell in enumerate(row):
            name = _FIELDS.get(fold(cell_text(cell)))
            if name is not None:
                columns.setdefault(name, column)
            elif cell_text(cell):
                unknown.append(cell_text(cell))
        if len(columns) >= 2 and len(columns) > len(best[1]):
            best = (line, columns, tuple(unknown))
    return best


def _is_an_event(row: Sequence[object], columns: Mapping[str, int]) -> bool:
    texts = [cell_text(cell) for cell in row if cell_text(cell)]
    if not texts:
        return False
    first = fold(texts[0])
    is_outside = any(first == words or first.startswith(f"{words} ") for words in _OUTSIDE)
    has_a_fact = any(columns[name] < len(row) and cell_text(row[columns[name]]) for name in _NEEDED)
    return has_a_fact and not is_outside


class _Reader:
    """One row being read; its errors gather as its cells are."""

    def __init__(
        self, line: int, row: Sequence[object], columns: Mapping[str, int], words: Words
    ) -> None:
        self.line, self.row, self.columns, self.words = line, row, columns, words
        self.errors: list[str] = []

    def event(self) -> EventRow:
        words = self.words
        facts: dict[str, Any] = {
            "kind": self._code("kind", words.kinds, "La nature", needed=True),
            "territory": self._code("territory", words.territories, "Le territoire", needed=True),
            "held_on": self._day(),
            "theme": self._code("theme", words.themes, "Le thème"),
            "language": self._code("language", words.languages, "La langue"),
            "sector": self._code("sector", words.sectors, "Le secteur"),
            "cells": self._cells(),
            "pre": self._answers("pre", "avant"),
            "post": self._answers("post", "après"),
        }
        for name, limit in (("code", 40), ("title", 200), ("place", 160), ("held_by", 160)):
            facts[name] = self._text(name)[:limit]
        return EventRow(line=self.line, errors=tuple(self.errors), **facts)

    def _value(self, name: str) -> object:
        column = self.columns.get(name)
        return self.row[column] if column is not None and column < len(self.row) else None

    def _text(self, name: str) -> str:
        return cell_text(self._value(name))

    def _code(
        self, name: str, known: Mapping[str, str], subject: str, *, needed: bool = False
    ) -> str:
        text = self._text(name)
        if not text:
            if needed:
                self.errors.append(f"{subject} manque.")
            return ""
        key = fold(text)
        code = known.get(key) or known.get(re.sub(r"^(region|cercle) (de |d )?", "", key))
        if code is None:
            self.errors.append(f"{subject} « {text} » n'est pas connu de la plateforme.")
        return code or ""

    def _day(self) -> datetime.date | None:
        value = self._value("held_on")
        if not cell_text(value):
            self.errors.append("La date manque.")
            return None
        day = read_day(value)
        if day is None:
            self.errors.append(
                f"La date « {cell_text(value)} » ne se lit pas : écrivez 30/07/2026."
            )
        return day

    def _number(self, name: str) -> int | None:
        text = self._text(name).replace(" ", "")
        if not text:
            return None
        if not text.isdecimal() or int(text) > MAX_PEOPLE:
            self.errors.append(f"« {self._text(name)} » n'est pas un nombre de personnes.")
            return None
        return int(text)

    def _cells(self) -> dict[tuple[str, str], int]:
        cells: dict[tuple[str, str], int] = {}
        for name in self.columns:
            sex, dash, band = name.partition("-")
            if dash and (people := self._number(name)):
                cells[sex, band] = people
        total = self._number("total")
        if total is not None and not cells:
            return {("", "UNKNOWN"): total} if total else {}
        if total is not None and total != total_of(cells):
            self.errors.append(
                f"Le total ({total}) n'est pas la somme des effectifs ({total_of(cells)})."
            )
        return cells

    def _answers(self, start: str, when: str) -> tuple[int, int] | None:
        answers, knowing = self._number(f"{start}_answers"), self._number(f"{start}_knowing")
        if answers is None and knowing is None:
            return None
        if answers is None or knowing is None:
            self.errors.append(f"Il faut les réponses {when} et les réponses justes {when}.")
            return None
        if knowing > answers:
            self.errors.append(f"Il y a plus de réponses justes {when} que de réponses.")
            return None
        return answers, knowing


def read_day(value: object) -> datetime.date | None:
    """Read a day as spreadsheets and people write it; None when it cannot be."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    if isinstance(value, (int, float)):
        is_a_day = 36_000 < value < 55_000  # from 1998 to 2050
        return _FIRST_DAY + datetime.timedelta(days=int(value)) if is_a_day else None
    return _typed_day(fold(cell_text(value)).split())


def _typed_day(words: list[str]) -> datetime.date | None:
    """« jeudi 30 juillet 2026 », « 30/07/2026 », « 2026-07-30 », « le 1er août 2026 »."""
    words = [word for word in words if word not in _WEEK and word != "le"]
    if len(words) != 3:
        return None
    if words[1] in _MONTHS:
        words[1] = str(_MONTHS.index(words[1]) + 1)
    words = ["1" if word == "1er" else word for word in words]
    if not all(word.isdecimal() and len(word) <= 4 for word in words):
        return None
    numbers = [int(word) for word in words]
    year, month, day = numbers if len(words[0]) == 4 else reversed(numbers)
    try:
        return datetime.date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None


_WEEK = frozenset({"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"})
