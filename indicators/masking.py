"""Hide what could point at somebody: cells and totals of fewer than five people (domain §6)."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.aggregation import MASKED_UNDER, mask_small_cells
from indicators.measured import Figures, Measure, MeasuredCell, Status
from indicators.tallies import Counted, Shape


def mask(measure: Measure) -> Measure:
    """The same measure as a reader outside the committee may see it.

    Figures that are not about people (sessions, manuals) are left as they are.
    """
    counted = measure.counted
    if counted is None or not counted.is_about_people:
        return measure
    if 0 < people_in(measure.all, counted) < MASKED_UNDER:
        return hide(measure)
    return replace(
        measure,
        by={dimension: mask_cells(cells, counted) for dimension, cells in measure.by.items()},
    )


def hide(measure: Measure) -> Measure:
    """The measure without any figure."""
    return replace(
        measure,
        status=Status.MASKED,
        all=Figures(),
        validated=Figures(),
        counted=None,
        pairing=None,
        validated_pairing=None,
        warnings=(),
        by={dimension: [] for dimension in measure.by},
    )


def mask_cells(cells: Sequence[MeasuredCell], counted: Counted) -> list[MeasuredCell]:
    """Hide small cells, and one more where a subtraction from the total would find them."""
    shown = mask_small_cells({cell.code: people_in(cell.all, counted) for cell in cells})
    return [
        cell
        if shown[cell.code] is not None
        else replace(cell, all=Figures(), validated=Figures(), is_masked=True)
        for cell in cells
    ]


def people_in(figures: Figures, counted: Counted) -> int:
    """How many people a figure is about: persons where they are named, else the number counted."""
    if figures.unique_persons is not None:
        return figures.unique_persons
    if counted.shape is Shape.SHARE:
        return figures.n
    return int(figures.value or 0)
