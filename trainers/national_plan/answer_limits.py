"""How many answers one address may send: a whole training room, not a machine.

A room of a hundred behind one connection answers freely within the hour; a script that would bend
the ranking needs days for what a day of survey brings. Only answers that are written are counted.
"""

from django.http import HttpRequest

from accounts.tries import count_try, tries, visitor_address

ANSWERS = 120
WINDOW_SECONDS = 60 * 60


def is_exhausted(request: HttpRequest) -> bool:
    """Whether this address has sent its share of answers within the hour."""
    return tries(_key(request)) >= ANSWERS


def count_answer(request: HttpRequest) -> None:
    """Note an answer of this address."""
    count_try(_key(request), seconds=WINDOW_SECONDS)


def _key(request: HttpRequest) -> str:
    return f"needs-answers:{visitor_address(request)}"
