"""Can a form be passed by guessing? (domain, section 4)

The chance is exact: items with different numbers of choices make a Poisson binomial, computed item
by item. The limit is 5 %: true/false with a pass mark of 6 of 10 (37.7 %) is refused, four choices
with the same pass mark (2.0 %) are fine.
"""

import math
from collections.abc import Sequence

from assessments.figures import figure

LIMIT = 0.05
_TOLERANCE = 1e-9


class GuessableForm(ValueError):
    """The form can be passed by guessing; its text is a French sentence with the chance."""


def right_answers_needed(item_count: int, mastery: float) -> int:
    """The fewest right answers that reach a pass mark in points of 100."""
    return math.ceil(mastery * item_count / 100 - _TOLERANCE)


def chance_by_guessing(choice_counts: Sequence[int], mastery: float) -> float:
    """The chance, from 0 to 1, that blind answers reach the pass mark.

    ``choice_counts`` holds the number of choices of each item. Raises ``ValueError`` for an item
    without choice.
    """
    if any(count < 1 for count in choice_counts):
        raise ValueError("Chaque question doit avoir au moins un choix.")
    chances = [1.0]
    for count in choice_counts:
        right = 1 / count
        chances = [
            (chances[k] * (1 - right) if k < len(chances) else 0.0)
            + (chances[k - 1] * right if k else 0.0)
            for k in range(len(chances) + 1)
        ]
    return math.fsum(chances[right_answers_needed(len(choice_counts), mastery) :])


def refuse_if_guessable(choice_counts: Sequence[int], mastery: float, limit: float = LIMIT) -> None:
    """Raise ``GuessableForm`` when blind answers pass more often than ``limit`` (0 to 1)."""
    chance = chance_by_guessing(choice_counts, mastery)
    if chance > limit:
        needed = right_answers_needed(len(choice_counts), mastery)
        raise GuessableForm(
            f"Ce formulaire se réussit au hasard dans {figure(chance * 100)} % des cas "
            f"({needed} bonnes réponses sur {len(choice_counts)}), pour {figure(limit * 100)} % "
            "admis : ajoutez des questions ou des choix."
        )
