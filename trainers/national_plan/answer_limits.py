"""How many answers one address may send: a whole training room, not a machine.

A room of a hundred behind one connection answers freely within the hour; a script that would bend
the ranking needs days for what a day of survey brings. Only answers that are written are counted.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

ANSWERS = 120
WINDOW_SECONDS = 60 * 60


def is_exhausted(request: HttpRequest) -> bool:
    """Whether this address has sent its share of answers within the hour."""
    return int(cache.get(_key(request), 0)) >= ANSWERS


def count_answer(request: HttpRequest) -> None:
    """Note an answer of this address."""
    key = _key(request)
    if not cache.add(key, 1, WINDOW_SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # the hour ended between the two lines
            cache.add(key, 1, WINDOW_SECONDS)


def _key(request: HttpRequest) -> str:
    return f"needs-answers:{get_adapter(request).get_client_ip(request)}"
