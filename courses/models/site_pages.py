"""The home page, the glossary, and the pages that inform everybody without sign-in."""

from typing import Any

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from courses.blocks import LessonField, LessonStream
from courses.models.base_page import HOME_DEPTH, BasePage, lines_panel
from courses.models.curriculum_pages import CatalogueIndexPage, CurriculumPage
from courses.models.vocabulary import GlossaryTerm

CURRICULA_ON_HOME = 3


class HomePage(BasePage):
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1
    template = "courses/home.html"

    class Meta:
        verbose_name = _("page d'accueil")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        sections = self._sections()
        for name, model in (
            ("catalogue", CatalogueIndexPage),
            ("awareness", AwarenessIndexPage),
            ("glossary", GlossaryPage),
        ):
            context[name] = sections.get(model)
        context["curricula"] = CurriculumPage.objects.live().for_cards()[:CURRICULA_ON_HOME]
        pages = AwarenessPage.objects.live().filter(locale_id=self.locale_id)
        context["awareness_pages"] = pages.order_by("path")
        return context

    def _sections(self) -> dict[type, Page]:
        """The sections of this language; where one is missing, the French one."""
        pages = Page.objects.live().filter(depth=HOME_DEPTH + 1)
        ordered = pages.select_related("locale", "content_type").order_by("path")
        own = [page for page in ordered if page.is_child_of(self)]
        return {page.specific_class: page for page in [*reversed(ordered), *own]}


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
        context["entries"] = AwarenessPage.objects.child_of(self).live().order_by("path")
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
        lines_panel("sources"),
    ]
    parent_page_types = ["courses.AwarenessIndexPage"]
    subpage_types: list[str] = []
    template = "courses/awareness.html"

    class Meta:
        verbose_name = _("page de sensibilisation")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        others = AwarenessPage.objects.sibling_of(self, inclusive=False).live()
        context["others"] = others.order_by("path")
        return context
