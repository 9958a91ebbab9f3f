import pytest

from assessments.guessing import (
    GuessableForm,
    chance_by_guessing,
    refuse_if_guessable,
    right_answers_needed,
)


def test_guessing_true_or_false_passes_in_386_cases_of_1024():
    assert chance_by_guessing([2] * 10, 60) == pytest.approx(386 / 1024, abs=1e-12)


def test_guessing_among_four_passes_in_two_percent():
    assert chance_by_guessing([4] * 10, 60) == pytest.approx(20686 / 1048576, abs=1e-12)


def test_guessing_weighs_each_item_by_its_choices():
    # Both right: 1/2 * 1/4.
    assert chance_by_guessing([2, 4], 100) == 0.125
    # At least one right: 1 - 1/2 * 3/4.
    assert chance_by_guessing([2, 4], 50) == 0.625


def test_guessing_at_a_pass_mark_of_zero_always_passes():
    assert chance_by_guessing([4] * 5, 0) == pytest.approx(1.0)
    assert chance_by_guessing([], 70) == 1.0


@pytest.mark.parametrize(
    ("items", "mastery", "needed"),
    [(20, 70, 14), (10, 70, 7), (15, 70, 11), (10, 60, 6), (3, 0, 0)],
)
def test_pass_mark_in_right_answers(items, mastery, needed):
    assert right_answers_needed(items, mastery) == needed


def test_guessable_form_is_refused_with_its_chance():
    with pytest.raises(GuessableForm) as refusal:
        refuse_if_guessable([2] * 10, 60)
    assert str(refusal.value) == (
        "Ce formulaire se réussit au hasard dans 37,7 % des cas (6 bonnes réponses sur 10), "
        "pour 5 % admis : ajoutez des questions ou des choix."
    )


def test_form_of_four_choices_is_accepted():
    refuse_if_guessable([4] * 10, 60)
    refuse_if_guessable([4] * 20, 70)


def test_item_without_choice_is_refused():
    with pytest.raises(ValueError, match="au moins un choix"):
        chance_by_guessing([4, 0], 70)
