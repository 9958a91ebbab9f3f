"""Spread the modules of a curriculum over the half-days of a session. Plain values only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

STEP = 5  # minutes
OPENING = 30  # welcome and pre-test, or presentation
CLOSING = 30  # post-test and evaluation
SHORTEST_PIECE = 20  # of a module, at the edge of a half-day
MOST_OF_A_HALF_DAY = 6  # opening and closing take a sixth of a half-day at most


@dataclass(frozen=True)
class TaughtModule:
    """One module: its title, what it holds, and its weight (minutes of its lessons, or 0)."""

    title: str
    contents: tuple[str, ...] = ()
    weight: int = 0


@dataclass(frozen=True)
class AgendaLine:
    """Minutes of one half-day for one module; `is_continued` when it began earlier."""

    title: str
    minutes: int
    contents: tuple[str, ...] = ()
    is_continued: bool = False


@dataclass
class AgendaHalfDay:
    """Minutes kept for the opening and the closing, and what fills the time between them."""

    opening: int = 0
    closing: int = 0
    lines: list[AgendaLine] = field(default_factory=list)


def spread(modules: Sequence[TaughtModule], slot_minutes: Sequence[int]) -> list[AgendaHalfDay]:
    """Return the agenda of each half-day, in order; every minute of the session has its use.

    Each module takes a share of the room's time by its weight, rounded to five minutes; the last
    one takes what is left. A module that does not fit in a half-day goes on in the next one, for
    twenty minutes at least. When no module has a weight they are equal.
    """
    if not slot_minutes:
        return []
    days = [AgendaHalfDay() for _minutes in slot_minutes]
    days[0].opening = _frame(OPENING, slot_minutes[0])
    days[-1].closing = _frame(CLOSING, slot_minutes[-1])
    free = [
        minutes - day.opening - day.closing for minutes, day in zip(slot_minutes, days, strict=True)
    ]
    ends = list(accumulate(free))
    rank = start = 0
    for module, until in zip(modules, _module_ends(modules, ends), strict=True):
        is_continued = False
        while start < until:
            reached = min(until, ends[rank])
            if reached > start:
                contents = () if is_continued else module.contents
                line = AgendaLine(module.title, reached - start, contents, is_continued)
                days[rank].lines.append(line)
                is_continued = True
            start = reached
            rank += reached == ends[rank] and rank < len(ends) - 1
    return days


def _frame(wanted: int, minutes: int) -> int:
    return min(wanted, minutes // MOST_OF_A_HALF_DAY // STEP * STEP)


def _module_ends(modules: Sequence[TaughtModule], slot_ends: Sequence[int]) -> list[int]:
    """At which minute of the session's free time each module ends; the last one with the session.

    An end a few minutes away from that of a half-day is moved to it: nobody comes back from lunch
    for five minutes of the morning's module.
    """
    weights = [module.weight for module in modules]
    if not any(weights):
        weights = [1] * len(modules)
    total, whole, done, ends = slot_ends[-1], sum(weights), 0, []
    for reached in accumulate(weights):
        until = total if reached == whole else round(total * reached / whole / STEP) * STEP
        distance, near = min((abs(end - until), end) for end in slot_ends)
        if distance < SHORTEST_PIECE and near > done:
            until = near
        done = max(done, until)
        ends.append(done)
    return ends
