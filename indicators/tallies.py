"""Turn the facts behind a figure into its value, its persons and its cells.

Persons are recounted in each cell and in the total, never summed (domain §2). Cells of one
dimension always add up to the total, because « non renseigné » ("") is a cell.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Dimension(StrEnum):
    SEX = "sex"
    CATEGORY = "category"
    REGION = "region"


class Shape(StrEnum):
    """A count adds `part`; a share divides the sum of `part` by the sum of `whole`, in percent."""

    COUNT = "COUNT"
    SHARE = "SHARE"


class Pending(NamedTuple):
    """A record that a figure rests on, so that those awaiting validation can be counted."""

    kind: str
    id: int


@dataclass(frozen=True, slots=True)
class Item:
    """One fact as a figure counts it; `participation_id` is None for a fact without a name."""

    part: int
    whole: int
    is_validated: bool
    record: Pending
    region: str = ""
    sex: str = ""
    category: str = ""
    participation_id: int | None = None
    person_id: int | None = None

    def cell(self, dimension: Dimension) -> str:
        """Code of the item's cell in that dimension."""
        return str(getattr(self, dimension.value))


@dataclass(frozen=True)
class Tally:
    """A value and what it rests on. `participations` is None where nobody is named."""

    value: float | None
    participations: int | None
    unique_persons: int | None
    numerator: int
    denominator: int


@dataclass(frozen=True)
class Cell:
    code: str
    all: Tally
    validated: Tally


@dataclass(frozen=True)
class Counted:
    """The items behind one figure, and how to read them.

    `is_about_people` says that a small figure could point at somebody, so that it may be masked.
    """

    shape: Shape
    items: tuple[Item, ...]
    dimensions: tuple[Dimension, ...]
    is_named: bool
    is_about_people: bool = True
    extra: dict[str, float | None] = field(default_factory=dict)

    def tally(self) -> Tally:
        """Everything recorded, provisional included."""
        return tally(self.items, self.shape, is_named=self.is_named)

    def validated_tally(self) -> Tally:
        """Only what a third person validated."""
        return tally(validated_only(self.items), self.shape, is_named=self.is_named)

    def pending_records(self) -> int:
        """Sessions, events or hand-overs behind the figure that still await validation."""
        return len({item.record for item in self.items if not item.is_validated})

    def cells(self, dimension: Dimension) -> list[Cell]:
        """The figure in each cell, in order of code; empty where the dimension has no meaning."""
        if dimension not in self.dimensions:
            return []
        groups: dict[str, list[Item]] = {}
        for item in self.items:
            groups.setdefault(item.cell(dimension), []).append(item)
        return [
            Cell(
                code=code,
                all=tally(items, self.shape, is_named=self.is_named),
                validated=tally(validated_only(items), self.shape, is_named=self.is_named),
            )
            for code, items in sorted(groups.items())
        ]


def tally(items: Sequence[Item], shape: Shape, *, is_named: bool) -> Tally:
    """Count one group of items: a share of nothing is None, a count of nothing is 0."""
    numerator = sum(item.part for item in items)
    denominator = sum(item.whole for item in items)
    if shape is Shape.SHARE:
        value = numerator * 100 / denominator if denominator else None
        counted = [item for item in items if item.whole]
    else:
        value = numerator
        counted = [item for item in items if item.part]
    return Tally(
        value=value,
        participations=len(counted) if is_named else None,
        unique_persons=len({item.person_id for item in counted}) if is_named else None,
        numerator=numerator,
        denominator=denominator,
    )


def validated_only(items: Iterable[Item]) -> list[Item]:
    """Items that count against a target."""
    return [item for item in items if item.is_validated]
