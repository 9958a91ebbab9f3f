"""The account behind a request, for a page that visitors never reach."""

from django.http import HttpRequest

from accounts.models import User


def account_of(request: HttpRequest) -> User:
    """The signed-in account: the audience of the view has let nobody else in."""
    assert isinstance(request.user, User)
    return request.user
