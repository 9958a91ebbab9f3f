"""The figures of the satisfaction form, from five answers on (domain §4). Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

SHOWN_FROM = 5
MARKS = (1, 2, 3, 4, 5)
ASPECTS = ("usefulness", "clarity", "pace", "organisation")
Marks = tuple[int, int, int, int]  # in the order of ASPECTS


@dataclass(frozen=True)
class AspectFigures:
    """One aspect: the mean mark, from 1 to 5, and how many gave each mark."""

    aspect: str
    mean: float
    counts: tuple[int, int, int, int, int]


@dataclass(frozen=True)
class Satisfaction:
    """`n` is always there; the rest is empty under five answers: few people are few names.

    `is_too_many`: more answers than people enrolled, so somebody answered twice.
    """

    n: int
    is_shown: bool
    aspects: tuple[AspectFigures, ...]
    comments: tuple[str, ...]
    is_too_many: bool


def summarise(answers: Sequence[Marks], comments: Sequence[str], *, enrolled: int) -> Satisfaction:
    """Summarise the answers; comments in alphabetical order, so that none shows when it came."""
    n = len(answers)
    if n < SHOWN_FROM:
        return Satisfaction(n, False, (), (), n > enrolled)
    aspects = tuple(
        AspectFigures(
            aspect,
            sum(marks[place] for marks in answers) / n,
            tuple(sum(marks[place] == mark for marks in answers) for mark in MARKS),  # type: ignore[arg-type]
        )
        for place, aspect in enumerate(ASPECTS)
    )
    said = sorted((text.strip() for text in comments if text.strip()), key=str.casefold)
    return Satisfaction(n, True, aspects, tuple(said), n > enrolled)
