"""The body of a lesson: Markdown, with boxes opened by `:::kind Title` and closed by `:::`. Pure.

The kinds and what each one must hold are described in `docs/curriculum-folder.md`.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from courses.folder_problems import FileReport
from courses.front_matter import as_day
from courses.lesson_parts import (
    Attention,
    Case,
    CaseQuestion,
    Check,
    CheckChoice,
    KeyPoints,
    Law,
    LessonPart,
    Sign,
    Steps,
    Text,
)
from courses.rich_text import french_spaces, to_html

FENCE = ":::"
OPENING = re.compile(
    r"^:::\s*(?P<kind>[\w-]+)\s*(?P<title>[^{]*?)\s*(?:\{(?P<attributes>.*)\})?\s*$"
)
ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')
ITEM = re.compile(r"^(?:[-*]|\d+\.)\s+(?P<text>.*)$")
CHOICE = re.compile(r"^\[(?P<mark>[ xX])\]\s*(?P<text>.*)$")
ASIDE = re.compile(r"\s—\s")  # what follows a dash: the feedback, or what to expect
TITLE_1 = re.compile(r"^#\s")
KEY_POINTS_TITLE = "À retenir"
FICTION = "Situation fictive."  # the box of a case says it in its heading


@dataclass(frozen=True, slots=True)
class Box:
    """A box as written: `lines` are its inner lines, the first one at number `line` + 1."""

    kind: str
    title: str
    attributes: dict[str, str]
    lines: tuple[str, ...]
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    line: int


def read_parts(body: str, report: FileReport, *, first_line: int = 1) -> tuple[LessonPart, ...]:
    """Return the parts of a lesson in order; what is wrong goes to `report` with its line."""
    parts: list[LessonPart] = []
    for piece in _pieces(body.splitlines(), report, first_line):
        if isinstance(piece, str):
            parts.append(Text(html=to_html(piece)))
            continue
        reader = READERS.get(piece.kind)
        if reader is None:
            known = ", ".join(sorted(READERS))
            report.add(f"encadré inconnu « {piece.kind} » (connus : {known}).", piece.line)
            continue
        part = reader(piece, report)
        if part is not None:
            parts.append(part)
    return tuple(parts)


def _pieces(lines: list[str], report: FileReport, first_line: int) -> Iterator[str | Box]:
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


def _opening(line: str, number: int, report: FileReport) -> Box | None:
    match = OPENING.match(line)
    if match is None:
        report.add("ligne « ::: » qui n'ouvre ni ne ferme aucun encadré.", number)
        return None
    attributes = dict(ATTRIBUTE.findall(match["attributes"] or ""))
    return Box(match["kind"], french_spaces(match["title"]), attributes, (), number)


def _title(box: Box, report: FileReport) -> str:
    if not box.title:
        report.add(f"l'encadré « {box.kind} » doit porter un titre.", box.line)
    return box.title


def _html(box: Box, report: FileReport) -> str:
    html = to_html("\n".join(box.lines))
    if not html:
        report.add(f"l'encadré « {box.kind} » est vide.", box.line)
    return html


def _law(box: Box, report: FileReport) -> Law | None:
    for key in ("reference", "a_jour_au"):
        if not box.attributes.get(key):
            report.add(f'un texte de loi doit dire {key}="…".', box.line)
    stated = box.attributes.get("a_jour_au", "")
    updated_on = as_day(stated)
    if stated and updated_on is None:
        report.add(f"a_jour_au doit être une date AAAA-MM-JJ, pas « {stated} ».", box.line)
    title, html = _title(box, report), _html(box, report)
    if updated_on is None:
        return None
    reference = french_spaces(box.attributes.get("reference", ""))
    return Law(title=title, reference=reference, updated_on=updated_on, html=html)


def _sign(box: Box, report: FileReport) -> Sign:
    return Sign(title=_title(box, report), html=_html(box, report))


def _attention(box: Box, report: FileReport) -> Attention:
    return Attention(title=_title(box, report), html=_html(box, report))


def _case(box: Box, report: FileReport) -> Case:
    story, items = _story_and_items(box)
    if not story:
        report.add("une étude de cas doit raconter une situation.", box.line)
    if not items:
        report.add("une étude de cas doit finir par une liste de questions.", box.line)
    questions = tuple(CaseQuestion(*_with_aside(item.text)) for item in items)
    html = to_html(story.removeprefix(FICTION))
    return Case(title=_title(box, report), html=html, questions=questions)


def _steps(box: Box, report: FileReport) -> Steps:
    return Steps(title=_title(box, report), steps=_items_html(box, report))


def _key_points(box: Box, report: FileReport) -> KeyPoints:
    return KeyPoints(title=box.title or KEY_POINTS_TITLE, points=_items_html(box, report))


def _check(box: Box, report: FileReport) -> Check:
    question, items = _story_and_items(box)
    if not question:
        report.add("une vérification doit poser une question.", box.line)
    choices = [_choice(item, report) for item in items]
    correct = sum(choice.is_correct for choice in choices)
    if len(choices) < 2:
        report.add("une vérification doit proposer au moins deux réponses.", box.line)
    elif correct != 1:
        report.add(f"une seule réponse doit être juste ([x]), ici {correct}.", box.line)
    return Check(question=french_spaces(" ".join(question.split())), choices=tuple(choices))


def _choice(item: Item, report: FileReport) -> CheckChoice:
    match = CHOICE.match(item.text)
    if match is None:
        report.add("une réponse proposée commence par [ ] ou [x].", item.line)
        return CheckChoice(text=item.text, is_correct=False, feedback="")
    text, feedback = _with_aside(match["text"])
    return CheckChoice(text=text, is_correct=match["mark"] in "xX", feedback=feedback)


def _items_html(box: Box, report: FileReport) -> tuple[str, ...]:
    before, items = _story_and_items(box)
    if before or not items:
        report.add(f"l'encadré « {box.kind} » ne contient qu'une liste.", box.line)
    return tuple(to_html(item.text) for item in items)


def _story_and_items(box: Box) -> tuple[str, list[Item]]:
    """Split a box in the text that comes first and the list that ends it."""
    start = len(box.lines)
    for index, line in enumerate(box.lines):
        if ITEM.match(line):
            start = min(start, index)
        elif line.strip() and not line.startswith("  "):
            start = len(box.lines)
    items: list[Item] = []
    for number, line in enumerate(box.lines[start:], box.line + 1 + start):
        match = ITEM.match(line)
        if match is not None:
            items.append(Item(match["text"].strip(), number))
        elif line.strip():
            items[-1] = Item(f"{items[-1].text} {line.strip()}", items[-1].line)
    return "\n".join(box.lines[:start]).strip(), items


def _with_aside(text: str) -> tuple[str, str]:
    """Split « text — aside »; the aside is "" where there is none."""
    head, *aside = ASIDE.split(text, maxsplit=1)
    return french_spaces(head.strip()), french_spaces(aside[0].strip()) if aside else ""


READERS: dict[str, Callable[[Box, FileReport], LessonPart | None]] = {
    "attention": _attention,
    "cas": _case,
    "etapes": _steps,
    "loi": _law,
    "retenir": _key_points,
    "signe": _sign,
    "verifier": _check,
}
