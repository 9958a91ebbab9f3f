"""What a lesson's block asks of its activity."""

from typing import Any

from django import template

from courses.activities import playing

register = template.Library()


@register.simple_tag(takes_context=True)
def activity_for(context: dict[str, Any], code: str) -> playing.ActivityView | None:
    """The activity that bears this code, as shown under the name that the page was asked by."""
    request = context.get("request")
    return playing.activity_for(code, site_host=request.get_host() if request else "")
