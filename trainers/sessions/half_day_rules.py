"""Half-days on plain values: how many a curriculum needs, and whether a list of them holds."""

import datetime
import math
from collections.abc import Sequence
from dataclasses import dataclass

MORNING, AFTERNOON = "AM", "PM"
USUAL_MINUTES = 210  # 3 h 30 of contact
SHORTEST, LONGEST = 30, 720  # minutes
STEP = 15  # minutes: a half-day's length is rounded up to it
MAX_HALF_DAYS = 60
MAX_SPAN_DAYS = 366


class HalfDaysRefused(ValueError):
    """Half-days that cannot be written as asked; its text is a French sentence."""


@dataclass(frozen=True, order=True)
class HalfDay:
    """One half-day of contact; ordered as they are held."""

    held_on: datetime.date
    half: str
    minutes: int = USUAL_MINUTES


@dataclass(frozen=True)
class Ranked:
    """A half-day with its rank in the session and that of its day, both from 1."""

    position: int
    day_number: int
    half_day: HalfDay


def needed(nominal_minutes: int, *, usual: int = USUAL_MINUTES) -> tuple[int, int]:
    """Return how many half-days a curriculum takes, and the minutes of each.

    As few as possible of at most `usual` minutes, all of one length rounded up to a quarter of an
    hour: the contact is never under the curriculum's nominal duration. 840 minutes are 4 × 210,
    900 are 5 × 180, 60 are 1 × 60.
    """
    count = min(max(1, math.ceil(nominal_minutes / usual)), MAX_HALF_DAYS)
    minutes = math.ceil(nominal_minutes / count / STEP) * STEP
    return count, min(max(minutes, SHORTEST), LONGEST)


def consecutive(starts_on: datetime.date, count: int, minutes: int) -> list[HalfDay]:
    """Return half-days that follow each other: morning, afternoon, then the next day."""
    return [
        HalfDay(
            starts_on + datetime.timedelta(days=rank // 2),
            AFTERNOON if rank % 2 else MORNING,
            minutes,
        )
        for rank in range(count)
    ]


def moved(half_days: Sequence[HalfDay], starts_on: datetime.date) -> list[HalfDay]:
    """Return the same half-days from another first day: the days between stay the same."""
    ordered = sorted(half_days)
    shift = starts_on - ordered[0].held_on
    return [HalfDay(one.held_on + shift, one.half, one.minutes) for one in ordered]


def ranked(half_days: Sequence[HalfDay]) -> list[Ranked]:
    """Put half-days in order and number them and their days. Raises `HalfDaysRefused`."""
    ordered = sorted(half_days)
    _refuse(ordered)
    days = {day: rank for rank, day in enumerate(sorted({one.held_on for one in ordered}), 1)}
    return [Ranked(rank, days[one.held_on], one) for rank, one in enumerate(ordered, 1)]


def _refuse(ordered: Sequence[HalfDay]) -> None:
    if not 1 <= len(ordered) <= MAX_HALF_DAYS:
        raise HalfDaysRefused("Une session compte de 1 à 60 demi-journées.")
    if any(not SHORTEST <= one.minutes <= LONGEST for one in ordered):
        raise HalfDaysRefused("Une demi-journée dure de 30 minutes à 12 heures.")
    if len({(one.held_on, one.half) for one in ordered}) < len(ordered):
        raise HalfDaysRefused("La même demi-journée est écrite deux fois.")
    if (ordered[-1].held_on - ordered[0].held_on).days > MAX_SPAN_DAYS:
        raise HalfDaysRefused("Une session tient en un an au plus : vérifiez les dates.")
