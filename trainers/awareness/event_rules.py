"""What deserves a question before an event counts (domain §3). Pure: plain values, no sentence.

A large crowd is not a fault: the rule asks how it was counted, and a person decides.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from trainers.awareness.headcounts import Cells, total_of

MANY = 500  # people at a meeting, and how many times more in a campaign
MANY_IN_A_CAMPAIGN = 20_000
CROWDS = frozenset({"CAMPAIGN", "WORLD_DAY"})
ROUND_FROM = 50  # under that, a round number is a matter of chance
REPEATED_WITHIN_DAYS = 60
MOST_ANSWERS = 2000  # to the short form, before and again after


@dataclass(frozen=True)
class EventShape:
    """What the rules look at; `place_key` is the folded place, `answers` before and after."""

    code: str
    kind: str
    territory_id: int
    place_key: str
    held_on: datetime.date
    cells: Cells
    answers: tuple[int | None, int | None] = (None, None)

    @property
    def people(self) -> int:
        return total_of(self.cells)


@dataclass(frozen=True)
class OddPoint:
    """A stable code, the code of the other event if any, and a number of people or answers."""

    code: str
    other: str = ""
    number: int = 0


def odd_points(
    event: EventShape, others: Iterable[EventShape], today: datetime.date
) -> list[OddPoint]:
    """Return what to look into, in the order of the screen; `others` exclude cancelled events."""
    known = [other for other in others if other.code != event.code]
    return [
        *_in_the_future(event, today),
        *_same_place_and_day(event, known),
        *_too_many_answers(event),
        *_large_crowd(event),
        *_round_numbers(event),
        *_repeated_numbers(event, known),
    ]


def _in_the_future(event: EventShape, today: datetime.date) -> list[OddPoint]:
    return [OddPoint("FUTURE_DATE")] if event.held_on > today else []


def _same_place_and_day(event: EventShape, others: list[EventShape]) -> list[OddPoint]:
    return [
        OddPoint("SAME_PLACE_AND_DAY", other=other.code)
        for other in others
        if (other.territory_id, other.held_on, other.place_key)
        == (event.territory_id, event.held_on, event.place_key)
    ]


def _too_many_answers(event: EventShape) -> list[OddPoint]:
    codes = ("ANSWERS_BEFORE_BEYOND_PEOPLE", "ANSWERS_AFTER_BEYOND_PEOPLE")
    return [
        OddPoint(code, number=answers)
        for code, answers in zip(codes, event.answers, strict=True)
        if answers is not None and answers > event.people
    ]


def _large_crowd(event: EventShape) -> list[OddPoint]:
    most = MANY_IN_A_CAMPAIGN if event.kind in CROWDS else MANY
    return [OddPoint("LARGE_CROWD", number=event.people)] if event.people > most else []


def _round_numbers(event: EventShape) -> list[OddPoint]:
    """Several cells, all of them full tens: nobody counts like that."""
    counted = [people for people in event.cells.values() if people]
    is_round = len(counted) > 1 and all(people % 10 == 0 for people in counted)
    return [OddPoint("ROUND_NUMBERS")] if is_round and event.people >= ROUND_FROM else []


def _repeated_numbers(event: EventShape, others: list[EventShape]) -> list[OddPoint]:
    """The very same grid on another day: a sheet typed twice, or copied."""
    mine = {cell: people for cell, people in event.cells.items() if people}
    if sum(mine.values()) < ROUND_FROM:
        return []
    return [
        OddPoint("REPEATED_NUMBERS", other=other.code)
        for other in others
        if abs((other.held_on - event.held_on).days) <= REPEATED_WITHIN_DAYS
        and {cell: people for cell, people in other.cells.items() if people} == mine
    ]
