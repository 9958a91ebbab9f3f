"""Spread the modules of a curriculum over the half-days of a session. Plain values only."""

from collections.abc import Sequence
from dataclasses import dataclass, field

STEP = 5  # minutes
OPENING = 30  # welcome and pre-test, or presentation
CLOSING = 30  # post-test and evaluation
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
    one takes what is left. A module that does not fit in a half-day goes on in the next one. When
    no module has a weight they are equal.
    """
    if not slot_minutes:
        return []
    days = [AgendaHalfDay() for _minutes in slot_minutes]
    days[0].opening = _frame(OPENING, slot_minutes[0])
    days[-1].closing = _frame(CLOSING, slot_minutes[-1])
    free = [
        minutes - day.opening - day.closing for minutes, day in zip(slot_minutes, days, strict=True)
    ]
    rank = 0
    for module, share in zip(modules, _shares(modules, sum(free)), strict=True):
        left, is_continued = share, False
        while left > 0 and rank < len(free):
            taken = min(left, free[rank])
            if taken:
                contents = () if is_continued else module.contents
                days[rank].lines.append(AgendaLine(module.title, taken, contents, is_continued))
                is_continued = True
            left -= taken
            free[rank] -= taken
            if not free[rank]:
                rank += 1
    return days


def _frame(wanted: int, minutes: int) -> int:
    return min(wanted, minutes // MOST_OF_A_HALF_DAY // STEP * STEP)


def _shares(modules: Sequence[TaughtModule], total: int) -> list[int]:
    """Minutes of each module: they add up to `total`."""
    weights = [module.weight for module in modules]
    if not any(weights):
        weights = [1] * len(modules)
    whole, done, shares = sum(weights), 0, []
    for reached in (sum(weights[: rank + 1]) for rank in range(len(weights))):
        until = total if reached == whole else round(total * reached / whole / STEP) * STEP
        shares.append(until - done)
        done = until
    return shares
