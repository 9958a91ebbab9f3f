"""The search page: everything public, by words."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from courses.search import MAX_QUERY, search


@audience(Audience.PUBLIC)
@require_safe
def search_site(request: HttpRequest) -> HttpResponse:
    """What is found for `q`, by kind; nothing asked shows only the field."""
    query = " ".join(request.GET.get("q", "").replace("\x00", " ").split())[:MAX_QUERY]
    context = {"query": query, "groups": search(query, request=request) if query else []}
    return render(request, "courses/search.html", context)
