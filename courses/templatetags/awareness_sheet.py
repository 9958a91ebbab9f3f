"""What the printable sheet of a page weighs: said before the download, as for every file."""

from django import template

from courses.awareness_sheets import DoesNotFit, sheet_of
from courses.file_weights import weight_text
from courses.models import AwarenessPage

register = template.Library()


@register.simple_tag
def sheet_weight(page: AwarenessPage) -> str:
    """Return « 37 ko »; "" for a page that is not published or does not fit on a sheet."""
    if not page.live:
        return ""
    try:
        return weight_text(len(sheet_of(page, page.full_url).pdf))
    except DoesNotFit:
        return ""
