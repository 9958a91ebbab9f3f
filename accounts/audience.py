"""Every view states who may open it. A view without a stated audience fails the house rules."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from accounts.enums import Audience
from accounts.roles import belongs_to

View = Callable[..., HttpResponseBase]


def audience(allowed: Audience) -> Callable[[View], View]:
    """Close a view to everyone outside `allowed`: visitors are asked to sign in, others refused.

    A page that is not public is never kept by a shared cache or by the browser's back button.
    """

    def close(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not belongs_to(request.user, allowed):
                if not request.user.is_authenticated:
                    return redirect_to_login(request.get_full_path())
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            if allowed != Audience.PUBLIC:
                response.headers.setdefault("Cache-Control", "private, no-store")
            return response

        guarded.audience = allowed  # type: ignore[attr-defined]
        return guarded

    return close
