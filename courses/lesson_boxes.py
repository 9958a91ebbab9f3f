"""The boxes of a lesson's Markdown as written, before each kind is read. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from courses.folder_problems import FileReport
from courses.rich_text import french_spaces

FENCE = ":::"
OPENING = re.compile(
    r"^:::\s*(?P<kind>[\w-]+)\s*(?P<title>[^{]*?)\s*(?:\{(?P<attributes>.*)\})?\s*$"
)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
TITLE_1 = re.compile(r"^#\s")


@dataclass(frozen=True, slots=True)
class Box:
    """A box as written: `lines` are its inner lines, the first one at number `line` + 1."""

    kind: str
    title: str
    attributes: dict[str, str]
    lines: tuple[str, ...]
    line: int

    def only(self, report: FileReport, *known: str) -> None:
        """Report every attribute outside `known`: most often a spelling mistake."""
        for key in self.attributes:
            if key not in known:
                report.add(f"l'encadré « {self.kind} » n'a pas d'attribut « {key} ».", self.line)

    def attribute(self, report: FileReport, key: str, *, is_required: bool = True) -> str:
        """Return an attribute with its French spaces; "" after reporting that it is missing."""
        value = french_spaces(" ".join(self.attributes.get(key, "").split()))
        if not value and is_required:
            report.add(f'l\'encadré « {self.kind} » doit dire {key}="…".', self.line)
        return value


def pieces_of(lines: list[str], report: FileReport, first_line: int) -> Iterator[str | Box]:
    """Yield stretches of plain Markdown and boxes, in order."""
    plain: list[str] = []
    opened: Box | None = None
    inner: list[str] = []
    for number, line in enumerate(lines, first_line):
        if TITLE_1.match(line):
            report.add("un titre de niveau 1 est réservé au titre de la page : écrivez ##.", number)
        if not line.startswith(FENCE):
            (plain if opened is None else inner).append(line)
            continue
        if opened is not None and line.strip() == FENCE:
            yield Box(opened.kind, opened.title, opened.attributes, tuple(inner), opened.line)
            opened, inner = None, []
            continue
        if opened is not None:
            report.add(
                f"l'encadré ouvert ligne {opened.line} n'est pas fermé avant celui-ci.", number
            )
        if any(text.strip() for text in plain):
            yield "\n".join(plain)
        plain, inner = [], []
        opened = _opening(line, number, report)
    if opened is not None:
        report.add("cet encadré n'est pas fermé par une ligne « ::: ».", opened.line)
    elif any(text.strip() for text in plain):
        yield "\n".join(plain)


def title_of(box: Box, report: FileReport) -> str:
    if not box.title:
        report.add(f"l'encadré « {box.kind} » doit porter un titre.", box.line)
    return box.title


def refuse_contents(box: Box, report: FileReport, *, title: bool) -> None:
    """Report a title or inner lines in a box that says everything in its attributes."""
    if title and box.title:
        report.add(f"l'encadré « {box.kind} » n'a pas de titre.", box.line)
    if any(line.strip() for line in box.lines):
        report.add(f"l'encadré « {box.kind} » ne contient pas de texte.", box.line)


def _opening(line: str, number: int, report: FileReport) -> Box | None:
    match = OPENING.match(line)
    if match is None:
        report.add("ligne « ::: » qui n'ouvre ni ne ferme aucun encadré.", number)
        return None
    written = match["attributes"] or ""
    if ATTRIBUTE.sub("", written).strip():
        report.add('les attributs s\'écrivent {nom="valeur" nom="valeur"}.', number)
    return Box(
        match["kind"], french_spaces(match["title"]), dict(ATTRIBUTE.findall(written)), (), number
    )
