"""Bring a curriculum folder into the site. Idempotent: the same folder twice changes nothing.

The folder is the reference for its curriculum: what it no longer holds is unpublished, never
deleted, because what people read stays in their record.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Profession
from courses.curriculum_folder import (
    CURRICULUM_FILE,
    ParsedAwareness,
    ParsedCurriculum,
    ParsedLesson,
    ParsedModule,
    ParsedTerm,
    ParsedTopic,
)
from courses.curriculum_versions import keep_version
from courses.folder_problems import InvalidFolder, Problem
from courses.lesson_media import UnknownTerm, keep_media
from courses.lesson_parts import LessonPart
from courses.lesson_stream import Raw, stream_of
from courses.models import (
    AwarenessPage,
    CatalogueIndexPage,
    CurriculumPage,
    CurriculumTerm,
    GlossaryTerm,
    LessonPage,
    ModulePage,
    Topic,
)
from courses.page_publishing import PageCount, publish_page, put_in_order, unpublish_others
from courses.rich_text import french_spaces
from courses.site_tree import ensure_site

AWARENESS_COLLECTION = "sensibilisation"


@dataclass(frozen=True, slots=True)
class CurriculumImport:
    """The curriculum's page, and what changed; `terms` counts the glossary terms written."""

    curriculum: CurriculumPage
    pages: PageCount
    terms: int


@dataclass(frozen=True, slots=True)
class _Target:
    """Where modules and lessons go."""

    curriculum: CurriculumPage
    count: PageCount = field(default_factory=PageCount)


@transaction.atomic
def import_topics(*, topics: Iterable[ParsedTopic]) -> int:
    """Add the topics that are missing and rename those that changed; return how many moved."""
    changed = 0
    for parsed in topics:
        topic, is_new = Topic.objects.get_or_create(
            code=parsed.code, defaults={"name": parsed.name}
        )
        if not is_new and topic.name == parsed.name:
            continue
        topic.name = parsed.name
        topic.save(update_fields=["name"])
        changed += 1
    return changed


@transaction.atomic
def import_curriculum(*, parsed: ParsedCurriculum) -> CurriculumImport:
    """Publish one curriculum with its modules, lessons and glossary terms, under the catalogue.

    Raises InvalidFolder when a topic or a profession is not known here, DraftInTheWay when an
    editor's draft would be lost.
    """
    topics, professions = _topics(parsed), _professions(parsed)
    catalogue = ensure_site().catalogue
    terms = [_import_term(term) for term in parsed.glossary]
    count = PageCount()
    curriculum = publish_page(
        CurriculumPage.objects.child_of(catalogue).filter(slug=parsed.slug).first(),
        parent=catalogue,
        model=CurriculumPage,
        values={
            "title": french_spaces(parsed.title),
            "slug": parsed.slug,
            "search_description": french_spaces(parsed.summary),
            "summary": french_spaces(parsed.summary),
            "presentation": parsed.presentation,
            "version": parsed.version,
            "updated_on": parsed.updated_on,
            "nominal_minutes": parsed.nominal_minutes,
            "validity_months": parsed.validity_months,
            "has_online_lessons": parsed.has_online_lessons,
            "refreshes": _refreshed(parsed, catalogue),
            "topics": topics,
            "audience_professions": professions,
            "sources": _typeset(parsed.sources),
        },
        count=count,
    )
    _import_modules(_Target(curriculum, count), parsed.modules)
    _link_terms(curriculum, [term for term, _is_changed in terms])
    keep_version(curriculum)
    changed = sum(is_changed for _term, is_changed in terms)
    return CurriculumImport(CurriculumPage.objects.get(pk=curriculum.pk), count, changed)


@transaction.atomic
def import_awareness(*, pages: Sequence[ParsedAwareness]) -> PageCount:
    """Publish the awareness pages in that order. Raises DraftInTheWay."""
    index = ensure_site().awareness
    count = PageCount()
    published = [
        publish_page(
            AwarenessPage.objects.child_of(index).filter(slug=parsed.slug).first(),
            parent=index,
            model=AwarenessPage,
            values={
                "title": french_spaces(parsed.title),
                "slug": parsed.slug,
                "search_description": french_spaces(parsed.summary),
                "summary": french_spaces(parsed.summary),
                "body": _stream(parsed.parts, AWARENESS_COLLECTION, parsed.slug),
                "sources": _typeset(parsed.sources),
            },
            count=count,
        )
        for parsed in pages
    ]
    put_in_order(index, published)
    return count


def _import_modules(target: _Target, modules: Sequence[ParsedModule]) -> None:
    """Modules and lessons are known by their slug; a lesson may move to another module."""
    curriculum, count = target.curriculum, target.count
    published: list[ModulePage] = []
    lessons: list[LessonPage] = []
    for parsed in modules:
        module = publish_page(
            ModulePage.objects.child_of(curriculum).filter(slug=parsed.slug).first(),
            parent=curriculum,
            model=ModulePage,
            values={
                "title": french_spaces(parsed.title),
                "slug": parsed.slug,
                "summary": parsed.summary,
            },
            count=count,
        )
        published.append(module)
        own = [_import_lesson(target, module, lesson) for lesson in parsed.lessons]
        put_in_order(module, own)
        lessons += own
    put_in_order(curriculum, published)
    unpublish_others(LessonPage.objects.descendant_of(curriculum), lessons, count)
    unpublish_others(ModulePage.objects.child_of(curriculum), published, count)


def _import_lesson(target: _Target, module: ModulePage, parsed: ParsedLesson) -> LessonPage:
    lesson = LessonPage.objects.descendant_of(target.curriculum).filter(slug=parsed.slug).first()
    if lesson is not None and not lesson.is_child_of(module):
        lesson.move(ModulePage.objects.get(pk=module.pk), pos="last-child")
        lesson = LessonPage.objects.get(pk=lesson.pk)
    return publish_page(
        lesson,
        parent=module,
        model=LessonPage,
        values={
            "title": french_spaces(parsed.title),
            "slug": parsed.slug,
            "minutes": parsed.minutes,
            "objectives": _typeset(parsed.objectives),
            "body": _stream(parsed.parts, target.curriculum.slug, parsed.slug),
            "sources": _typeset(parsed.sources),
        },
        count=target.count,
    )


def _stream(parts: Sequence[LessonPart], collection: str, page: str) -> list[Raw]:
    """The stored form of a page's blocks, their files brought in first."""
    try:
        return stream_of(parts, keep_media(parts=parts, collection=collection))
    except UnknownTerm as refusal:
        raise InvalidFolder([Problem(f"{collection}/…/{page}.md", str(refusal))]) from refusal


def _refreshed(parsed: ParsedCurriculum, catalogue: CatalogueIndexPage) -> CurriculumPage | None:
    """The curriculum that this one refreshes: imported before it, or in the same folder."""
    if not parsed.refreshes:
        return None
    found = CurriculumPage.objects.child_of(catalogue).filter(slug=parsed.refreshes).first()
    if found is None:
        sentence = _("formation à rafraîchir inconnue : %(slug)s. Importez-la d'abord.")
        file = f"{parsed.slug}/{CURRICULUM_FILE}"
        raise InvalidFolder([Problem(file, sentence % {"slug": parsed.refreshes})])
    return found


def _import_term(parsed: ParsedTerm) -> tuple[GlossaryTerm, bool]:
    """Return the term, and whether anything was written."""
    term, definition, source = _typeset((parsed.term, parsed.definition, parsed.source))
    values = {"term": term, "definition": definition, "source": source}
    record, is_new = GlossaryTerm.objects.get_or_create(slug=parsed.slug, defaults=values)
    if is_new:
        return record, True
    if all(getattr(record, name) == value for name, value in values.items()):
        return record, False
    GlossaryTerm.objects.filter(pk=record.pk).update(**values)
    return record, True


def _link_terms(curriculum: CurriculumPage, terms: Sequence[GlossaryTerm]) -> None:
    """Note which terms the folder brings; a term that it no longer holds stays in the glossary."""
    CurriculumTerm.objects.filter(curriculum=curriculum).exclude(term__in=terms).delete()
    for term in terms:
        CurriculumTerm.objects.get_or_create(curriculum=curriculum, term=term)


def _typeset(texts: Iterable[str]) -> list[str]:
    return [french_spaces(text) for text in texts]


def _topics(parsed: ParsedCurriculum) -> list[Topic]:
    found = {topic.code: topic for topic in Topic.objects.filter(code__in=parsed.topics)}
    _refuse_unknown(
        parsed, parsed.topics, found, _("thème inconnu : %(codes)s. Ajoutez-le à topics.yaml.")
    )
    return [found[code] for code in parsed.topics]


def _professions(parsed: ParsedCurriculum) -> list[Profession]:
    found = {p.code: p for p in Profession.objects.filter(code__in=parsed.audience)}
    _refuse_unknown(
        parsed,
        parsed.audience,
        found,
        _("profession inconnue : %(codes)s. Chargez les données de référence (load_plan)."),
    )
    return [found[code] for code in parsed.audience]


def _refuse_unknown(
    parsed: ParsedCurriculum, codes: Iterable[str], found: Iterable[str], sentence: str
) -> None:
    unknown = sorted(set(codes) - set(found))
    if unknown:
        file = f"{parsed.slug}/{CURRICULUM_FILE}"
        raise InvalidFolder([Problem(file, sentence % {"codes": ", ".join(unknown)})])
