"""The grid of an event: people by sex and age band, with totals that add up. Pure.

"" is the sex « non renseigné » and UNKNOWN the age: categories of their own, so nothing is lost.
"""

from collections.abc import Mapping
from dataclasses import dataclass

SEXES = ("F", "M", "")
AGE_BANDS = ("ADULT", "UNDER_18", "UNKNOWN")

Cell = tuple[str, str]  # sex, age band
Cells = Mapping[Cell, int]


@dataclass(frozen=True)
class GridRow:
    """The people of one sex, in the order of AGE_BANDS, then their total."""

    sex: str
    people: tuple[int, ...]
    total: int


@dataclass(frozen=True)
class Grid:
    """`columns` are the totals of each age band; `total` is the sum of either."""

    rows: tuple[GridRow, ...]
    columns: tuple[int, ...]
    total: int


def grid_of(cells: Cells) -> Grid:
    """Lay the counted cells out; an absent cell is 0."""
    rows = []
    for sex in SEXES:
        people = tuple(cells.get((sex, band), 0) for band in AGE_BANDS)
        rows.append(GridRow(sex, people, sum(people)))
    columns = tuple(sum(row.people[rank] for row in rows) for rank in range(len(AGE_BANDS)))
    return Grid(tuple(rows), columns, sum(columns))


def total_of(cells: Cells) -> int:
    """How many people the cells hold."""
    return sum(cells.values())
