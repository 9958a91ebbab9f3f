import pytest

from assessments.scoring import Score, UnscorableForm, right_or_wrong, score


@pytest.mark.parametrize(
    ("responses", "withdrawn", "expected"),
    [
        (["A", "B", "C", "D"], frozenset(), Score(4, 4, 100.0)),
        (["A", None, "D", "D"], frozenset(), Score(2, 4, 50.0)),
        ([None] * 4, frozenset(), Score(0, 4, 0.0)),
        (["A", "A", "C", "D"], frozenset({1}), Score(3, 3, 100.0)),
        (["A", "A", "A", "A"], frozenset({0}), Score(0, 3, 0.0)),
    ],
)
def test_score_counts_right_answers(responses, withdrawn, expected):
    assert score(responses, "ABCD", withdrawn=withdrawn) == expected


def test_score_of_fourteen_in_twenty_is_exactly_seventy():
    assert score(["A"] * 14 + [None] * 6, "A" * 20).percent == 70.0


def test_score_without_counted_item_is_refused():
    with pytest.raises(UnscorableForm, match="Aucune question de ce formulaire ne compte"):
        score(["A"], "A", withdrawn=frozenset({0}))
    with pytest.raises(UnscorableForm):
        score([], "")


def test_score_of_another_length_is_refused():
    with pytest.raises(UnscorableForm, match="La copie a 1 réponses et le formulaire 2 questions"):
        score(["A"], "AB")


def test_right_or_wrong_leaves_withdrawn_items_out():
    assert right_or_wrong(["A", None, "D"], "ABC", withdrawn=frozenset({1})) == (1, 0)
