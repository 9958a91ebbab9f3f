"""Who is asking, once the audience has let nobody else in."""

from django.http import HttpRequest

from accounts.models import User


def account_of(request: HttpRequest) -> User:
    """The account of a page that visitors never reach."""
    assert isinstance(request.user, User)  # the audience has let nobody else in
    return request.user
