"""How often something was tried within a while: counted in the cache, under a key."""

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest


def visitor_address(request: HttpRequest) -> str:
    """Return the visitor's address, behind the proxies that the settings trust."""
    return str(get_adapter(request).get_client_ip(request))


def tries(key: str) -> int:
    """Return how many tries are counted under a key."""
    return int(cache.get(key, 0))


def count_try(key: str, *, seconds: int) -> None:
    """Count one more; the count begins anew that many seconds after its first."""
    if not cache.add(key, 1, seconds):
        try:
            cache.incr(key)
        except ValueError:  # the time ended between the two lines
            cache.add(key, 1, seconds)
