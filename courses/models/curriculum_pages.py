"""The catalogue. A curriculum holds modules, a module holds lessons; the tree is the outline."""

from collections import Counter
from typing import Any

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
from courses.models.base_page import BasePage, lines_panel
from courses.models.vocabulary import Topic
from courses.outline import Outline, build_outline, hours_text, short_list


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
        context["curricula"] = filters.apply(live.child_of(self)).for_cards()
        return context


class CurriculumQuerySet(PageQuerySet):
    def for_cards(self) -> list["CurriculumPage"]:
        """Curricula with online lessons first, then by title, each ready for its card.

        Three queries whatever their number; `lesson_count` is set on each page.
        """
        professions = models.Prefetch(
            "audience_professions",
            queryset=Profession.objects.select_related("category").order_by("category__position"),
        )
        curricula = list(
            self.prefetch_related(professions).order_by("-has_online_lessons", "title")
        )
        counts: Counter[str] = Counter()
        if curricula:
            width = len(curricula[0].path)
            paths = LessonPage.objects.live().values_list("path", flat=True)
            counts.update(path[:width] for path in paths)
        for curriculum in curricula:
            curriculum.lesson_count = counts[curriculum.path]
        return curricula


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
    parent_page_types = ["courses.CatalogueIndexPage"]
    subpage_types = ["courses.ModulePage"]
    template = "courses/curriculum.html"

    class Meta:
        verbose_name = _("curriculum harmonisé")
        verbose_name_plural = _("curricula harmonisés")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["outline"] = self.outline(request)
        context["topics"] = self.topics.order_by("name")
        context["categories"] = self.audience_categories
        return context

    def outline(self, request: HttpRequest) -> Outline:
        """The published modules and lessons, ticked for whoever is signed in; three queries."""
        lessons = LessonPage.objects.live().descendant_of(self).order_by("path")
        return build_outline(
            ModulePage.objects.live().child_of(self).order_by("path"),
            lessons.defer("body", "objectives", "sources"),
            done=self.lessons_read_by(getattr(request, "user", AnonymousUser())),
            url=lambda page: page.get_url(request) or "",
            summary=lambda module: module.short_summary,
        )

    def lessons_read_by(self, user: User | AnonymousUser) -> set[int]:
        """Keys of the lessons that this person has read in a run that was not given up."""
        person_id = getattr(user, "person_id", None)
        if person_id is None:
            return set()
        runs = self.runs.filter(person_id=person_id).exclude(state=RunState.LEFT)
        keys = runs.values_list("completions__lesson_id", flat=True)
        return {key for key in keys if key is not None}

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
        context["outline"] = outline = curriculum.outline(request)
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
        context["outline"] = outline = curriculum.outline(request)
        context["entry"] = outline.lesson(self.pk)
        before, after = outline.around(self.pk)
        context["neighbours"] = {
            "previous_url": before.url if before else "",
            "previous_label": before.title if before else "",
            "next_url": after.url if after else "",
            "next_label": after.title if after else "",
        }
        return context


def curriculum_of(page: BasePage) -> CurriculumPage:
    """The curriculum that a module or a lesson belongs to."""
    return CurriculumPage.objects.ancestor_of(page).get()
