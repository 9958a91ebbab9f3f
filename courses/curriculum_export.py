"""The pages of a curriculum back to the files of its folder: the way home of an import.

Only what is published is written. What the folder's format cannot say is refused with a sentence,
page by page; nothing is left out in silence.
"""

import json
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from courses.curriculum_folder import (
    GLOSSARY_FILE,
    ParsedAwareness,
    ParsedCurriculum,
    ParsedLesson,
    ParsedModule,
    ParsedTerm,
    ParsedTopic,
    in_alphabetical_order,
    read_awareness,
    read_curriculum,
)
from courses.curriculum_writing import (
    CannotExport,
    Files,
    write_awareness,
    write_curriculum,
)
from courses.folder_problems import InvalidFolder, Problem
from courses.form_files import ParsedForm
from courses.lesson_parts import LessonPart, Term
from courses.lesson_reading import MediaDrawer, parts_of, with_plain_links
from courses.lesson_writing import settled, write_parts
from courses.media_files import MEDIA_FOLDER
from courses.models import (
    AwarenessPage,
    CurriculumPage,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    Topic,
)
from courses.rich_text import plain_spaces
from courses.rich_text_tree import CannotWrite
from courses.rich_text_writing import in_one_shape


@dataclass(frozen=True, slots=True)
class Exported:
    """What the pages say, and the stored files that they show."""

    curriculum: ParsedCurriculum
    drawer: MediaDrawer


@dataclass(slots=True)
class _Desk:
    """What is being gathered: the files met, what does not fit, and where that may go instead."""

    raw: Files | None
    drawer: MediaDrawer = field(default_factory=MediaDrawer)
    problems: list[Problem] = field(default_factory=list)

    def set_aside(self, path: str, stored: str, title: str, refusal: CannotWrite) -> None:
        if self.raw is None:
            self.problems.append(Problem(title, str(refusal)))
        else:
            self.raw[path] = stored


def read_pages(
    curriculum: CurriculumPage, *, forms: Sequence[ParsedForm] = (), raw: Files | None = None
) -> Exported:
    """Return the published pages of a curriculum as its folder would hold them.

    A content that does not fit goes in `raw` as Wagtail stores it, under a path of its own, and is
    empty in the result; without `raw`, CannotExport is raised with every such page.
    """
    desk = _Desk(raw)
    modules = tuple(
        _module(module, desk)
        for module in ModulePage.objects.live().child_of(curriculum).order_by("path")
    )
    presentation = _presentation(curriculum, desk)
    if desk.problems:
        raise CannotExport(desk.problems)
    parsed = ParsedCurriculum(
        slug=curriculum.slug,
        title=_plain(curriculum.title),
        summary=_plain(curriculum.summary),
        presentation=presentation,
        version=_plain(curriculum.version),
        updated_on=curriculum.updated_on,
        nominal_minutes=curriculum.nominal_minutes,
        validity_months=curriculum.validity_months,
        has_online_lessons=curriculum.has_online_lessons,
        topics=tuple(curriculum.topics.order_by("code").values_list("code", flat=True)),
        audience=tuple(
            curriculum.audience_professions.order_by("code").values_list("code", flat=True)
        ),
        sources=_plains(curriculum.sources),
        modules=modules,
        glossary=_glossary(curriculum, modules),
        forms=tuple(forms),
        refreshes=curriculum.refreshes.slug if curriculum.refreshes else "",
    )
    return Exported(parsed, desk.drawer)


def export_curriculum(
    curriculum: CurriculumPage, folder: Path, *, forms: Sequence[ParsedForm] = ()
) -> int:
    """Write a curriculum in `folder`, over what it held of it; return the number of text files.

    The files are read again and compared before anything is replaced. Raises CannotExport.
    """
    exported = read_pages(curriculum, forms=forms)
    files = write_curriculum(exported.curriculum)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / curriculum.slug
        _write(made, files, exported.drawer)
        try:
            again = read_curriculum(made)
        except InvalidFolder as refusal:
            raise CannotExport(refusal.problems) from refusal
        if again != exported.curriculum:
            raise CannotExport(
                [Problem(curriculum.slug, "les fichiers écrits seraient lus autrement.")]
            )
        _replace(folder, made)
    return len(files)


def export_awareness(folder: Path) -> int:
    """Write the published awareness pages; return their number. Raises CannotExport."""
    desk = _Desk(None)
    pages = tuple(
        ParsedAwareness(
            slug=page.slug,
            title=_plain(page.title),
            summary=_plain(page.summary),
            sources=_plains(page.sources),
            parts=_parts(page, desk),
        )
        for page in french_awareness_pages()
    )
    if desk.problems:
        raise CannotExport(desk.problems)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place) / "pages"
        _write(made, write_awareness(pages), desk.drawer)
        try:
            again = read_awareness(made)
        except InvalidFolder as refusal:
            raise CannotExport(refusal.problems) from refusal
        if again != pages:
            raise CannotExport(
                [Problem(folder.name, "les fichiers écrits seraient lus autrement.")]
            )
        _replace(folder, made)
    return len(pages)


def french_awareness_pages() -> Iterable[AwarenessPage]:
    """The pages that the folder holds: those of the first language, in their order."""
    return AwarenessPage.objects.live().filter(locale__language_code="fr").order_by("path")


def all_topics() -> tuple[ParsedTopic, ...]:
    return tuple(ParsedTopic(t.code, _plain(t.name)) for t in Topic.objects.order_by("pk"))


def _module(page: ModulePage, desk: _Desk) -> ParsedModule:
    lessons = LessonPage.objects.live().child_of(page).order_by("path")
    return ParsedModule(
        slug=page.slug,
        title=_plain(page.title),
        summary=_paragraphs(page.summary),
        lessons=tuple(_lesson(lesson, desk) for lesson in lessons),
    )


def _lesson(page: LessonPage, desk: _Desk) -> ParsedLesson:
    return ParsedLesson(
        slug=page.slug,
        title=_plain(page.title),
        minutes=page.minutes,
        objectives=_plains(page.objectives),
        sources=_plains(page.sources),
        parts=_parts(page, desk),
    )


def _parts(page: Any, desk: _Desk) -> tuple[LessonPart, ...]:
    try:
        parts = settled(parts_of(page.body, desk.drawer))
        if desk.raw is not None:
            write_parts(parts)
    except CannotWrite as refusal:
        stored = json.dumps(list(page.body.raw_data), ensure_ascii=False, indent=1)
        desk.set_aside(f"brut/{page.slug}.json", stored, page.title, refusal)
        return ()
    return parts


def _presentation(curriculum: CurriculumPage, desk: _Desk) -> str:
    try:
        return in_one_shape(with_plain_links(curriculum.presentation))
    except CannotWrite as refusal:
        path = "brut/presentation.html"
        desk.set_aside(path, curriculum.presentation, curriculum.title, refusal)
        return ""


def _glossary(
    curriculum: CurriculumPage, modules: Sequence[ParsedModule]
) -> tuple[ParsedTerm, ...]:
    """The words that the curriculum brought, and those that its lessons show, in order."""
    shown = {
        part.slug
        for module in modules
        for lesson in module.lessons
        for part in lesson.parts
        if isinstance(part, Term)
    }
    own = GlossaryTerm.objects.filter(curricula__curriculum=curriculum)
    terms = own | GlossaryTerm.objects.filter(slug__in=shown)
    parsed = [
        ParsedTerm(t.slug, _plain(t.term), _plain(t.definition), _plain(t.source))
        for t in terms.distinct()
    ]
    return in_alphabetical_order(parsed)


def _write(folder: Path, files: Files, drawer: MediaDrawer) -> None:
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    for media, stored in drawer.stored.items():
        (folder / MEDIA_FOLDER).mkdir(exist_ok=True)
        with stored.storage.open(stored.name, "rb") as source:
            (folder / MEDIA_FOLDER / media.name).write_bytes(source.read())


def _replace(folder: Path, made: Path) -> None:
    """Put the new files in place of the old ones; what the format does not know stays."""
    for old in [*folder.glob("*.md"), folder / GLOSSARY_FILE, *(folder / MEDIA_FOLDER).glob("*")]:
        if old.is_file():
            old.unlink()
    for old in (folder / "modules", folder / "tests"):
        shutil.rmtree(old, ignore_errors=True)
    shutil.copytree(made, folder, dirs_exist_ok=True)


def _paragraphs(text: str) -> str:
    """The first paragraph goes in the heading, on one line; the others keep theirs."""
    first, _gap, others = text.replace("\r\n", "\n").strip().partition("\n\n")
    return "\n\n".join(filter(None, [" ".join(first.split()), others.strip()]))


def _plain(text: str) -> str:
    return " ".join(plain_spaces(text).split())


def _plains(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(_plain(text) for text in texts)
