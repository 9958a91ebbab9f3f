"""Needs ranked by hand."""

import pytest

from trainers.national_plan.needs_score import Need, Rating, need_of, ranked, shown_cells


@pytest.mark.parametrize(
    ("usefulness", "ease", "need"),
    [(1, 5, 1), (5, 1, 25), (5, 5, 5), (1, 1, 5), (4, 2, 16), (3, 3, 9)],
)
def test_need_grows_with_use_and_falls_with_ease(usefulness: int, ease: int, need: int) -> None:
    assert need_of(usefulness, ease) == need


@pytest.mark.parametrize(("usefulness", "ease"), [(0, 3), (6, 3), (3, 0), (3, 6)])
def test_need_refuses_what_is_off_the_scale(usefulness: int, ease: int) -> None:
    with pytest.raises(ValueError, match="from 1 to 5"):
        need_of(usefulness, ease)


def test_ranking_takes_the_mean_of_the_products() -> None:
    # law: (5×5 + 3×1)/2 = 14, where the means alone would give 4 × 3 = 12.
    ratings = [
        Rating("law", 5, 1),
        Rating("law", 3, 5),
        Rating("data", 4, 2),
        Rating("signs", 2, 5),
    ]

    assert ranked(ratings) == [
        Need("data", 1, 16.0, 4.0, 2.0),
        Need("law", 2, 14.0, 4.0, 3.0),
        Need("signs", 1, 2.0, 2.0, 5.0),
    ]


def test_equal_needs_go_by_use_then_by_code() -> None:
    ratings = [Rating("b", 2, 2), Rating("c", 4, 4), Rating("a", 2, 2)]  # 8 each

    assert [need.topic for need in ranked(ratings)] == ["c", "a", "b"]


def test_few_answers_are_fragile() -> None:
    nine, ten = (ranked([Rating("law", 4, 2)] * n)[0] for n in (9, 10))

    assert (nine.is_fragile, ten.is_fragile) == (True, False)


@pytest.mark.parametrize(
    ("sizes", "shown"),
    [
        ({"a": 12, "b": 5}, {"a", "b"}),
        ({"a": 12, "b": 7, "c": 3}, {"a"}),  # 3 alone would be found by subtraction: 7 goes too
        ({"a": 12, "b": 4, "c": 3}, {"a"}),  # 7 hidden together are not found
        ({"a": 4}, set()),
        ({"a": 12, "b": 0}, {"a"}),  # nothing hides behind an empty cell
        ({}, set()),
    ],
)
def test_small_cells_and_what_gives_them_away_are_hidden(
    sizes: dict[str, int], shown: set[str]
) -> None:
    assert shown_cells(sizes) == shown
