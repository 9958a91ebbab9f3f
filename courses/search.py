"""Search curricula, lessons, awareness pages and the glossary by words. Only reads."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from wagtail.models import Locale
from wagtail.search.backends import get_search_backend

from courses.models import (
    AwarenessPage,
    CurriculumPage,
    GlossaryPage,
    GlossaryTerm,
    LessonPage,
)
from courses.search_words import Passage, passage, query_words

SHOWN = 8  # results of each kind: a phone's screen or two
MAX_QUERY = 100  # characters


@dataclass(frozen=True)
class Result:
    """One page or term found; `place` says where it belongs, or is empty."""

    title: str
    url: str
    passage: Passage
    place: str = ""


@dataclass(frozen=True)
class ResultGroup:
    """The results of one kind, the closest first; `is_cut` when there are more than are shown."""

    label: str
    results: list[Result]
    is_cut: bool


def search(query: str, *, request: HttpRequest) -> list[ResultGroup]:
    """Return what holds every word asked for, by kind; kinds without result are left out.

    The last word may be unfinished. Only what is published is found.
    """
    words = query_words(query[:MAX_QUERY])
    if not words:
        return []
    asked = " ".join(words)

    def found(queryset: Any) -> list[Any]:
        return list(queryset.autocomplete(asked, operator="and")[: SHOWN + 1])

    lessons = found(LessonPage.objects.live())
    curricula = _titles_by_path(lessons)
    groups = [
        _group(
            _("Formations"),
            found(CurriculumPage.objects.live()),
            lambda page: _page(page, words, request),
        ),
        _group(
            _("Leçons"),
            lessons,
            lambda page: _page(page, words, request, place=curricula.get(page.path, "")),
        ),
        _group(
            _("Sensibilisation"),
            found(AwarenessPage.objects.live().filter(locale=Locale.get_active())),
            lambda page: _page(page, words, request),
        ),
        _group(_("Glossaire"), _terms(asked), _term_reader(words, request)),
    ]
    return [group for group in groups if group.results]


def _group(label: str, found: list[Any], read: Callable[[Any], Result]) -> ResultGroup:
    return ResultGroup(label, [read(one) for one in found[:SHOWN]], is_cut=len(found) > SHOWN)


def _page(page: Any, words: list[str], request: HttpRequest, *, place: str = "") -> Result:
    return Result(
        title=page.title,
        url=page.get_url(request) or "",
        passage=passage(page.search_source, words),
        place=place,
    )


def _titles_by_path(lessons: list[LessonPage]) -> dict[str, str]:
    """The title of each lesson's curriculum: two steps up the tree; one query."""
    width = 2 * LessonPage.steplen
    paths = {lesson.path: lesson.path[:-width] for lesson in lessons}
    titles = CurriculumPage.objects.filter(path__in=set(paths.values())).values_list(
        "path", "title"
    )
    known = dict(titles)
    return {path: known.get(above, "") for path, above in paths.items()}


def _terms(asked: str) -> list[GlossaryTerm]:
    results = get_search_backend().autocomplete(asked, GlossaryTerm.objects.all(), operator="and")
    return list(results[: SHOWN + 1])


def _term_reader(words: list[str], request: HttpRequest) -> Callable[[GlossaryTerm], Result]:
    glossary = GlossaryPage.objects.live().first()
    here = (glossary.get_url(request) or "") if glossary else ""

    def read(term: GlossaryTerm) -> Result:
        return Result(
            title=term.term,
            url=f"{here}#{term.slug}" if here else "",
            passage=passage(term.definition, words),
        )

    return read
