"""Wagtail pages. A curriculum holds modules, a module holds lessons; the tree is the outline."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from accounts.models import Profession
from courses.blocks import RICH_TEXT_FEATURES, LessonField, LessonStream
from courses.models.vocabulary import GlossaryTerm, Topic


class BasePage(Page):
    """What every page of the site shares."""

    class Meta:
        abstract = True


class HomePage(BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "courses/home.html"

    class Meta:
        verbose_name = _("page d'accueil")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.catalogue import published_curricula

        context = super().get_context(request, *args, **kwargs)
        context["curricula"] = published_curricula(limit=3)
        context["awareness_pages"] = AwarenessPage.objects.live().order_by("path")
        return context


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
        from courses.catalogue import catalogue_context

        context = super().get_context(request, *args, **kwargs)
        context.update(catalogue_context(request.GET))
        return context


class CurriculumPage(BasePage):
    """A harmonised curriculum. `version` is the label that sessions freeze when they are opened."""

    summary = models.TextField(_("résumé"))
    presentation = RichTextField(_("présentation"), blank=True, features=RICH_TEXT_FEATURES)
    version = models.CharField(_("version"), max_length=20, default="1.0")
    updated_on = models.DateField(_("à jour au"))
    nominal_minutes = models.PositiveIntegerField(_("durée nominale (minutes)"))
    validity_months = models.PositiveSmallIntegerField(_("validité (mois)"), default=24)
    has_online_lessons = models.BooleanField(_("leçons en ligne"), default=True)
    topics = ParentalManyToManyField(Topic, verbose_name=_("thèmes"), related_name="curricula")
    audience_professions = ParentalManyToManyField(
        Profession, verbose_name=_("professions visées"), blank=True, related_name="curricula"
    )
    sources = models.JSONField(_("sources"), default=list, blank=True)

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
                FieldPanel("has_online_lessons"),
            ],
            heading=_("Cadre"),
        ),
        FieldPanel("topics"),
        FieldPanel("audience_professions"),
        FieldPanel("sources"),
    ]
    parent_page_types = ["courses.CatalogueIndexPage"]
    subpage_types = ["courses.ModulePage"]
    template = "courses/curriculum.html"

    class Meta:
        verbose_name = _("curriculum harmonisé")
        verbose_name_plural = _("curricula harmonisés")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.catalogue import curriculum_context

        context = super().get_context(request, *args, **kwargs)
        context.update(curriculum_context(self, request.user))
        return context


class ModulePage(BasePage):
    summary = models.TextField(_("résumé"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("summary")]
    parent_page_types = ["courses.CurriculumPage"]
    subpage_types = ["courses.LessonPage"]
    template = "courses/module.html"

    class Meta:
        verbose_name = _("module")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.catalogue import module_context

        context = super().get_context(request, *args, **kwargs)
        context.update(module_context(self, request.user))
        return context


class LessonPage(BasePage):
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"))
    objectives = models.JSONField(_("objectifs"), default=list, blank=True)
    body = LessonField(LessonStream(), verbose_name=_("contenu"), blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("minutes"),
        FieldPanel("objectives"),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    parent_page_types = ["courses.ModulePage"]
    subpage_types: list[str] = []
    template = "courses/lesson.html"

    class Meta:
        verbose_name = _("leçon")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from courses.catalogue import lesson_context

        context = super().get_context(request, *args, **kwargs)
        context.update(lesson_context(self, request.user))
        return context


class GlossaryPage(BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["courses.HomePage"]
    subpage_types: list[str] = []
    max_count = 1
    template = "courses/glossary.html"

    class Meta:
        verbose_name = _("page du glossaire")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["terms"] = GlossaryTerm.objects.order_by("slug")
        return context


class AwarenessIndexPage(BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["courses.HomePage"]
    subpage_types = ["courses.AwarenessPage"]
    max_count = 1
    template = "courses/awareness_index.html"

    class Meta:
        verbose_name = _("rubrique sensibilisation")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["pages"] = AwarenessPage.objects.child_of(self).live().order_by("path")
        return context


class AwarenessPage(BasePage):
    """A page for everyone: recognise, understand, act. No sign-in."""

    summary = models.TextField(_("résumé"))
    body = LessonField(LessonStream(), verbose_name=_("contenu"), blank=True)
    sources = models.JSONField(_("sources"), default=list, blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        FieldPanel("sources"),
    ]
    parent_page_types = ["courses.AwarenessIndexPage"]
    subpage_types: list[str] = []
    template = "courses/awareness.html"

    class Meta:
        verbose_name = _("page de sensibilisation")
