"""The parts of a lesson back to Markdown with its boxes, read again and compared. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from courses.folder_problems import FileReport
from courses.lesson_markdown import FICTION, KEY_POINTS_TITLE, read_parts
from courses.lesson_parts import (
    Activity,
    Attention,
    Case,
    Check,
    Document,
    KeyPoints,
    Law,
    LessonPart,
    Picture,
    Recorded,
    Sign,
    Steps,
    Term,
    Text,
)
from courses.media_files import MediaFile
from courses.rich_text import french_spaces, plain_spaces
from courses.rich_text_tree import CannotWrite
from courses.rich_text_writing import in_one_shape, to_markdown

NAMES = {Attention: "attention", Sign: "signe"}
EXCERPT = 60


@dataclass(slots=True)
class KnownFiles:
    """The files of the parts themselves: they need not be in a folder to be read again."""

    files: dict[str, MediaFile]

    def take(
        self, name: str, kinds: Collection[str], report: FileReport, line: int
    ) -> MediaFile | None:
        return self.files.get(name)


def write_parts(parts: Iterable[LessonPart]) -> str:
    """Return the body of a lesson. Raises CannotWrite rather than lose anything."""
    wanted = settled(parts)
    body = "\n\n".join(_written(part) for part in wanted)
    report = FileReport("")
    known = KnownFiles({file.name: file for file in files_of(wanted)})
    found = read_parts(body, report, media=known)
    if report.problems:
        raise CannotWrite(report.problems[0].sentence)
    for part, same in zip(wanted, found, strict=False):
        if part != same:
            raise CannotWrite(f"« {_excerpt(part)} » ne s'écrit pas dans le dossier : simplifiez.")
    if len(wanted) != len(found):
        raise CannotWrite("deux éléments qui se suivent seraient lus comme un seul.")
    return body


def settled(parts: Iterable[LessonPart]) -> tuple[LessonPart, ...]:
    """Return the parts as an import would read them: texts that follow each other are one."""
    result: list[LessonPart] = []
    for part in parts:
        shaped = _shaped(part)
        if isinstance(shaped, Text) and result and isinstance(result[-1], Text):
            joined = in_one_shape(f"{result[-1].html}{shaped.html}")
            result[-1] = Text(html=joined)
        elif not isinstance(shaped, Text) or shaped.html:
            result.append(shaped)
    return tuple(result)


def files_of(parts: Iterable[LessonPart]) -> list[MediaFile]:
    """The files that the parts show, in order."""
    found = []
    for part in parts:
        if isinstance(part, Picture | Recorded | Document):
            found.append(part.file)
        if isinstance(part, Recorded) and part.captions is not None:
            found.append(part.captions)
    return found


def _shaped(part: Any) -> Any:
    """The same part with its rich texts in one shape and its plain texts typeset."""
    changes: dict[str, Any] = {}
    for field in fields(part):
        value = getattr(part, field.name)
        if field.name == "html":
            changes[field.name] = in_one_shape(value)
        elif isinstance(part, Steps | KeyPoints) and field.name != "title":
            changes[field.name] = tuple(in_one_shape(item) for item in value)
        elif isinstance(value, str):
            changes[field.name] = _typeset(value, keep_lines=field.name == "transcript")
        elif isinstance(value, tuple):
            changes[field.name] = tuple(_shaped(item) for item in value)
    return replace(part, **changes)


def _typeset(text: str, *, keep_lines: bool) -> str:
    if keep_lines:
        return french_spaces("\n".join(line.strip() for line in text.splitlines()).strip())
    return french_spaces(" ".join(plain_spaces(text).split()))


def _written(part: LessonPart) -> str:
    match part:
        case Text():
            return to_markdown(part.html)
        case Picture() | Recorded() | Document():
            return _file(part)
        case Case():
            return _case(part)
        case Check():
            return _check(part)
    return _plain_box(part)


def _plain_box(part: Law | Sign | Attention | Steps | KeyPoints | Term | Activity) -> str:
    kind, title, facts, body = "", "", {}, ""
    match part:
        case Law():
            kind, title, body = "loi", part.title, to_markdown(part.html)
            facts = {"reference": part.reference, "a_jour_au": part.updated_on.isoformat()}
        case Sign() | Attention():
            kind, title, body = NAMES[type(part)], part.title, to_markdown(part.html)
        case Steps():
            kind, title = "etapes", part.title
            body = "\n".join(f"{n}. {to_markdown(item)}" for n, item in enumerate(part.steps, 1))
        case KeyPoints():
            kind, title = "retenir", "" if part.title == KEY_POINTS_TITLE else part.title
            body = "\n".join(f"- {to_markdown(point)}" for point in part.points)
        case Term():
            kind, facts = "terme", {"slug": part.slug}
        case Activity():
            kind, title, facts = "activite", part.title, {"code": part.code}
    return _box(kind, title, facts, body)


def _file(part: Picture | Recorded | Document) -> str:
    facts = {"fichier": part.file.name}
    match part:
        case Picture():
            facts |= {"alt": part.alt, "legende": part.caption}
            return _box("image", "", facts, "")
        case Document():
            return _box("document", part.title, facts, plain_spaces(part.description))
    if part.captions is not None:
        facts["sous_titres"] = part.captions.name
    facts["duree"] = "" if part.seconds is None else str(part.seconds)
    facts["langue"] = "" if part.language == "fr" else part.language
    return _box(part.kind, part.title, facts, plain_spaces(part.transcript))


def _case(part: Case) -> str:
    story = to_markdown(part.html)
    gap = "\n\n" if story.startswith(("#", "-", "1.")) else " "
    questions = [f"- {_with_aside(item.question, item.guidance)}" for item in part.questions]
    body = f"{FICTION}{gap}{story}\n\n" + "\n".join(questions)
    return _box("cas", part.title, {}, body)


def _check(part: Check) -> str:
    choices = [
        f"- [{'x' if choice.is_correct else ' '}] {_with_aside(choice.text, choice.feedback)}"
        for choice in part.choices
    ]
    return _box("verifier", "", {}, f"{plain_spaces(part.question)}\n\n" + "\n".join(choices))


def _with_aside(text: str, aside: str) -> str:
    return plain_spaces(f"{text} — {aside}" if aside else text)


def _box(kind: str, title: str, facts: dict[str, str], body: str) -> str:
    attributes = " ".join(f'{key}="{plain_spaces(value)}"' for key, value in facts.items() if value)
    opening = f":::{kind} {plain_spaces(title)}".rstrip()
    opening = f"{opening} {{{attributes}}}" if attributes else opening
    return "\n".join(filter(None, [opening, body, ":::"]))


def _excerpt(part: Any) -> str:
    for field in fields(part):
        value = getattr(part, field.name)
        if isinstance(value, str) and value:
            return value if len(value) <= EXCERPT else f"{value[:EXCERPT]}…"
        if is_dataclass(value):
            return _excerpt(value)
    return type(part).__name__
