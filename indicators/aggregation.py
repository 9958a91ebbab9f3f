"""Put the plan's yearly figures together and compare them with its targets (domain, section 6)."""

from collections.abc import Hashable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, TypeVar

Aggregation = Literal["sum", "mean"]
TargetStatus = Literal["NO_TARGET", "NO_DATA", "REACHED", "NEAR", "BEHIND"]
Key = TypeVar("Key", bound=Hashable)

# « Proche » starts at three quarters of the target.
NEAR_PERCENT = 75
MASKED_UNDER = 5


def combine_years(values: Mapping[int, Decimal | None], kind: Aggregation) -> Decimal | None:
    """One figure for several years: counts sum, percentages average over the years that have one.

    ``None`` when no year has a value: nothing measured is not zero.
    """
    known = [value for value in values.values() if value is not None]
    if not known:
        return None
    total = sum(known, Decimal(0))
    return total / len(known) if kind == "mean" else total


def printed_difference(
    printed: Decimal | None, computed: Decimal | None, kind: Aggregation
) -> Decimal | None:
    """Printed minus computed total, or ``None`` when they agree or one is missing.

    A mean is compared as the plan prints it, rounded to the decimals of the printed figure: 79 is
    the mean of 75, 75, 80, 80 and 85. 1.2.1-a prints 200 where its years sum to 800: -600.
    """
    if printed is None or computed is None:
        return None
    if kind == "mean":
        exponent = printed.as_tuple().exponent
        decimals = min(exponent, 0) if isinstance(exponent, int) else 0
        computed = computed.quantize(Decimal(1).scaleb(decimals), rounding=ROUND_HALF_UP)
    return printed - computed if printed != computed else None


def target_status(
    value: Decimal | None, target: Decimal | None, *, higher_is_better: bool = True
) -> TargetStatus:
    """Where a value stands against its target; "NEAR" from 75 % of it (or at most 4/3 of it)."""
    if target is None:
        return "NO_TARGET"
    if value is None:
        return "NO_DATA"
    if value == target or (value > target) is higher_is_better:
        return "REACHED"
    larger, smaller = max(value, target), min(value, target)
    return "NEAR" if smaller * 100 >= larger * NEAR_PERCENT else "BEHIND"


def mask_small_cells(
    cells: Mapping[Key, int], *, threshold: int = MASKED_UNDER
) -> dict[Key, int | None]:
    """Hide the counts from 1 to ``threshold`` - 1 as ``None``, for readers outside the committee.

    Readers know the total: a lone hidden cell, or hidden cells that can only be ones, could be
    found by subtraction, so the next smallest cell is hidden too (a zero when nothing else is
    left).
    """
    hidden = {key for key, count in cells.items() if 0 < count < threshold}
    others = sorted(
        (key for key in cells if key not in hidden), key=lambda key: (cells[key] == 0, cells[key])
    )
    for key in others:
        if not hidden or not _can_be_found(cells, hidden):
            break
        hidden.add(key)
    return {key: None if key in hidden else count for key, count in cells.items()}


def _can_be_found(cells: Mapping[Key, int], hidden: set[Key]) -> bool:
    return len(hidden) == 1 or sum(cells[key] for key in hidden) == len(hidden)
