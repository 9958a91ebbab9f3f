"""Still in post: hand-made tables."""

import pytest

from trainers.people.standing import (
    PlaceTally,
    TrainedPerson,
    Whereabouts,
    mask_column,
    tally_places,
    whereabouts,
)

COURT, POLICE = "tribunal", "commissariat"


def person(pk, then, now, *, left=False, due=False):
    return TrainedPerson(pk, then, now, left, due)


@pytest.mark.parametrize(
    ("then", "now", "has_left", "where"),
    [
        (COURT, COURT, False, Whereabouts.IN_POST),
        (COURT, POLICE, False, Whereabouts.MOVED),
        (COURT, None, True, Whereabouts.LEFT),
        (COURT, None, False, Whereabouts.UNKNOWN),
        (None, POLICE, False, Whereabouts.IN_POST),
        (None, None, False, Whereabouts.UNKNOWN),
        (None, None, True, Whereabouts.LEFT),
    ],
)
def test_where_somebody_is_seen_from_where_they_were_trained(then, now, has_left, where) -> None:
    assert whereabouts(TrainedPerson(1, then, now, has_left, False)) == where


def test_a_person_is_counted_where_they_serve_and_missed_where_they_left() -> None:
    people = [
        person(1, COURT, COURT),
        person(2, COURT, COURT, due=True),
        person(3, COURT, POLICE, due=True),
        person(4, COURT, None, left=True, due=True),
        person(5, COURT, None),
    ]

    assert tally_places(people) == {
        COURT: PlaceTally(serving={1, 2}, due={2}, moved={3}, left={4}),
        POLICE: PlaceTally(serving={3}, due={3}),
        None: PlaceTally(unknown={5}),
    }


@pytest.mark.parametrize(
    ("figures", "shown"),
    [
        ([], []),
        ([0, 12, 7], [0, 12, 7]),
        ([4, 12, 7], [None, 12, None]),  # 7 would give 4 by subtraction
        ([4, 3, 12], [None, None, 12]),
        ([1, 1, 12, 30], [None, None, None, 30]),  # two ones are found as easily as one
        ([3, 0], [None, None]),
        ([3], [None]),
    ],
)
def test_small_figures_are_hidden_and_not_found_by_subtraction(figures, shown) -> None:
    assert mask_column(figures) == shown
