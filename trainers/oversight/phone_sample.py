"""Whom to call: a list drawn from a seed that anybody can draw again. Plain values, no database.

Each participation takes the place that the seed gives it (a SHA-256 of both); the first ones are
called. The same seed and the same participations give the same list, on any machine, in any order.
"""

import hashlib
import math
from collections.abc import Iterable

LEAST_PERCENT, MOST_PERCENT = 5, 10
FEWEST = 2


def sample_size(total: int, percent: int) -> int:
    """How many of `total` to call: that share, rounded up, two at least, never more than there are.

    Raises ValueError outside 5 to 10 %.
    """
    if not LEAST_PERCENT <= percent <= MOST_PERCENT:
        raise ValueError(f"{percent} % is not between {LEAST_PERCENT} and {MOST_PERCENT} %")
    return min(total, max(FEWEST, math.ceil(total * percent / 100)))


def draw_sample(ids: Iterable[int], *, seed: int, percent: int) -> list[int]:
    """Return the ids to call, in the order drawn."""
    known = sorted(set(ids), key=lambda one: (_place(seed, one), one))
    return known[: sample_size(len(known), percent)]


def _place(seed: int, one: int) -> bytes:
    return hashlib.sha256(f"{seed}:{one}".encode()).digest()
