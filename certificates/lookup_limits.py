"""How many wrong numbers one address may try: generous for a training room, useless to a machine.

Only numbers that lead nowhere are counted: a room of forty checking its own papers is never
slowed. With 33 million drawn letters for each rank, sixty tries a minute would take a year to meet
one certificate of a known rank.
"""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest

MISSES = 60
WINDOW_SECONDS = 60


def is_exhausted(request: HttpRequest) -> bool:
    """Whether this address has tried too many wrong numbers in the last minute."""
    return int(cache.get(_key(request), 0)) >= MISSES


def count_miss(request: HttpRequest) -> None:
    """Note a number that leads nowhere."""
    key = _key(request)
    if not cache.add(key, 1, WINDOW_SECONDS):
        try:
            cache.incr(key)
        except ValueError:  # the minute ended between the two lines
            cache.add(key, 1, WINDOW_SECONDS)


def _key(request: HttpRequest) -> str:
    return f"certificate-misses:{get_adapter(request).get_client_ip(request)}"
