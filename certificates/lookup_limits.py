"""How many wrong numbers one address may try: generous for a training room, useless to a machine.

Only numbers that lead nowhere are counted: a room of forty checking its own papers is never
slowed. With 33 million drawn letters for each rank, sixty tries a minute would take a year to meet
one certificate of a known rank.
"""

from django.http import HttpRequest

from accounts.tries import count_try, tries, visitor_address

MISSES = 60
WINDOW_SECONDS = 60


def is_exhausted(request: HttpRequest) -> bool:
    """Whether this address has tried too many wrong numbers in the last minute."""
    return tries(_key(request)) >= MISSES


def count_miss(request: HttpRequest) -> None:
    """Note a number that leads nowhere."""
    count_try(_key(request), seconds=WINDOW_SECONDS)


def _key(request: HttpRequest) -> str:
    return f"certificate-misses:{visitor_address(request)}"
