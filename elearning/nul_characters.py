"""Characters that nobody types and that PostgreSQL refuses: an answer, never a stack trace."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase

NUL = "\x00"


class NulCharacterMiddleware:
    """An address that holds a NUL is no page, a question loses it, a form that holds one is 400.

    Only programs send them: SQLite takes them, PostgreSQL fails on them at the first query.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if NUL in request.path_info:
            raise Http404
        question = request.META.get("QUERY_STRING", "")
        if "%00" in question:
            request.META["QUERY_STRING"] = question.replace("%00", "")
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: object, args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """After the CSRF check, which has read the form already.

        A view that checks its own token reads its own form: it limits a large file before.
        """
        if request.method != "POST" or getattr(view, "csrf_exempt", False):
            return None
        for name, values in request.POST.lists():
            if NUL in name or any(NUL in value for value in values):
                return HttpResponse(status=HTTPStatus.BAD_REQUEST)
        return None
