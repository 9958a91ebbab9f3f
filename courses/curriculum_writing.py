"""A curriculum back to the files of its folder: what `curriculum_folder` reads. Pure.

Keys, order, quotes and file names are always the same: two exports of the same pages are equal
byte for byte, and a change shows on its own line.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from courses.curriculum_folder import (
    CURRICULUM_FILE,
    GLOSSARY_FILE,
    MODULE_FILE,
    ParsedAwareness,
    ParsedCurriculum,
    ParsedLesson,
    ParsedModule,
    ParsedTerm,
    ParsedTopic,
)
from courses.folder_problems import Problem
from courses.form_files import DEFAULT_MASTERY, ParsedForm, ParsedItem
from courses.front_matter import SLUG
from courses.lesson_parts import LessonPart
from courses.lesson_writing import write_parts
from courses.rich_text_tree import CannotWrite
from courses.rich_text_writing import to_markdown

Files = dict[str, str]
Value = str | int | bool | Sequence[str]


class CannotExport(ValueError):
    """Pages that the folder's format cannot say; `problems` lists each one with its file."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


def write_curriculum(parsed: ParsedCurriculum) -> Files:
    """Return {path in the folder: text}. Raises CannotExport with everything that does not fit."""
    problems: list[Problem] = []
    files = {CURRICULUM_FILE: _curriculum(parsed, problems)}
    for number, module in enumerate(parsed.modules, 1):
        folder = f"modules/{number:02d}-{module.slug}"
        files[f"{folder}/{MODULE_FILE}"] = _module(module)
        for place, lesson in enumerate(module.lessons, 1):
            path = f"{folder}/{place:02d}-{lesson.slug}.md"
            files[path] = _lesson(lesson, path, problems)
    if parsed.glossary:
        files[GLOSSARY_FILE] = _glossary(parsed.glossary)
    files |= write_forms(parsed.forms)
    if problems:
        raise CannotExport(problems)
    return files


def write_awareness(pages: Sequence[ParsedAwareness]) -> Files:
    """Return {file name: text} of the awareness folder. Raises CannotExport."""
    problems: list[Problem] = []
    files: Files = {}
    for number, page in enumerate(pages, 1):
        path = f"{number:02d}-{page.slug}.md"
        heading = {"title": page.title, "slug": page.slug, "summary": page.summary}
        body = _body(page.parts, path, problems)
        files[path] = _markdown({**heading, "sources": page.sources}, body)
    if problems:
        raise CannotExport(problems)
    return files


def write_topics(topics: Iterable[ParsedTopic]) -> str:
    return "".join(f"- code: {topic.code}\n  name: {_quoted(topic.name)}\n" for topic in topics)


def write_forms(forms: Sequence[ParsedForm]) -> Files:
    """Return {path: text} of the test forms, each named after its letter or its code."""
    letters = [form.letter for form in forms]
    by_letter = all(letters) and len({letter.lower() for letter in letters}) == len(letters)
    return {
        f"tests/form-{form.letter.lower() if by_letter else form.code}.yaml": _form(form)
        for form in forms
    }


def _curriculum(parsed: ParsedCurriculum, problems: list[Problem]) -> str:
    modules = [f"{number:02d}-{module.slug}" for number, module in enumerate(parsed.modules, 1)]
    heading: dict[str, Value] = {
        "title": parsed.title,
        "slug": parsed.slug,
        "summary": parsed.summary,
        "language": "fr",
        "version": parsed.version,
        "updated_on": parsed.updated_on.isoformat(),
        "nominal_minutes": parsed.nominal_minutes,
        "validity_months": parsed.validity_months,
        "lessons_online": parsed.has_online_lessons,
        **({"refreshes": parsed.refreshes} if parsed.refreshes else {}),
        "topics": parsed.topics,
        "audience": parsed.audience,
        "modules": modules,
        "sources": parsed.sources,
    }
    try:
        body = to_markdown(parsed.presentation)
    except CannotWrite as refusal:
        problems.append(Problem(CURRICULUM_FILE, str(refusal)))
        body = ""
    return _markdown(heading, body)


def _module(module: ParsedModule) -> str:
    summary, _gap, body = module.summary.partition("\n\n")
    names = [f"{number:02d}-{lesson.slug}.md" for number, lesson in enumerate(module.lessons, 1)]
    heading = {"title": module.title, "slug": module.slug, "summary": summary, "lessons": names}
    return _markdown(heading, body)


def _lesson(lesson: ParsedLesson, path: str, problems: list[Problem]) -> str:
    heading: dict[str, Value] = {
        "title": lesson.title,
        "slug": lesson.slug,
        "minutes": lesson.minutes,
        "objectives": lesson.objectives,
        "sources": lesson.sources,
    }
    return _markdown(heading, _body(lesson.parts, path, problems))


def _body(parts: Sequence[LessonPart], path: str, problems: list[Problem]) -> str:
    try:
        return write_parts(parts)
    except CannotWrite as refusal:
        problems.append(Problem(path, str(refusal)))
        return ""


def _glossary(terms: Iterable[ParsedTerm]) -> str:
    lines = []
    for term in terms:
        lines += [f"- term: {_quoted(term.term)}", f"  slug: {term.slug}"]
        lines.append(f"  definition: {_quoted(term.definition)}")
        if term.source:
            lines.append(f"  source: {_quoted(term.source)}")
    return "\n".join(lines) + "\n"


def _form(form: ParsedForm) -> str:
    heading: dict[str, Value] = {
        "code": form.code,
        "title": form.title,
        "parallel_group": form.parallel_group,
        **({"letter": form.letter} if form.letter else {}),
        **({"mastery": form.mastery} if form.mastery != DEFAULT_MASTERY else {}),
    }
    return f"{_yaml(heading)}items:\n" + "".join(_item(item) for item in form.items)


def _item(item: ParsedItem) -> str:
    lines = [f"  - code: {item.code if SLUG.match(item.code) else _quoted(item.code)}"]
    if item.lesson:
        lines.append(f"    lesson: {item.lesson}")
    if item.objective:
        lines.append(f"    objective: {_quoted(item.objective)}")
    lines += [f"    stem: {_quoted(item.stem)}", "    choices:"]
    for choice in item.choices:
        lines.append(f"      - text: {_quoted(choice.text)}")
        if choice.is_correct:
            lines.append("        correct: true")
        if choice.feedback:
            lines.append(f"        feedback: {_quoted(choice.feedback)}")
    return "\n".join(lines) + "\n"


def _markdown(heading: Mapping[str, Value], body: str) -> str:
    text = f"---\n{_yaml(heading)}---\n"
    return f"{text}{body.strip()}\n" if body.strip() else text


BARE = frozenset({"slug", "language", "updated_on", "topics", "audience", "modules", "lessons"})
BARE |= {"code", "parallel_group", "refreshes"}


def _yaml(heading: Mapping[str, Value]) -> str:
    """Plain keys; texts always quoted, identifiers and numbers never."""
    lines = []
    for key, value in heading.items():
        if isinstance(value, bool):
            lines.append(f"{key}: {str(value).lower()}")
        elif isinstance(value, int):
            lines.append(f"{key}: {value}")
        elif isinstance(value, str):
            lines.append(f"{key}: {value if key in BARE else _quoted(value)}")
        elif not value:
            lines.append(f"{key}: []")
        else:
            items = [item if key in BARE else _quoted(item) for item in value]
            lines += [f"{key}:", *(f"  - {item}" for item in items)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A YAML text on one line, whatever it holds."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\x7f").replace("\u0085", "\\N")
