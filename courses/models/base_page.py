"""What every page of the site shares."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from courses.widgets import LinesTextarea

HOME_DEPTH = 2  # the root is at 1, the home page at 2


class BasePage(Page):
    """A page that knows its way back: `breadcrumb` lists its ancestors below the home page."""

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["breadcrumb"] = self.breadcrumb(request)
        return context

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
