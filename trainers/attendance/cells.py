"""Read one cell of an attendance sheet: a mark, a sex, a year, a profession, a territory."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from accounts.headings import cell_text
from accounts.names import fold

_PRESENT = frozenset(
    {
        "x",
        "1",
        "1 0",
        "oui",
        "o",
        "present",
        "presente",
        "present e",
        "p",
        "pr",
        "true",
        "vrai",
        "v",
    }
    | {"ok", "signe", "emarge"}
)
_ABSENT = frozenset(
    {"0", "0 0", "non", "n", "absent", "absente", "absent e", "abs", "a", "false", "faux"}
    # An excuse explains an absence; it is one.
    | {"excuse", "excusee", "excuse e", "absent excuse", "absente excusee", "exc", "justifie"}
)
_PRESENT_SIGNS = frozenset("✓✔☑☒√×✅")
_ABSENT_SIGNS = frozenset({"", "-", "–", "—", "/", "☐", "✗", "✘", "❌"})
UsualForms = Mapping[str, Sequence[tuple[str, str]]]  # folded form: codes and names
NO_USUAL_FORMS: UsualForms = {}
_SEXES = {
    "m": "M",
    "masculin": "M",
    "homme": "M",
    "h": "M",
    "f": "F",
    "feminin": "F",
    "femme": "F",
}
_ADMINISTRATIVE = re.compile(
    r"^(?:region|cercle|district|commune|ville|prefecture)(?: d| de| du| de la)? (?=\S)"
)
_YEARS = range(1920, 2021)
_MIN_PREFIX = 4
_MAX_EMAIL = 254
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+")


class UnreadableCell(ValueError):
    """A filled cell that no rule reads; its text is the end of a French sentence."""


def read_mark(value: object) -> bool:
    """Whether a cell says present; an empty cell says absent. Raises ``UnreadableCell``."""
    text = cell_text(value)
    if text in _ABSENT_SIGNS or fold(text) in _ABSENT:
        return False
    if text in _PRESENT_SIGNS or fold(text) in _PRESENT:
        return True
    raise UnreadableCell("n'est pas une marque lisible (écrivez x ou laissez vide)")


def read_sex(value: object) -> str:
    """ "M", "F", or "" for an empty cell. Raises ``UnreadableCell``."""
    folded = fold(cell_text(value))
    if not folded:
        return ""
    if folded not in _SEXES:
        raise UnreadableCell("n'est pas lisible (écrivez M ou F)")
    return _SEXES[folded]


def read_birth_year(value: object) -> int | None:
    """The year in a year, a date or a written date. Raises ``UnreadableCell``."""
    if isinstance(value, date):
        years = [value.year]
    else:
        text = cell_text(value)
        if not fold(text):
            return None
        years = [int(found) for found in re.findall(r"(?<!\d)\d{4}(?!\d)", text)]
    if len(years) != 1 or years[0] not in _YEARS:
        raise UnreadableCell("n'est pas une année de naissance (quatre chiffres)")
    return years[0]


def read_email(value: object) -> str:
    """The address in lower case, "" for an empty cell. Raises ``UnreadableCell``."""
    text = cell_text(value).lower()
    if not fold(text):
        return ""
    if not _EMAIL.fullmatch(text) or len(text) > _MAX_EMAIL:
        raise UnreadableCell("n'est pas une adresse e-mail")
    return text


def read_profession(
    value: object, professions: Mapping[str, str], usual: UsualForms = NO_USUAL_FORMS
) -> str:
    """The code of a profession, "" for an empty cell.

    ``professions`` maps folded names to codes, ``usual`` folded short forms to the professions that
    they may mean. A name, a code, a short form (« Juge », « Imam de Niono »), the start of one name
    only (« Policier »), or a name that goes on (« Avocate », « Greffier en chef ») is read. Raises
    ``UnreadableCell`` when none or several fit; several are listed.
    """
    folded = fold(cell_text(value))
    if not folded:
        return ""
    codes = {fold(code): code for code in professions.values()}
    if folded in professions or folded in codes:
        return professions.get(folded) or codes[folded]
    if form := _usual_form(folded, usual):
        return _only_choice(usual[form])
    found = {
        code
        for name, code in professions.items()
        if len(folded) >= _MIN_PREFIX and name.startswith(folded)
    } or {code for name, code in professions.items() if _goes_on(folded, name)}
    if not found:
        raise UnreadableCell("n'est pas une profession connue")
    if len(found) > 1:
        raise UnreadableCell("peut désigner plusieurs professions : précisez laquelle")
    return found.pop()


def read_territory(value: object, territories: Mapping[str, str]) -> str:
    """The code of a territory, "" for an empty cell.

    ``territories`` maps folded names to codes. « Bamako » finds « District de Bamako » and « Région
    de Ségou » finds « Ségou ». Raises ``UnreadableCell``.
    """
    text = cell_text(value)
    folded = fold(text)
    if not folded:
        return ""
    if folded in territories:
        return territories[folded]
    if text.lower() in territories.values():
        return text.lower()
    bare = _bare(folded)
    found = {code for name, code in territories.items() if bare == _bare(name)}
    if len(found) == 1:
        return found.pop()
    raise UnreadableCell("n'est pas une région ni un cercle connu")


def _usual_form(folded: str, usual: UsualForms) -> str | None:
    """The longest short form that the cell is, or begins with."""
    found = [form for form in usual if _goes_on(folded, form)]
    return max(found, key=len, default=None)


def _only_choice(choices: Sequence[tuple[str, str]]) -> str:
    if len(choices) == 1:
        return choices[0][0]
    names = " ou ".join(f"« {name} »" for _code, name in choices)
    raise UnreadableCell(f"peut désigner plusieurs professions : écrivez {names}")


def _bare(folded: str) -> str:
    return _ADMINISTRATIVE.sub("", folded)


def _goes_on(folded: str, name: str) -> bool:
    """Whether the cell is the name in the feminine or plural, or the name and more words."""
    return re.match(rf"{re.escape(name)}(?:e|s|es)?(?: |$)", folded) is not None
