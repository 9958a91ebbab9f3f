"""How many answers one address may send by one public link: a whole room, not a machine.

A training room is one address: a hundred people behind one connection answer freely within the
hour. The link is counted with the address, so that nobody closes it to the others.
"""

from django.http import HttpRequest

from accounts.tries import count_try, tries, visitor_address

ANSWERS = 120  # a hundred participants, and some who come back to the page
CROWD_ANSWERS = 600  # a village behind the one address of its telephone company
OWN_ANSWERS = 20  # a link that is one person's
WINDOW_SECONDS = 60 * 60


def is_exhausted(request: HttpRequest, link: str, *, answers: int = ANSWERS) -> bool:
    """Whether this address has sent its share of answers by this link within the hour."""
    return tries(_key(request, link)) >= answers


def count_answer(request: HttpRequest, link: str) -> None:
    """Note an answer of this address by this link."""
    count_try(_key(request, link), seconds=WINDOW_SECONDS)


def _key(request: HttpRequest, link: str) -> str:
    return f"link-answers:{link}:{visitor_address(request)}"
