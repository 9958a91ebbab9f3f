"""The draw of phone checks: its size, by hand, and its repetition."""

import pytest

from trainers.oversight.phone_sample import draw_sample, sample_size


@pytest.mark.parametrize(
    ("total", "percent", "size"),
    [
        (0, 10, 0),
        (1, 10, 1),
        (2, 10, 2),
        (20, 10, 2),
        (21, 10, 3),
        (25, 10, 3),
        (40, 5, 2),
        (54, 5, 3),
        (54, 10, 6),
    ],
)
def test_size_is_the_share_rounded_up_and_two_at_least(total: int, percent: int, size: int) -> None:
    assert sample_size(total, percent) == size


@pytest.mark.parametrize("percent", [4, 11])
def test_a_share_outside_the_rule_is_refused(percent: int) -> None:
    with pytest.raises(ValueError, match="not between 5 and 10"):
        sample_size(20, percent)


def test_the_same_seed_draws_the_same_list_whatever_the_order() -> None:
    ids = list(range(1, 51))

    drawn = draw_sample(ids, seed=2023, percent=10)

    assert drawn == draw_sample(reversed(ids), seed=2023, percent=10)
    assert len(drawn) == len(set(drawn)) == 5
    assert set(drawn) <= set(ids)
    assert draw_sample(ids, seed=2024, percent=10) != drawn


def test_the_draw_of_a_seed_is_written_down() -> None:
    """Another machine, another year: this list must still come out of this seed."""
    assert draw_sample(range(1, 21), seed=7, percent=10) == [4, 7]


def test_everybody_is_drawn_about_as_often() -> None:
    counts = dict.fromkeys(range(20), 0)
    for seed in range(2000):
        for one in draw_sample(range(20), seed=seed, percent=10):
            counts[one] += 1

    assert sum(counts.values()) == 4000
    assert all(140 <= count <= 260 for count in counts.values()), counts
