"""Recognise the heading row of a French spreadsheet, wherever it is and in any column order."""

import re
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

from accounts.names import fold

SEARCHED_LINES = 30
_NUMBER = "number_or_phone"
_IDENTITY = frozenset({"family_name", "given_name", "full_name", "phone", "matricule", "code"})
_FOOTERS = (
    "fait a",
    "arrete",
    "signature",
    "visa",
    "cachet",
    "nb",
    "note",
)

_COUNTS = (
    "total",
    "totaux",
    "sous total",
    "effectif",
    "effectifs",
    "nombre de",
    "nombre d",
    "nombre total",
    "nb de",
    "nb total",
    "nbre de",
)

_CLOSING = re.compile(rf"(?:{'|'.join(_FOOTERS)})(?: |$)")
_COUNTED = re.compile(rf"(?:{'|'.join(_COUNTS)})(?: |$)")

_HEADINGS: Mapping[str, tuple[str, ...]] = {
    "row_number": ("n", "no", "n o", "num", "n ordre", "n d ordre", "ordre", "numero d ordre"),
    "family_name": ("nom", "noms", "nom de famille", "noms de famille", "patronyme"),
    "given_name": ("prenom", "prenoms", "prenom s"),
    "full_name": (
        "nom et prenom",
        "nom et prenoms",
        "nom et prenom s",
        "noms et prenoms",
        "nom s et prenom s",
        "nom prenom",
        "nom prenoms",
        "nom prenom s",
        "noms prenoms",
        "prenom et nom",
        "prenoms et nom",
        "prenom s et nom",
        "prenom s et nom s",
        "prenoms et noms",
        "prenom nom",
        "prenoms nom",
        "prenoms noms",
        "nom complet",
        "noms complets",
        "participant",
        "participants",
    ),
    "sex": ("sexe", "sexe m f", "sexe f m", "sexe h f", "genre", "genre m f", "genre f m", "m f"),
    "phone": (
        "telephone",
        "telephones",
        "tel",
        "contact",
        "contacts",
        "contact telephonique",
        "n de telephone",
        "no de telephone",
        "numero de telephone",
        "n telephone",
        "numero telephone",
        "n tel",
        "n de tel",
        "numero tel",
        "portable",
        "mobile",
        "telephone portable",
        "telephone mobile",
        "gsm",
        "whatsapp",
    ),
    "email": (
        "adresse email",
        "adresse e mail",
        "adresse mail",
        "adresse electronique",
        "email",
        "e mail",
        "courriel",
        "mail",
    ),
    "organization": (
        "structure",
        "structures",
        "service",
        "services",
        "organisation",
        "institution",
        "structure service",
        "service structure",
        "structure d origine",
        "structure de provenance",
        "lieu de service",
        "employeur",
        "organisme",
    ),
    "profession": (
        "profession",
        "fonction",
        "fonctions",
        "profession fonction",
        "fonction profession",
        "corps",
        "qualite",
        "titre",
        "corps de metier",
        "metier",
    ),
    "territory": (
        "region",
        "regions",
        "localite",
        "territoire",
        "lieu d affectation",
        "affectation",
        "cercle",
        "region cercle",
        "region d affectation",
        "region de provenance",
        "provenance",
        "lieu de provenance",
        "residence",
    ),
    "matricule": ("matricule", "n matricule", "no matricule", "numero matricule", "mle"),
    "code": ("code", "code participant", "code du participant", "identifiant"),
    "birth_year": (
        "annee de naissance",
        "annee naissance",
        "date de naissance",
        "ne e en",
        "annee naiss",
    ),
    _NUMBER: ("numero", "numeros"),
}
_FIELDS = {heading: field for field, headings in _HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class Header:
    """The heading row: spreadsheet line (from 1), the column (from 0) of each recognised field.

    ``titles`` are the headings as typed, ``unknown`` those that no rule reads, ``repeated`` those
    that name a field already found further left.
    """

    line_number: int
    columns: Mapping[Hashable, int]
    titles: tuple[str, ...]
    unknown: tuple[str, ...]
    repeated: tuple[str, ...]

    def title(self, field: Hashable) -> str:
        """The heading as typed in the file, for the sentences of its errors."""
        return self.titles[self.columns[field]]

    def value(self, row: Sequence[object], field: Hashable) -> object:
        """The cell of a field on a row; ``None`` where the column or the cell is missing."""
        column = self.columns.get(field)
        return row[column] if column is not None and column < len(row) else None


def cell_text(value: object) -> str:
    """A cell as text: 12.0 is "12", nothing is "", spaces of all kinds become one."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = value if isinstance(value, str) else str(value)
    if "\x00" in text:  # no database keeps it
        text = text.replace("\x00", "")
    return " ".join(text.split())


def read_heading(text: str) -> str | None:
    """The field that a French heading names, or ``None``."""
    return _FIELDS.get(_heading_key(text))


def find_header(
    rows: Sequence[Sequence[object]],
    read_other: Callable[[str], Hashable | None] | None = None,
) -> Header | None:
    """The row, among the first 30, on which most headings are recognised.

    It must name people (a name, a phone, a matricule or a code) and hold at least two recognised
    headings; ``read_other`` recognises the caller's own columns, also when a heading takes two
    lines (« J1 » merged over « Matin » and « Après-midi »). ``None`` when no row does.
    """
    best: Header | None = None
    read_title = _reader(read_other)
    above: Sequence[object] = ()
    for line_number, row in enumerate(rows[:SEARCHED_LINES], start=1):
        header = _as_header(line_number, [cell_text(cell) for cell in row], read_title)
        if header and (best is None or len(header.columns) > len(best.columns)):
            best = header
        if read_other is not None and above:
            header = _on_two_lines(line_number, above, row, read_title)
            if header and (best is None or len(header.columns) >= len(best.columns)):
                best = header
        above = row
    return best


def _on_two_lines(
    line_number: int,
    above: Sequence[object],
    below: Sequence[object],
    read_title: Callable[[str], Hashable | None],
) -> Header | None:
    """Both lines read as one; ``None`` when nothing joins, or the second one is a row already."""
    titles: list[str] = []
    has_joined = False
    group = ""
    width = max(len(above), len(below))
    tops = [*map(cell_text, above), *[""] * (width - len(above))]
    bottoms = [*map(cell_text, below), *[""] * (width - len(below))]
    for top, bottom in zip(tops, bottoms, strict=True):
        group = top or (group if bottom else "")
        joined = f"{group} {bottom}"
        if not (group and bottom):
            titles.append(group or bottom)
        elif read_title(joined) is not None:
            titles.append(joined)
            has_joined = True
        else:
            titles.append(bottom if read_title(bottom) is not None else top or bottom)
    header = _as_header(line_number, titles, read_title)
    names = [header.columns[field] for field in _IDENTITY & header.columns.keys()] if header else []
    is_row = any(bottoms[column] and bottoms[column] != titles[column] for column in names)
    return header if has_joined and not is_row else None


def is_blank(row: Sequence[object], header: Header) -> bool:
    """Whether the row holds nothing, or only its printed number."""
    number = header.columns.get("row_number")
    for column, cell in enumerate(row):
        text = cell_text(cell)
        if text and not (column == number and _is_number(text)):
            return False
    return True


def is_outside_the_list(row: Sequence[object], header: Header) -> bool:
    """Whether a filled row is not a person: a total, a closing sentence, the headings again."""
    filled = (text for text in map(cell_text, row) if text)
    opening = next(filled, "")
    first = "" if opening.isdecimal() else fold(opening)
    if _COUNTED.match(first):
        return True
    if next(filled, "") == "":  # one cell alone
        number = cell_text(header.value(row, "row_number"))
        return _CLOSING.match(first) is not None or bool(number and not _is_number(number))
    typed = [title for title in header.titles if title]
    return bool(typed) and opening == typed[0] and [*filter(None, map(cell_text, row))] == typed


def _is_number(text: str) -> bool:
    return text.strip(".-) ").isdigit()


def _reader(
    read_other: Callable[[str], Hashable | None] | None,
) -> Callable[[str], Hashable | None]:
    if read_other is None:
        return read_heading
    return lambda title: read_heading(title) or read_other(title)


def _heading_key(text: str) -> str:
    # « Prénom(s) » and « Sexe (M/F) » keep their brackets; « n° » must not become « no ».
    return fold(text.replace("°", " ").replace("º", " ").replace("#", " n "))


def _as_header(
    line_number: int,
    titles: Sequence[str],
    read_title: Callable[[str], Hashable | None],
) -> Header | None:
    columns: dict[Hashable, int] = {}
    unknown: list[str] = []
    repeated: list[str] = []
    for column, (title, field) in enumerate(zip(titles, _fields(titles, read_title), strict=True)):
        if not title:
            continue
        if field is None:
            unknown.append(title)
        elif field in columns:
            repeated.append(title)
        else:
            columns[field] = column
    if len(columns) < 2 or not _IDENTITY & columns.keys():
        return None
    return Header(line_number, columns, tuple(titles), tuple(unknown), tuple(repeated))


def _fields(
    titles: Sequence[str], read_title: Callable[[str], Hashable | None]
) -> list[Hashable | None]:
    """Field by field; « Numéro » alone is a phone unless it opens the table or one is there."""
    fields: list[Hashable | None] = [read_title(title) for title in titles]
    if _NUMBER in fields:
        column = fields.index(_NUMBER)
        numbered = "row_number" in fields or column > 0
        fields[column] = "phone" if numbered and "phone" not in fields else "row_number"
    return [None if field == _NUMBER else field for field in fields]
