"""The figures of the satisfaction form."""

from assessments.satisfaction.figures import summarise

FIVE = [(5, 4, 3, 5), (4, 4, 3, 5), (3, 4, 3, 5), (5, 4, 1, 5), (5, 4, 2, 5)]


def test_nothing_is_shown_under_five_answers() -> None:
    found = summarise(FIVE[:4], ["Je suis le seul juge"], enrolled=10)

    assert (found.n, found.is_shown, found.aspects, found.comments) == (4, False, (), ())


def test_means_and_counts_are_shown_from_five_answers() -> None:
    found = summarise(FIVE, ["b", "", " A ", "c"], enrolled=10)

    assert found.is_shown
    assert [round(one.mean, 2) for one in found.aspects] == [4.4, 4.0, 2.4, 5.0]
    assert found.aspects[0].counts == (0, 0, 1, 1, 3)
    assert found.comments == ("A", "b", "c")


def test_more_answers_than_people_are_told() -> None:
    assert summarise(FIVE, [], enrolled=4).is_too_many
    assert not summarise(FIVE, [], enrolled=5).is_too_many
