"""Write pages from values: published with a revision if something changed, else untouched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import models
from django.utils.translation import gettext as _
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.models import BasePage

AnyPage = TypeVar("AnyPage", bound=BasePage)


class DraftInTheWay(ValueError):
    """An editor's draft would be lost; the text is a French sentence."""


@dataclass(slots=True)
class PageCount:
    """What an import did to the pages."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    unpublished: int = 0

    @property
    def is_untouched(self) -> bool:
        return not (self.created or self.updated or self.unpublished)


def publish_page(
    page: AnyPage | None,
    *,
    parent: Page,
    model: type[AnyPage],
    values: Mapping[str, Any],
    count: PageCount,
) -> AnyPage:
    """Return the page holding `values`; a new one goes last under `parent`.

    A stream is given in its stored form, a many-to-many field as a list of records. A page that
    already holds the values is left without a new revision. Raises DraftInTheWay.
    """
    if page is None:
        page = model(live=False)
        _fill(page, values, only_columns=True)
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        count.created += 1
    elif not _differs(page, values):
        count.unchanged += 1
        return page
    elif page.live and page.has_unpublished_changes:
        raise DraftInTheWay(
            _("« %(title)s » a un brouillon : publiez-le ou écartez-le avant l'import.")
            % {"title": page.title}
        )
    else:
        count.updated += 1
    _fill(page, values)
    page.save_revision().publish()
    return model.objects.get(pk=page.pk)


def put_in_order(parent: Page, children: Sequence[Page]) -> bool:
    """Place `children` under `parent` in that order; return whether anything moved."""
    wanted = [child.pk for child in children]
    found = parent.get_children().filter(pk__in=wanted).order_by("path")
    if list(found.values_list("pk", flat=True)) == wanted:
        return False
    for pk in wanted:
        Page.objects.get(pk=pk).move(Page.objects.get(pk=parent.pk), pos="last-child")
    return True


def unpublish_others(pages: models.QuerySet[Any], kept: Sequence[Page], count: PageCount) -> None:
    """Take off the site the live pages that are not kept; nothing is deleted."""
    for page in pages.filter(live=True).exclude(pk__in=[page.pk for page in kept]):
        page.unpublish()
        count.unpublished += 1


def withdraw_below(page: Page) -> None:
    """Take off the site what lies below a page that was withdrawn, the deepest first.

    Wagtail leaves it published: the lessons of a withdrawn curriculum would still be found by the
    search, read at their address and counted as left to read.
    """
    for below in page.get_descendants().live().order_by("-depth", "path").specific():
        below.unpublish()


def _fill(page: BasePage, values: Mapping[str, Any], *, only_columns: bool = False) -> None:
    for name, value in values.items():
        field = page._meta.get_field(name)
        if field.many_to_many:
            if not only_columns:
                setattr(page, name, value)
        elif isinstance(field, StreamField):
            setattr(page, name, field.stream_block.to_python(value))
        else:
            setattr(page, name, value)


def _differs(page: BasePage, values: Mapping[str, Any]) -> bool:
    return not page.live or any(_changed(page, name, value) for name, value in values.items())


def _changed(page: BasePage, name: str, value: Any) -> bool:
    field = page._meta.get_field(name)
    current = getattr(page, name)
    if field.many_to_many:
        return {record.pk for record in current.all()} != {record.pk for record in value}
    if isinstance(field, StreamField):
        return bool(list(current.raw_data) != value)
    return bool(current != value)
