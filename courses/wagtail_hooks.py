"""What the editor does besides: a page withdrawn takes with it the pages below."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from wagtail import hooks
from wagtail.models import Page

from courses.page_publishing import withdraw_below


@hooks.register("after_unpublish_page")
def after_one(request: HttpRequest, page: Page) -> None:
    """One page, by its own button."""
    withdraw_below(page)


@hooks.register("after_bulk_action")
def after_several(
    request: HttpRequest, action_type: str, objects: Sequence[Any], action: object
) -> None:
    """Several at once, in a list of pages."""
    if action_type == "unpublish":
        for page in objects:
            if isinstance(page, Page):
                withdraw_below(page)
