"""The catalogue. A curriculum holds modules, a module holds lessons; the tree is the outline."""

from collections import Counter
from typing import Any

from django.apps import apps
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from accounts.models import Profession, ProfessionCategory, User
from courses.blocks import RICH_TEXT_FEATURES, LessonField, LessonStream
from courses.catalogue_filter import CatalogueFilter
from courses.enums import RunState
from courses.inline_checks import InlineCheck, inline_checks
from courses.models.base_page import BasePage, lines_panel
from courses.models.vocabulary import Topic
from courses.outline import Outline, build_outline, hours_text, short_list
from courses.run_steps import step_of


class CatalogueIndexPage(BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["courses.HomePage"]
    subpage_types = ["courses.CurriculumPage"]
    max_count = 1
    template = "courses/catalogue.html"

    class Meta:
        verbose_name = _("catalogue des formations")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        live = CurriculumPage.objects.live()
        filters = CatalogueFilter(
            request.GET,
            categories=ProfessionCategory.objects.filter(professions__curricula__live=True)
            .distinct()
            .order_by("position")
            .values_list("code", "name"),
            topics=Topic.objects.filter(curricula__live=True)
            .distinct()
            .order_by("name")
            .values_list("code", "name"),
        )
        context["filters"] = filters
        context["curricula"] = curricula = filters.apply(live).for_cards(reader_of(request))
        context["open_runs"] = [one.own_run for one in curricula if one.is_under_way]
        return context


class CurriculumQuerySet(PageQuerySet):
    def for_cards(self, reader: User | AnonymousUser | None = None) -> list["CurriculumPage"]:
        """Curricula with online lessons first, then by title, each ready for its card.

        Three queries whatever their number, one more for a `reader` who is learning; `lesson_count`
        and `own_run` are set on each page.
        """
        professions = models.Prefetch(
            "audience_professions",
            queryset=Profession.objects.select_related("category").order_by("category__position"),
        )
        curricula = list(
            self.prefetch_related(professions)
            .select_related("refreshes")
            .order_by("-has_online_lessons", "title")
        )
        counts: Counter[str] = Counter()
        if curricula:
            width = len(curricula[0].path)
            paths = LessonPage.objects.live().values_list("path", flat=True)
            counts.update(path[:width] for path in paths)
        own_runs = _own_runs(getattr(reader, "person_id", None))
        for curriculum in curricula:
            curriculum.lesson_count = counts[curriculum.path]
            curriculum.own_run = own_runs.get(curriculum.pk)
        return curricula


def _own_runs(person_id: int | None) -> dict[int, Any]:
    """The person's current run by curriculum, with `read`, the number of its lessons read."""
    if person_id is None:
        return {}
    runs = apps.get_model("courses", "CourseRun").objects.of_person(person_id).kept()
    counted = runs.annotate(read=models.Count("completions")).current_first()
    own: dict[int, Any] = {}
    for run in counted:
        own.setdefault(run.curriculum_id, run)
    return own


class CurriculumPage(BasePage):
    """A harmonised curriculum. `version` is the label that sessions freeze when they are opened."""

    summary = models.TextField(_("résumé"))
    presentation = RichTextField(_("présentation"), blank=True, features=RICH_TEXT_FEATURES)
    version = models.CharField(_("version"), max_length=20, default="1.0")
    updated_on = models.DateField(_("à jour au"))
    nominal_minutes = models.PositiveIntegerField(_("durée nominale (minutes)"))
    validity_months = models.PositiveSmallIntegerField(_("validité (mois)"), default=24)
    has_online_lessons = models.BooleanField(_("leçons en ligne"), default=True)
    refreshes = models.ForeignKey(
        "self",
        verbose_name=_("rafraîchit"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="refreshers",
        help_text=_("Pour un rappel court : la formation dont il prolonge la validité."),
    )
    topics = ParentalManyToManyField(Topic, verbose_name=_("thèmes"), related_name="curricula")
    audience_professions = ParentalManyToManyField(
        Profession, verbose_name=_("professions visées"), blank=True, related_name="curricula"
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)

    objects = PageManager.from_queryset(CurriculumQuerySet)()

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("presentation"),
        MultiFieldPanel(
            [
                FieldPanel("version"),
                FieldPanel("updated_on"),
                FieldPanel("nominal_minutes"),
                FieldPanel("validity_months"),
                FieldPanel("refreshes"),
                FieldPanel("has_online_lessons"),
            ],
            heading=_("Cadre"),
        ),
        FieldPanel("topics"),
        FieldPanel("audience_professions"),
        lines_panel("sources"),
    ]
    own_run: Any = None  # the reader's, set by `for_cards`

    parent_page_types = ["courses.CatalogueIndexPage"]
    subpage_types = ["courses.ModulePage"]
    template = "courses/curriculum.html"

    class Meta:
        verbose_name = _("curriculum harmonisé")
        verbose_name_plural = _("curricula harmonisés")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["run"] = run = self.run_of(reader_of(request))
        context["step"] = step_of(run) if run else None
        context["outline"] = self.outline(request, run)
        context["topics"] = self.topics.order_by("name")
        context["categories"] = self.audience_categories
        return context

    def outline(self, request: HttpRequest, run: Any = None) -> Outline:
        """The published modules and lessons, ticked for the reader's run; three queries."""
        lessons = LessonPage.objects.live().descendant_of(self).order_by("path")
        return build_outline(
            ModulePage.objects.live().child_of(self).order_by("path"),
            lessons.defer("body", "objectives", "sources"),
            done=set(run.completions.values_list("lesson_id", flat=True)) if run else set(),
            url=lambda page: page.get_url(request) or "",
            summary=lambda module: module.short_summary,
        )

    def run_of(self, user: User | AnonymousUser) -> Any:
        """The reader's current `CourseRun` of this curriculum: under way, or else the last one."""
        person_id = getattr(user, "person_id", None)
        if person_id is None:
            return None
        return self.runs.of_person(person_id).kept().current_first().first()

    @property
    def audience_categories(self) -> list[str]:
        """Names of the profession categories aimed at, each once; empty means everybody."""
        professions = self.audience_professions.all()
        if not getattr(self, "_prefetched_objects_cache", None):
            professions = professions.select_related("category").order_by("category__position")
        return list(dict.fromkeys(profession.category.name for profession in professions))

    @property
    def audience_text(self) -> str:
        """The first categories aimed at, and how many more; "" means everybody."""
        names, more = short_list(self.audience_categories)
        if not more:
            return names
        return ngettext(
            "%(names)s et %(more)d autre métier", "%(names)s et %(more)d autres métiers", more
        ) % {"names": names, "more": more}

    @property
    def is_under_way(self) -> bool:
        """Is the reader in the middle of it?"""
        return self.own_run is not None and self.own_run.state == RunState.OPEN

    @property
    def hours(self) -> str:
        return hours_text(self.nominal_minutes)


class ModulePage(BasePage):
    """A chapter. The first paragraph of `summary` stands for it in the outline."""

    summary = models.TextField(_("résumé"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    parent_page_types = ["courses.CurriculumPage"]
    subpage_types = ["courses.LessonPage"]
    template = "courses/module.html"

    class Meta:
        verbose_name = _("module")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["curriculum"] = curriculum = curriculum_of(self)
        run = curriculum.run_of(reader_of(request))
        context["outline"] = outline = curriculum.outline(request, run)
        context["module"] = outline.module(self.pk)
        return context

    @property
    def short_summary(self) -> str:
        return self.summary.partition("\n\n")[0]

    @property
    def further_summary(self) -> str:
        return self.summary.partition("\n\n")[2]


class LessonPage(BasePage):
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"))
    objectives = models.JSONField(_("objectifs"), default=list, blank=True)
    body = LessonField(LessonStream(), verbose_name=_("contenu"), blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("minutes"),
        lines_panel("objectives"),
        FieldPanel("body"),
        lines_panel("sources"),
    ]
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/lesson.html"

    class Meta:
        verbose_name = _("leçon")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["curriculum"] = curriculum = curriculum_of(self)
        context["run"] = run = curriculum.run_of(reader_of(request))
        context["outline"] = outline = curriculum.outline(request, run)
        context["entry"] = outline.lesson(self.pk)
        context["checks"] = checks = inline_checks(self.body, self._answers(request, run))
        context["unanswered"] = [check for check in checks if not check.is_answered]
        context["parts"] = self._parts(checks)
        context["note"] = self._note(reader_of(request))
        before, after = outline.around(self.pk)
        context["neighbours"] = {
            "previous_url": before.url if before else "",
            "previous_label": before.title if before else "",
            "next_url": after.url if after else "",
            "next_label": after.title if after else "",
        }
        return context

    def _answers(self, request: HttpRequest, run: Any) -> dict[str, int]:
        """Rank of the answer by check: the ones kept, or the one a visitor has just sent by GET."""
        rank = request.GET.get("choix", "")
        if getattr(reader_of(request), "person_id", None) is None:
            return {request.GET.get("verification", ""): int(rank)} if rank.isdecimal() else {}
        if run is None:
            return {}
        return dict(run.check_answers.filter(lesson=self).values_list("block", "choice"))

    def _parts(self, checks: list[InlineCheck]) -> list[tuple[Any, InlineCheck | None]]:
        """Each block of the lesson, with its check if it is one."""
        by_id = {check.id: check for check in checks}
        return [(block, by_id.get(str(block.id))) for block in self.body]

    def _note(self, user: User | AnonymousUser) -> Any:
        """What the reader wrote beside this lesson, or None; nobody else's note is ever read."""
        person_id = getattr(user, "person_id", None)
        return self.notes.filter(person=person_id).first() if person_id else None


def reader_of(request: HttpRequest) -> User | AnonymousUser:
    """Who reads a page; an editor's preview has nobody."""
    user: User | AnonymousUser = getattr(request, "user", AnonymousUser())
    return user


def curriculum_of(page: BasePage) -> CurriculumPage:
    """The curriculum that a module or a lesson belongs to."""
    return CurriculumPage.objects.ancestor_of(page).get()
