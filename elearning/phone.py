"""What makes a shared phone safe: whose pages these are, and what a sign-out leaves behind.

A phone keeps pages and unsent answers under the key of the person who is signed in. Each sending
made in the background names that key, so that the answers of one person are never received as
another's, whoever has signed in meanwhile (docs/offline.md).
"""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.crypto import salted_hmac

from accounts.models import User

PERSON_HEADER = "X-Person"
WIPE = '"cache", "storage"'  # Clear-Site-Data: pages kept, answers kept, and the worker itself


def phone_key(user: User | AnonymousUser) -> str:
    """The key of this account on a phone: says nothing of the person; "" for a visitor."""
    if not user.is_authenticated:
        return ""
    return salted_hmac("elearning.phone", str(user.pk)).hexdigest()[:16]


def phone_owner(request: HttpRequest) -> dict[str, str]:
    """For templates: whose page this is, as the phone knows it."""
    return {"phone_owner": phone_key(getattr(request, "user", AnonymousUser()))}


class PhoneMiddleware:
    """Refuse a background sending of somebody else; wipe the phone when a session ends by a click.

    A background sending gets no page: a redirect becomes 204 with its `Location`.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        sender = request.headers.get(PERSON_HEADER)
        if sender is not None and sender != phone_key(request.user):
            is_known = request.user.is_authenticated
            return HttpResponse(status=HTTPStatus.CONFLICT if is_known else HTTPStatus.UNAUTHORIZED)
        has_cookie = settings.SESSION_COOKIE_NAME in request.COOKIES
        was_signed_in = has_cookie and request.user.is_authenticated
        response = self.get_response(request)
        if sender is not None and 300 <= response.status_code < 400:
            response.status_code = HTTPStatus.NO_CONTENT
        if was_signed_in and response.headers.get("Content-Type", "").startswith("text/html"):
            # A page open to all shows its reader's own notes and progress.
            response.headers.setdefault("Cache-Control", "private, no-cache")
        if was_signed_in and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = WIPE
        return response
