"""Who is learning, once the audience has let nobody else in."""

from django.http import HttpRequest

from accounts.models import Person, User


def learner_of(request: HttpRequest) -> Person:
    """The person behind the account of a page that is closed to everybody else."""
    assert isinstance(request.user, User)
    assert request.user.person is not None
    return request.user.person
