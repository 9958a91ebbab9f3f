"""Find the sessions that a workbook tells of, and the lines of each one's list; no database.

One session: a sheet of « title | value » lines beside a sheet with the list. Several: one list with
columns for the session (code, date, place…), a line for each person.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from accounts.headings import Header, cell_text, find_header, is_blank, is_outside_the_list
from accounts.names import fold
from trainers.attendance.slot_columns import SlotHeading, read_slot_heading

Rows = Sequence[Sequence[object]]

_LABELS: Mapping[str, tuple[str, ...]] = {
    "code": ("code session", "code de la session", "session"),
    "title": ("intitule", "intitule de la session", "theme", "theme de la session"),
    "curriculum": ("curriculum", "formation", "module"),
    "type": ("type de session", "type"),
    "starts_on": ("premier jour", "date de debut", "date debut", "date", "date de la session"),
    "ends_on": ("dernier jour", "date de fin", "date fin"),
    "slot_count": ("nombre de demi journees", "demi journees", "nb de demi journees"),
    "slot_hours": ("heures par demi journee", "duree d une demi journee"),
    "territory": ("region ou cercle du lieu", "region du lieu", "cercle du lieu", "lieu region"),
    "venue": ("lieu", "salle", "lieu de la session"),
    "funder": ("financement", "bailleur", "partenaire financier"),
    "trainers": ("formateur", "formateurs", "formateur principal", "animateur", "animateurs"),
    "no_test_reason": ("motif d absence de tests", "absence de tests"),
}
# On a sheet that speaks of the session alone these can mean nothing else.
_ALONE = {
    "code": "code", "titre": "title", "region": "territory", "cercle": "territory",
    "territoire": "territory", "region ou cercle": "territory", "debut": "starts_on",
    "fin": "ends_on", "du": "starts_on", "au": "ends_on",
}  # fmt: skip
_FIELDS = {label: name for name, labels in _LABELS.items() for label in labels}
LEAST_LABELS = 3


@dataclass(frozen=True)
class SessionColumn:
    """A column of a list that says something of the session."""

    name: str


@dataclass(frozen=True)
class OldSession:
    """What the file says of one session, as written, and its list under its headings.

    `rows[0]` holds the headings; `lines` are the spreadsheet's numbers, from 1, of each row.
    """

    facts: Mapping[str, object]
    rows: Rows
    lines: Sequence[int]
    errors: tuple[str, ...] = ()


@dataclass(frozen=True)
class OldFile:
    """The sessions of a file, or why none can be read (French sentences)."""

    sessions: tuple[OldSession, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass
class _Group:
    facts: dict[str, object] = field(default_factory=dict)
    rows: list[Sequence[object]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)


def read_old_file(sheets: Sequence[Rows]) -> OldFile:
    """Sort the sheets of a workbook, then read one session or several."""
    facts = next((found for rows in sheets if (found := read_key_values(rows))), None)
    lists = [
        (rows, header)
        for rows in sheets
        if not read_key_values(rows) and (header := find_header(rows, _read_other)) is not None
    ]
    if not lists:
        return OldFile(
            errors=(
                "Aucune liste de participants : il faut une feuille avec une ligne de titres "
                "(« Nom », « Prénom »…).",
            )
        )
    rows, header = lists[0]
    has_columns = any(isinstance(name, SessionColumn) for name in header.columns)
    if facts is None and not has_columns:
        return OldFile(
            errors=(
                "Ce classeur ne dit pas de quelle session il s'agit : remplissez la feuille "
                "« Session » du modèle, ou ajoutez des colonnes « Code session », « Date »…",
            )
        )
    ignored = len(sheets) - 1 - (facts is not None)
    warnings = () if ignored <= 0 else (f"{ignored} feuille(s) de ce classeur n'ont pas été lues.",)
    return OldFile(tuple(_sessions_of(rows, header, facts or {})), (), warnings)


def read_key_values(rows: Rows) -> dict[str, object]:
    """Facts of a « title | value » sheet; {} when it is not one. Repeated trainers are joined."""
    facts: dict[str, object] = {}
    for row in rows[:60]:
        cells = [cell for cell in row if cell_text(cell)]
        label = fold(cell_text(cells[0])) if cells else ""
        name = _FIELDS.get(label) or _ALONE.get(label)
        if name is None:
            continue
        value = cells[1] if len(cells) == 2 else ""
        if len(cells) > 2:
            return {}  # a table, not a title and its value
        if name == "trainers" and facts.get(name):
            value = f"{cell_text(facts[name])} ; {cell_text(value)}"
        if value or name not in facts:
            facts[name] = value
    return facts if len(facts) >= LEAST_LABELS else {}


def _read_other(title: str) -> Hashable | None:
    name = _FIELDS.get(fold(title))
    return SessionColumn(name) if name else read_slot_heading(title)


def _sessions_of(rows: Rows, header: Header, facts: Mapping[str, object]) -> list[OldSession]:
    columns = {
        name.name: column
        for name, column in header.columns.items()
        if isinstance(name, SessionColumn)
    }
    groups: dict[tuple[str, ...], _Group] = {}
    for line, row in enumerate(rows[header.line_number :], start=header.line_number + 1):
        if is_blank(row, header) or is_outside_the_list(row, header):
            continue
        told = {name: row[column] for name, column in columns.items() if column < len(row)}
        group = groups.setdefault(_key({**facts, **_filled(told)}), _Group(dict(facts)))
        _add(group, told, line)
        group.rows.append(row)
        group.lines.append(line)
    titles = [
        "" if column in columns.values() else title for column, title in enumerate(header.titles)
    ]
    return [_finished(group, titles, header) for group in groups.values()]


def _filled(told: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in told.items() if cell_text(value)}


def _key(facts: Mapping[str, object]) -> tuple[str, ...]:
    if code := cell_text(facts.get("code")):
        return (code.casefold(),)
    names = ("starts_on", "territory", "venue", "title")
    return tuple(fold(cell_text(facts.get(name))) for name in names)


def _add(group: _Group, told: Mapping[str, object], line: int) -> None:
    for name, value in _filled(told).items():
        known = cell_text(group.facts.get(name))
        if not known:
            group.facts[name] = value
        elif known != cell_text(value) and fold(known) != fold(cell_text(value)):
            group.errors.append(
                f"Ligne {line} : « {cell_text(value)} », alors qu'une ligne plus haut de la même "
                f"session dit « {known} »."
            )


def _finished(group: _Group, titles: Sequence[str], header: Header) -> OldSession:
    """Half-days that nobody of this session has are another session's: their column is closed."""
    kept = list(titles)
    for name, column in header.columns.items():
        is_used = any(column < len(row) and cell_text(row[column]) for row in group.rows)
        if isinstance(name, SlotHeading) and not is_used:
            kept[column] = ""
    return OldSession(
        group.facts,
        [kept, *group.rows],
        [header.line_number, *group.lines],
        tuple(dict.fromkeys(group.errors)),
    )
