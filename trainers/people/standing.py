"""Does a trained person still serve where they were trained? Plain values, no database (domain §2).

Transfers are the weakness that the plan's own sources name first: a region trains, then loses its
people. One person is told of at two places: where they serve now, and the place they left.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

MASKED_UNDER = 5  # people; outside the committee a smaller figure could point at somebody


class Whereabouts(StrEnum):
    """Where somebody is, seen from the place where they were trained."""

    IN_POST = "IN_POST"
    MOVED = "MOVED"
    LEFT = "LEFT"
    UNKNOWN = "UNKNOWN"


@dataclass(frozen=True)
class TrainedPerson:
    """One person, trained: where they were then, where they are now. A place is any key, or None.

    `has_left` says that every posting has ended; `is_due` that the training asks for a refresh.
    """

    id: Hashable
    then: Hashable | None
    now: Hashable | None
    has_left: bool
    is_due: bool


@dataclass
class PlaceTally:
    """What one place has of trained people: serving, of whom due for refresh; and those gone.

    `unknown` are those of whom nobody knows where they serve: they are at the place None.
    """

    serving: set[Hashable] = field(default_factory=set)
    due: set[Hashable] = field(default_factory=set)
    moved: set[Hashable] = field(default_factory=set)
    left: set[Hashable] = field(default_factory=set)
    unknown: set[Hashable] = field(default_factory=set)


def whereabouts(person: TrainedPerson) -> Whereabouts:
    """Decide where a person is, seen from where they were trained.

    Somebody whose place of then is not known is in post wherever they serve now.
    """
    if person.has_left:
        return Whereabouts.LEFT
    if person.now is None:
        return Whereabouts.UNKNOWN
    if person.then is None or person.then == person.now:
        return Whereabouts.IN_POST
    return Whereabouts.MOVED


def tally_places(people: Iterable[TrainedPerson]) -> dict[Hashable | None, PlaceTally]:
    """Count people once by place; None is « not known », so that the rows add up."""
    places: dict[Hashable | None, PlaceTally] = {}
    for person in people:
        where = whereabouts(person)
        if where is Whereabouts.UNKNOWN:
            places.setdefault(None, PlaceTally()).unknown.add(person.id)
        if where in {Whereabouts.MOVED, Whereabouts.LEFT}:
            gone = places.setdefault(person.then, PlaceTally())
            (gone.left if where is Whereabouts.LEFT else gone.moved).add(person.id)
        if where in {Whereabouts.IN_POST, Whereabouts.MOVED}:
            here = places.setdefault(person.now, PlaceTally())
            here.serving.add(person.id)
            if person.is_due:
                here.due.add(person.id)
    return places


def mask_column(figures: Sequence[int]) -> list[int | None]:
    """Hide what counts 1 to 4 people, and more where a subtraction would find the one hidden.

    A lone hidden figure, or hidden figures that can only be ones, take the next smallest with
    them, a zero when nothing else is left.
    """
    hidden = [rank for rank, figure in enumerate(figures) if 0 < figure < MASKED_UNDER]
    others = [rank for rank in range(len(figures)) if rank not in set(hidden)]
    for rank in sorted(others, key=lambda rank: (figures[rank] == 0, figures[rank])):
        total = sum(figures[one] for one in hidden)
        if not hidden or (len(hidden) > 1 and total > len(hidden)):
            break
        hidden.append(rank)
    kept = set(range(len(figures))) - set(hidden)
    return [figure if rank in kept else None for rank, figure in enumerate(figures)]
