"""Where each role lands after signing in, and what its menu offers."""

from django.contrib.auth.models import AnonymousUser
from django.urls import NoReverseMatch, reverse

from accounts.enums import Role
from accounts.models import User
from accounts.roles import roles_of

# In this order: somebody who holds two roles lands on the first one's work.
_ARRIVALS: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({Role.COMMITTEE, Role.PARTNER}), "indicators:matrix"),
    (frozenset({Role.TRAINER, Role.FOCAL_POINT}), "trainers:session_list"),
    (frozenset({Role.EDITOR, Role.VALIDATOR}), "wagtailadmin_home"),
    (frozenset({Role.ADMINISTRATOR}), "accounts:account_list"),
)


def arrival_url(user: User | AnonymousUser) -> str:
    """Return the address of this person's first page; by default, the learner's own space."""
    roles = roles_of(user)
    for held, url_name in _ARRIVALS:
        if roles & held and (url := url_or_none(url_name)):
            return url
    return url_or_none("assessments:my_space") or "/"


def url_or_none(url_name: str) -> str | None:
    """Return the address of a named page, or None where that part is not installed."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return None
