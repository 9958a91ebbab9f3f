"""Score one answer sheet against the key of its form."""

from collections.abc import Sequence
from dataclasses import dataclass


class UnscorableForm(ValueError):
    """The sheet and the key do not fit, or no item counts; its text is a French sentence."""


@dataclass(frozen=True)
class Score:
    """Right answers, items that count, and the share in points of 100."""

    correct: int
    counted: int
    percent: float


def score(
    responses: Sequence[str | None],
    key: Sequence[str],
    *,
    withdrawn: frozenset[int] = frozenset(),
) -> Score:
    """Count the right answers; letters in the form's frozen order.

    A blank is a wrong answer. ``withdrawn`` holds the positions, from 0, of items that count for
    nobody. Raises ``UnscorableForm`` when the lengths differ or no item is left.
    """
    if len(responses) != len(key):
        raise UnscorableForm(
            f"La copie a {len(responses)} réponses et le formulaire {len(key)} questions."
        )
    counted = [position for position in range(len(key)) if position not in withdrawn]
    if not counted:
        raise UnscorableForm("Aucune question de ce formulaire ne compte : rien à noter.")
    correct = sum(responses[position] == key[position] for position in counted)
    return Score(correct, len(counted), correct * 100 / len(counted))


def right_or_wrong(
    responses: Sequence[str | None],
    key: Sequence[str],
    *,
    withdrawn: frozenset[int] = frozenset(),
) -> tuple[int, ...]:
    """The row of a matrix of items: 1 for a right answer, 0 otherwise, withdrawn items left out."""
    return tuple(
        int(response == right)
        for position, (response, right) in enumerate(zip(responses, key, strict=True))
        if position not in withdrawn
    )
