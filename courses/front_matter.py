"""The heading of a Markdown file: YAML between two lines of dashes. Pure."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from courses.folder_problems import FileReport, read_text

FENCE = "---"
SLUG = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
SLUG_MAX_LENGTH = 80


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The keys of a heading. A wrong value is reported and a harmless one returned."""

    values: Mapping[str, Any]
    lines: Mapping[str, int]
    report: FileReport

    def text(self, key: str, *, max_length: int | None = None) -> str:
        """Return a required text; "" after reporting that it is missing or too long."""
        value = self.values.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = str(value)
        if not isinstance(value, str) or not value.strip():
            self._missing(key)
            return ""
        text = " ".join(value.split())
        if max_length is not None and len(text) > max_length:
            self._wrong(key, f"dépasse {max_length} caractères")
        return text

    def slug(self, key: str = "slug") -> str:
        """Return a required identifier: lower-case letters, digits and single hyphens."""
        value = self.text(key, max_length=SLUG_MAX_LENGTH)
        if value and not SLUG.match(value):
            self._wrong(key, f"n'est pas un identifiant en minuscules : « {value} »")
        return value

    def whole(self, key: str, *, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number from `low` to `high`, bounds included."""
        value = self.values.get(key, default)
        if value is None:
            self._missing(key)
            return low
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            self._wrong(key, f"doit être un nombre entier de {low} à {high}, pas « {value} »")
            return low
        return value

    def day(self, key: str) -> datetime.date:
        """Return a required date, written AAAA-MM-JJ."""
        value = self.values.get(key)
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value
        parsed = as_day(value)
        if parsed is not None:
            return parsed
        if value is None:
            self._missing(key)
        else:
            self._wrong(key, f"doit être une date AAAA-MM-JJ, pas « {value} »")
        return datetime.date.min

    def texts(self, key: str, *, is_required: bool = True) -> tuple[str, ...]:
        """Return a list of texts; empty after reporting that there is none, or not only texts."""
        value = self.values.get(key)
        if value is None or value == []:
            if is_required:
                self._missing(key)
            return ()
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            self._wrong(key, "doit être une liste de textes")
            return ()
        return tuple(" ".join(item.split()) for item in value)

    def flag(self, key: str, *, default: bool) -> bool:
        value = self.values.get(key, default)
        if not isinstance(value, bool):
            self._wrong(key, "doit valoir true ou false")
            return default
        return value

    def only(self, *known: str) -> None:
        """Report every key outside `known`: most often a spelling mistake."""
        for key in self.values:
            if key not in known:
                self._wrong(key, "n'est pas une clé connue")

    def _missing(self, key: str) -> None:
        self.report.add(f"la clé « {key} » manque dans l'en-tête.", 1)

    def _wrong(self, key: str, why: str) -> None:
        self.report.add(f"la clé « {key} » {why}.", self.lines.get(key, 1))


@dataclass(frozen=True, slots=True)
class MarkdownFile:
    """A heading, and the text below it with the number of its first line."""

    front: FrontMatter
    body: str
    first_line: int


def read_markdown(path: Path, report: FileReport) -> MarkdownFile | None:
    """Read one Markdown file; None after reporting that there is no file or no readable heading."""
    text = read_text(path, report)
    if text is None:
        return None
    lines = text.splitlines()
    if not lines or lines[0].rstrip() != FENCE:
        report.add("le fichier doit commencer par un en-tête entre deux lignes « --- ».", 1)
        return None
    end = next((i for i, line in enumerate(lines[1:], 1) if line.rstrip() == FENCE), None)
    if end is None:
        report.add("l'en-tête n'est pas fermé par une ligne « --- ».", 1)
        return None
    front = _front_matter(lines[1:end], report)
    if front is None:
        return None
    return MarkdownFile(front=front, body="\n".join(lines[end + 1 :]), first_line=end + 2)


def as_day(value: object) -> datetime.date | None:
    """Return the date written AAAA-MM-JJ, or None."""
    if not isinstance(value, str):
        return None
    try:
        return datetime.date.fromisoformat(value.strip())
    except ValueError:
        return None


def load_yaml(text: str, report: FileReport, *, first_line: int = 1) -> Any:
    """Return the plain values of a YAML text; None after reporting what does not parse."""
    try:
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = mark.line + first_line if mark is not None else first_line
        report.add(f"YAML illisible : {error.problem or error.context}.", line)
    except (yaml.YAMLError, ValueError) as error:
        report.add(f"YAML illisible : {' '.join(str(error).split())}.", first_line)
    return None


def _front_matter(header: list[str], report: FileReport) -> FrontMatter | None:
    values = load_yaml("\n".join(header), report, first_line=2)
    if values is None:
        if not report.problems or report.problems[-1].file != report.file:
            report.add("l'en-tête est vide.", 1)
        return None
    if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
        report.add("l'en-tête doit être une suite de lignes « clé: valeur ».", 1)
        return None
    lines: dict[str, int] = {}
    for number, line in enumerate(header, 2):
        key = re.match(r"([A-Za-z_][\w-]*):", line)
        if key is None:
            continue
        if key[1] in lines:
            report.add(f"la clé « {key[1]} » est écrite deux fois.", number)
        lines.setdefault(key[1], number)
    return FrontMatter(values=values, lines=lines, report=report)
