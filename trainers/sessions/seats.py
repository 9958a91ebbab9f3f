"""Seats of a session: who is taken, who waits, whose turn it is. Plain values only."""

from collections.abc import Sequence
from typing import Literal

Arrival = Literal["PENDING", "WAITING"]


def seats_left(seats: int | None, taken: int) -> int | None:
    """Return how many seats are free; None when the session has no limit. Never below 0."""
    return None if seats is None else max(0, seats - taken)


def state_on_arrival(*, seats: int | None, taken: int, undecided: int) -> Arrival:
    """Decide where a new request goes: to be examined, or to the waiting list.

    Those who asked before and have no answer yet come first: a request waits as soon as they and
    the people on the list would fill the room.
    """
    left = seats_left(seats, taken)
    return "PENDING" if left is None or undecided < left else "WAITING"


def is_beyond_seats(*, seats: int | None, taken: int, adding: int) -> bool:
    """Whether adding so many people would go beyond the seats."""
    left = seats_left(seats, taken)
    return left is not None and adding > left


def next_in_line(
    waiting: Sequence[int], *, seats: int | None, taken: int, pending: int = 0
) -> list[int]:
    """Return the ids, in order of arrival, that the free seats can take.

    Those still to be examined came first: a seat is kept for each of them.
    """
    left = seats_left(seats, taken + pending)
    return list(waiting) if left is None else list(waiting[:left])
