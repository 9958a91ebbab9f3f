from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indicators.aggregation import (
    combine_years,
    mask_small_cells,
    printed_difference,
    target_status,
)

PLAN_1_1 = {2023: 75, 2024: 75, 2025: 80, 2026: 80, 2027: 85}


def decimals(values):
    return {year: None if value is None else Decimal(value) for year, value in values.items()}


@pytest.mark.parametrize(
    ("values", "kind", "expected"),
    [
        (PLAN_1_1, "mean", Decimal(79)),
        ({2023: 500, 2024: 2000, 2025: 2000, 2026: 2500, 2027: 3000}, "sum", Decimal(10000)),
        ({2023: 70, 2024: None, 2025: 80}, "mean", Decimal(75)),
        ({2023: 70, 2024: None}, "sum", Decimal(70)),
        ({2023: 0, 2024: None}, "sum", Decimal(0)),
        ({2023: None}, "sum", None),
        ({}, "mean", None),
    ],
)
def test_years_are_combined(values, kind, expected):
    assert combine_years(decimals(values), kind) == expected


@pytest.mark.parametrize(
    ("printed", "computed", "kind", "expected"),
    [
        ("79", "79", "mean", None),
        ("79", "79.4", "mean", None),
        ("79", "79.5", "mean", Decimal(-1)),
        ("79.5", "79.46", "mean", None),
        ("200", "800", "sum", Decimal(-600)),
        ("800", "800", "sum", None),
        (None, "800", "sum", None),
        ("800", None, "sum", None),
    ],
)
def test_printed_total_is_compared(printed, computed, kind, expected):
    assert (
        printed_difference(
            None if printed is None else Decimal(printed),
            None if computed is None else Decimal(computed),
            kind,
        )
        == expected
    )


@pytest.mark.parametrize(
    ("value", "target", "higher_is_better", "status"),
    [
        (None, None, True, "NO_TARGET"),
        ("10", None, True, "NO_TARGET"),
        (None, "10", True, "NO_DATA"),
        ("100", "100", True, "REACHED"),
        ("101", "100", True, "REACHED"),
        ("75", "100", True, "NEAR"),
        ("74.9", "100", True, "BEHIND"),
        ("0", "100", True, "BEHIND"),
        ("0", "0", True, "REACHED"),
        ("-5", "20", True, "BEHIND"),
        ("10", "10", False, "REACHED"),
        ("9", "10", False, "REACHED"),
        ("12", "9", False, "NEAR"),
        ("12.1", "9", False, "BEHIND"),
    ],
)
def test_target_status(value, target, higher_is_better, status):
    found = target_status(
        None if value is None else Decimal(value),
        None if target is None else Decimal(target),
        higher_is_better=higher_is_better,
    )
    assert found == status


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({"F": 12, "M": 20}, {"F": 12, "M": 20}),
        ({"F": 4, "M": 20, "": 7}, {"F": None, "M": 20, "": None}),
        ({"F": 5, "M": 20}, {"F": 5, "M": 20}),
        ({"a": 1, "b": 3, "c": 9}, {"a": None, "b": None, "c": 9}),
        ({"a": 1, "b": 1, "c": 9, "d": 12}, {"a": None, "b": None, "c": None, "d": 12}),
        ({"a": 2, "b": 0, "c": 9}, {"a": None, "b": 0, "c": None}),
        ({"a": 2, "b": 0}, {"a": None, "b": None}),
        ({"a": 3}, {"a": None}),
        ({"a": 0, "b": 0}, {"a": 0, "b": 0}),
        ({}, {}),
    ],
)
def test_small_cells_are_masked(cells, expected):
    assert mask_small_cells(cells) == expected


def test_small_cells_follow_another_threshold():
    assert mask_small_cells({"a": 8, "b": 9, "c": 10}, threshold=10) == {
        "a": None,
        "b": None,
        "c": 10,
    }


@settings(deadline=None)
@given(st.dictionaries(st.integers(), st.integers(min_value=0, max_value=12), min_size=2))
def test_small_cells_never_stand_alone(cells):
    masked = mask_small_cells(cells)
    hidden = [key for key, count in masked.items() if count is None]
    assert len(hidden) != 1
    assert all(masked[key] is None for key, count in cells.items() if 0 < count < 5)
