"""What every page of the site shares."""

from typing import Any, ClassVar

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.search import index

from courses.search_words import plain, search_words
from courses.widgets import LinesTextarea

HOME_DEPTH = 2  # the root is at 1, the home page at 2


class BasePage(Page):
    """A page that knows its way back: `breadcrumb` lists its ancestors below the home page.

    `language_links` leads to the same page in each other language, or to the closest page above it
    that exists there; `untranslated` names the language in which the page still waits.
    """

    # Everything published is for everybody: the search, the versions kept and the packs for phones
    # know no private page.
    private_page_options: ClassVar[list[str]] = []

    search_fields = [*Page.search_fields, index.AutocompleteField("search_text")]

    class Meta:
        abstract = True

    @property
    def search_text(self) -> str:
        """The words that the search finds it by."""
        return search_words(f"{self.title} {self.search_source}")

    @property
    def search_source(self) -> str:
        """What the page says, without its title and without tags."""
        texts = [getattr(self, name, "") for name in ("introduction", "summary", "presentation")]
        body = getattr(self, "body", None)
        if body is not None:
            texts += body.stream_block.get_searchable_content(body)
        return " ".join(plain(str(text)) for text in texts if text)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumb"] = self.breadcrumb(request)
        context["language_links"] = self.language_links(request)
        context["untranslated"] = self.language_name if self.alias_of_id else ""
        return context

    @property
    def language_name(self) -> str:
        """The name of the page's language in itself: « Bamanankan »."""
        return dict(settings.LANGUAGES)[self.locale.language_code]

    def language_links(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return {url, code, label} for each language in which this page, or one above, is live."""
        above = Page.objects.ancestor_of(self, inclusive=True).filter(depth__gte=HOME_DEPTH)
        keys = above.order_by().values("translation_key")
        live = Page.objects.live().filter(translation_key__in=keys)
        live = live.exclude(locale_id=self.locale_id)
        closest: dict[str, Page] = {}
        for page in live.select_related("locale"):
            known = closest.get(page.locale.language_code)
            if known is None or page.depth > known.depth:
                closest[page.locale.language_code] = page
        names = dict(settings.LANGUAGES)
        return [
            {"url": closest[code].get_url(request) or "", "code": code, "label": names[code]}
            for code in names
            if code in closest
        ]

    def breadcrumb(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return {url, label} from the section down to this page; one query at most."""
        ancestors: list[Page] = []
        if self.depth > HOME_DEPTH + 1:
            ancestors = list(
                Page.objects.ancestor_of(self).filter(depth__gt=HOME_DEPTH).order_by("path")
            )
        return [
            {"url": page.get_url(request) or "", "label": page.title} for page in [*ancestors, self]
        ]


def lines_panel(name: str) -> FieldPanel:
    """Return the editor's panel of a JSON field that holds a list of texts."""
    widget = LinesTextarea(attrs={"rows": 5})
    return FieldPanel(name, widget=widget, help_text=_("Un par ligne."))
