"""The body of a lesson: Markdown, with boxes opened by `:::kind Title` and closed by `:::`. Pure.

The kinds and what each one must hold are described in `docs/curriculum-folder.md`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from courses.folder_problems import FileReport
from courses.front_matter import SLUG, as_day
from courses.lesson_boxes import Box, pieces_of, refuse_contents, title_of
from courses.lesson_parts import (
    Activity,
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
    Term,
    Text,
)
from courses.media_boxes import read_document, read_picture, read_recording
from courses.media_files import MediaShelf
from courses.rich_text import french_spaces, to_html

ITEM = re.compile(r"^(?:[-*]|\d+\.)\s+(?P<text>.*)$")
CHOICE = re.compile(r"^\[(?P<mark>[ xX])\]\s*(?P<text>.*)$")
ASIDE = re.compile(r"\s—\s")  # what follows a dash: the feedback, or what to expect
KEY_POINTS_TITLE = "À retenir"
FICTION = "Situation fictive."  # the box of a case says it in its heading


@dataclass(frozen=True, slots=True)
class Item:
    text: str
    line: int


def read_parts(
    body: str, report: FileReport, *, first_line: int = 1, media: MediaShelf
) -> tuple[LessonPart, ...]:
    """Return the parts of a lesson in order; what is wrong goes to `report` with its line."""
    parts: list[LessonPart] = []
    for piece in pieces_of(body.splitlines(), report, first_line):
        part = Text(html=to_html(piece)) if isinstance(piece, str) else _part(piece, report, media)
        if part is not None:
            parts.append(part)
    return tuple(parts)


def _part(box: Box, report: FileReport, media: MediaShelf) -> LessonPart | None:
    if box.kind in MEDIA_READERS:
        return MEDIA_READERS[box.kind](box, report, media)
    reader = READERS.get(box.kind)
    if reader is None:
        known = ", ".join(sorted([*READERS, *MEDIA_READERS]))
        report.add(f"encadré inconnu « {box.kind} » (connus : {known}).", box.line)
        return None
    box.only(report, *ATTRIBUTES.get(box.kind, ()))
    return reader(box, report)


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
    title, html = title_of(box, report), _html(box, report)
    if updated_on is None:
        return None
    reference = french_spaces(box.attributes.get("reference", ""))
    return Law(title=title, reference=reference, updated_on=updated_on, html=html)


def _sign(box: Box, report: FileReport) -> Sign:
    return Sign(title=title_of(box, report), html=_html(box, report))


def _attention(box: Box, report: FileReport) -> Attention:
    return Attention(title=title_of(box, report), html=_html(box, report))


def _case(box: Box, report: FileReport) -> Case:
    story, items = _story_and_items(box)
    if not story:
        report.add("une étude de cas doit raconter une situation.", box.line)
    if not items:
        report.add("une étude de cas doit finir par une liste de questions.", box.line)
    questions = tuple(CaseQuestion(*_with_aside(item.text)) for item in items)
    html = to_html(story.removeprefix(FICTION))
    return Case(title=title_of(box, report), html=html, questions=questions)


def _steps(box: Box, report: FileReport) -> Steps:
    return Steps(title=title_of(box, report), steps=_items_html(box, report))


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


def _term(box: Box, report: FileReport) -> Term | None:
    refuse_contents(box, report, title=True)
    slug = box.attribute(report, "slug")
    if slug and not SLUG.match(slug):
        report.add(f"« {slug} » n'est pas l'identifiant d'un terme.", box.line)
    return Term(slug=slug) if slug else None


def _activity(box: Box, report: FileReport) -> Activity | None:
    refuse_contents(box, report, title=False)
    title, code = title_of(box, report), box.attribute(report, "code")
    if code and not SLUG.match(code):
        report.add(f"« {code} » n'est pas le code d'une activité.", box.line)
    return Activity(title=title, code=code) if code else None


ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "activite": ("code",),
    "loi": ("reference", "a_jour_au"),
    "terme": ("slug",),
}
READERS: dict[str, Callable[[Box, FileReport], LessonPart | None]] = {
    "activite": _activity,
    "attention": _attention,
    "cas": _case,
    "etapes": _steps,
    "loi": _law,
    "retenir": _key_points,
    "signe": _sign,
    "terme": _term,
    "verifier": _check,
}
MEDIA_READERS: dict[str, Callable[[Box, FileReport, MediaShelf], LessonPart | None]] = {
    "audio": read_recording,
    "document": read_document,
    "image": read_picture,
    "video": read_recording,
}
