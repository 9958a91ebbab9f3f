"""Read a curriculum folder: readable files that a committee can version and share. Pure.

The format is described in `docs/curriculum-folder.md`. Everything wrong is collected, then raised
at once as `InvalidFolder`: an author corrects a folder in one go.
"""

import datetime
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from courses.folder_problems import FileReport, InvalidFolder, read_text
from courses.form_files import ParsedForm, read_forms
from courses.front_matter import SLUG, FrontMatter, load_yaml, read_markdown
from courses.lesson_markdown import read_parts
from courses.lesson_parts import LessonPart
from courses.media_files import MEDIA_FOLDER, MediaFolder
from courses.rich_text import to_html
from courses.yaml_records import Record, records_of

CURRICULUM_FILE = "curriculum.md"
MODULE_FILE = "module.md"
GLOSSARY_FILE = "glossary.yaml"
MIN_LESSON_MINUTES, MAX_LESSON_MINUTES = 3, 6
MIN_NOMINAL_MINUTES, MAX_NOMINAL_MINUTES = 10, 20_000
MAX_VALIDITY_MONTHS = 120
TITLE_MAX_LENGTH = 255
CURRICULUM_KEYS = (
    *("title", "slug", "summary", "language", "version", "updated_on", "nominal_minutes"),
    *("validity_months", "lessons_online", "refreshes", "topics", "audience", "modules"),
    "sources",
)


@dataclass(frozen=True, slots=True)
class ParsedLesson:
    """One lesson; `minutes` is its reading time."""

    slug: str
    title: str
    minutes: int
    objectives: tuple[str, ...]
    sources: tuple[str, ...]
    parts: tuple[LessonPart, ...]


@dataclass(frozen=True, slots=True)
class ParsedModule:
    """`summary` holds one paragraph from the heading, then the paragraphs of the file's body."""

    slug: str
    title: str
    summary: str
    lessons: tuple[ParsedLesson, ...]


@dataclass(frozen=True, slots=True)
class ParsedTerm:
    slug: str
    term: str
    definition: str
    source: str


@dataclass(frozen=True, slots=True)
class ParsedTopic:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class ParsedCurriculum:
    """A whole folder, without error. Topics and audience are codes, checked when it is imported.

    Neither has an order, and glossary terms are in alphabetical order whatever the file's.
    `refreshes` is the slug of the curriculum whose validity this one prolongs, or "".
    """

    slug: str
    title: str
    summary: str
    presentation: str
    version: str
    updated_on: datetime.date
    nominal_minutes: int
    validity_months: int
    has_online_lessons: bool
    topics: tuple[str, ...]
    audience: tuple[str, ...]
    sources: tuple[str, ...]
    modules: tuple[ParsedModule, ...]
    glossary: tuple[ParsedTerm, ...]
    forms: tuple[ParsedForm, ...]
    refreshes: str = ""


@dataclass(frozen=True, slots=True)
class ParsedAwareness:
    """A page for everyone."""

    slug: str
    title: str
    summary: str
    sources: tuple[str, ...]
    parts: tuple[LessonPart, ...]


@dataclass(frozen=True, slots=True)
class _Place:
    """The folder being read, and the files beside its lessons."""

    folder: Path
    media: MediaFolder


def read_curriculum(folder: Path) -> ParsedCurriculum:
    """Return what one curriculum folder holds. Raises InvalidFolder with every problem found."""
    report = FileReport(CURRICULUM_FILE)
    file = read_markdown(folder / CURRICULUM_FILE, report)
    if file is None:
        raise InvalidFolder(report.problems)
    front = file.front
    front.only(*CURRICULUM_KEYS)
    is_online = front.flag("lessons_online", default=True)
    modules = _read_modules(folder, _names(front, "modules", is_required=is_online), report)
    lessons = [lesson for module in modules for lesson in module.lessons]
    parsed = ParsedCurriculum(
        slug=front.slug(),
        title=front.text("title", max_length=TITLE_MAX_LENGTH),
        summary=front.text("summary"),
        presentation=to_html(file.body),
        version=front.text("version", max_length=20),
        updated_on=front.day("updated_on"),
        nominal_minutes=front.whole(
            "nominal_minutes", low=MIN_NOMINAL_MINUTES, high=MAX_NOMINAL_MINUTES
        ),
        validity_months=front.whole("validity_months", low=1, high=MAX_VALIDITY_MONTHS, default=24),
        has_online_lessons=is_online,
        topics=tuple(sorted(front.texts("topics"))),
        audience=tuple(sorted(front.texts("audience", is_required=False))),
        sources=front.texts("sources"),
        modules=modules,
        glossary=_read_glossary(folder, report.beside(GLOSSARY_FILE)),
        forms=read_forms(
            folder, report, objectives={lesson.slug: lesson.objectives for lesson in lessons}
        ),
        refreshes=_refreshed(front),
    )
    if report.problems:
        raise InvalidFolder(report.problems)
    return parsed


def read_topics(path: Path) -> tuple[ParsedTopic, ...]:
    """Return the topics of `topics.yaml`. Raises InvalidFolder."""
    report = FileReport(path.name)
    topics = tuple(
        ParsedTopic(_slug(record, "code"), record.text("name", max_length=120))
        for record in _records(path, report, name="un thème")
    )
    _report_twice((topic.code for topic in topics), "thème", report)
    if report.problems:
        raise InvalidFolder(report.problems)
    return topics


def read_awareness(folder: Path) -> tuple[ParsedAwareness, ...]:
    """Return the awareness pages of a folder, in file name order. Raises InvalidFolder."""
    shared = FileReport(folder.name)
    pages: list[ParsedAwareness] = []
    media = MediaFolder(folder / MEDIA_FOLDER)
    for path in sorted(folder.glob("*.md")):
        report = shared.beside(path.name)
        file = read_markdown(path, report)
        if file is None:
            continue
        file.front.only("title", "slug", "summary", "sources")
        pages.append(
            ParsedAwareness(
                slug=file.front.slug(),
                title=file.front.text("title", max_length=TITLE_MAX_LENGTH),
                summary=file.front.text("summary"),
                sources=file.front.texts("sources"),
                parts=read_parts(file.body, report, first_line=file.first_line, media=media),
            )
        )
    media.report_unused(shared)
    if not pages and not shared.problems:
        shared.add("aucune page de sensibilisation (*.md) dans ce dossier.")
    _report_twice((page.slug for page in pages), "page", shared)
    if shared.problems:
        raise InvalidFolder(shared.problems)
    return tuple(pages)


def _refreshed(front: FrontMatter) -> str:
    """The slug under the key `refreshes`; "" where there is none."""
    slug = front.slug("refreshes") if "refreshes" in front.values else ""
    if slug and slug == front.values.get("slug"):
        line = front.lines.get("refreshes")
        front.report.add("une formation ne se rafraîchit pas elle-même.", line)
    return slug


def _read_modules(
    folder: Path, names: Iterable[str], report: FileReport
) -> tuple[ParsedModule, ...]:
    media = MediaFolder(folder / MEDIA_FOLDER)
    modules = tuple(
        module
        for name in names
        if (module := _read_module(_Place(folder, media), f"modules/{name}", report)) is not None
    )
    media.report_unused(report)
    _report_twice((module.slug for module in modules), "module", report)
    slugs = (lesson.slug for module in modules for lesson in module.lessons)
    _report_twice(slugs, "leçon", report)
    return modules


def _read_module(place: _Place, name: str, report: FileReport) -> ParsedModule | None:
    file_report = report.beside(f"{name}/{MODULE_FILE}")
    file = read_markdown(place.folder / name / MODULE_FILE, file_report)
    if file is None:
        return None
    file.front.only("title", "slug", "summary", "lessons")
    lesson_files = _names(file.front, "lessons")
    for path in sorted((place.folder / name).glob("*.md")):
        if path.name not in (MODULE_FILE, *lesson_files):
            file_report.add(f"{path.name} n'est pas dans la liste « lessons ».")
    lessons = tuple(
        lesson
        for lesson_file in lesson_files
        if (lesson := _read_lesson(place, f"{name}/{lesson_file}", report)) is not None
    )
    return ParsedModule(
        slug=file.front.slug(),
        title=file.front.text("title", max_length=TITLE_MAX_LENGTH),
        summary="\n\n".join(filter(None, [file.front.text("summary"), file.body.strip()])),
        lessons=lessons,
    )


def _read_lesson(place: _Place, name: str, report: FileReport) -> ParsedLesson | None:
    file_report = report.beside(name)
    file = read_markdown(place.folder / name, file_report)
    if file is None:
        return None
    front = file.front
    front.only("title", "slug", "minutes", "objectives", "sources")
    parts = read_parts(file.body, file_report, first_line=file.first_line, media=place.media)
    if not parts:
        file_report.add("la leçon est vide.", file.first_line)
    return ParsedLesson(
        slug=front.slug(),
        title=front.text("title", max_length=TITLE_MAX_LENGTH),
        minutes=front.whole("minutes", low=MIN_LESSON_MINUTES, high=MAX_LESSON_MINUTES),
        objectives=front.texts("objectives"),
        sources=front.texts("sources"),
        parts=parts,
    )


def _read_glossary(folder: Path, report: FileReport) -> tuple[ParsedTerm, ...]:
    path = folder / GLOSSARY_FILE
    if not path.exists():
        return ()
    terms = tuple(
        ParsedTerm(
            slug=_slug(record, "slug"),
            term=record.text("term", max_length=120),
            definition=record.text("definition"),
            source=record.text("source", default="", max_length=200),
        )
        for record in _records(path, report, name="un terme")
    )
    _report_twice((term.slug for term in terms), "terme", report)
    return in_alphabetical_order(terms)


def in_alphabetical_order(terms: Iterable[ParsedTerm]) -> tuple[ParsedTerm, ...]:
    """Order terms as a French dictionary does: accents and capitals do not count."""

    def without_accents(term: ParsedTerm) -> tuple[str, str]:
        letters = unicodedata.normalize("NFD", term.term.casefold())
        return "".join(c for c in letters if not unicodedata.combining(c)), term.slug

    return tuple(sorted(terms, key=without_accents))


def _names(front: FrontMatter, key: str, *, is_required: bool = True) -> tuple[str, ...]:
    """Return the names of files or folders listed under `key`; none may lead elsewhere."""
    names = front.texts(key, is_required=is_required)
    for name in names:
        if Path(name).name != name:
            line = front.lines.get(key)
            front.report.add(f"« {name} » doit être un simple nom, sans chemin.", line)
    return tuple(name for name in names if Path(name).name == name)


def _records(path: Path, report: FileReport, *, name: str) -> list[Record]:
    text = read_text(path, report)
    value = load_yaml(text, report) if text is not None else None
    if text is None or value is None:
        return []
    return records_of(text, value, report, name=name)


def _slug(record: Record, key: str) -> str:
    value = record.text(key, max_length=60)
    if value and not SLUG.match(value):
        record.add(f"« {key} » n'est pas un identifiant en minuscules : « {value} ».")
    return value


def _report_twice(slugs: Iterable[str], what: str, report: FileReport) -> None:
    seen: set[str] = set()
    for slug in slugs:
        if slug and slug in seen:
            report.add(f"l'identifiant « {slug} » est porté par deux éléments ({what}).")
        seen.add(slug)
