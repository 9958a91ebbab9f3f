import pytest

from assessments.item_analysis import UnevenMatrix, analyse, distractors

# Four copies of three items; totals 3, 2, 1, 0.
GUTTMAN = [[1, 1, 1], [1, 1, 0], [1, 0, 0], [0, 0, 0]]


def test_item_analysis_worked_out_by_hand():
    found = analyse(GUTTMAN)
    assert found.difficulty == (0.75, 0.5, 0.25)
    # Variance of totals 1.25; sum of pq 0.1875 + 0.25 + 0.1875 = 0.625; 3/2 * (1 - 0.5).
    assert found.kr20 == pytest.approx(0.75, abs=1e-12)
    # Deviation of totals (root of 1.25) times the root of 1 - 0.75.
    assert found.sem == pytest.approx(0.5590169943749475, abs=1e-12)
    # Item 2 (1, 1, 0, 0) with the rest (2, 1, 1, 0): covariance 0.25, variances 0.25 and 0.5.
    assert found.discrimination[1] == pytest.approx(0.25 / (0.25 * 0.5) ** 0.5, abs=1e-12)


def test_item_that_the_best_get_wrong_asks_to_check_the_key():
    found = analyse([[1, 1, 1, 0], [1, 1, 0, 0], [1, 0, 0, 1], [0, 0, 0, 1]])
    assert found.discrimination[3] < 0
    assert found.flags == ((), (), (), ("vérifier la clé",))


def test_item_without_variance_has_no_discrimination():
    found = analyse([[1, 1, 0], [1, 0, 0], [1, 1, 1]])
    assert found.discrimination[0] is None
    assert found.flags[0] == ("tous juste ou tous faux",)


@pytest.mark.parametrize("matrix", [[], [[1, 1], [1, 1]], [[1], [0]], [[1, 0]]])
def test_form_without_variance_or_items_has_no_reliability(matrix):
    found = analyse(matrix)
    assert (found.kr20, found.sem) == (None, None)


def test_form_with_a_negative_reliability_keeps_its_error():
    found = analyse([[1, 0], [1, 0], [0, 1], [1, 1]])
    # Totals 1, 1, 1, 2: variance 0.1875; pq 0.1875 + 0.25; 2 * (1 - 0.4375 / 0.1875).
    assert found.kr20 == pytest.approx(-8 / 3)
    assert found.sem == pytest.approx((0.1875 * 11 / 3) ** 0.5)


def test_item_analysis_of_uneven_copies_is_refused():
    with pytest.raises(UnevenMatrix):
        analyse([[1, 0], [1]])


@pytest.mark.parametrize(
    ("n", "is_shown", "is_fragile", "notes"),
    [
        (29, False, True, ("29 copies : l'analyse se montre à partir de 30.",)),
        (30, True, True, ("30 copies : chiffres fragiles sous 100.",)),
        (99, True, True, ("99 copies : chiffres fragiles sous 100.",)),
        (100, True, False, ()),
    ],
)
def test_item_analysis_says_how_solid_it_is(n, is_shown, is_fragile, notes):
    found = analyse([[position % 2, 1] for position in range(n)])
    assert (found.n, found.is_shown, found.is_fragile, found.notes) == (
        n,
        is_shown,
        is_fragile,
        notes,
    )


def test_distractors_are_counted_with_blanks():
    responses = [["A", "B"], ["B", None], ["A", "A"]]
    assert distractors(responses, ["ABC", "AB"]) == (
        {"A": 2, "B": 1, "C": 0, "": 0},
        {"A": 1, "B": 1, "": 1},
    )
