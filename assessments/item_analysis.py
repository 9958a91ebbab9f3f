"""How well the items of a form do their work (domain, section 4).

Sums are whole numbers until the last division, so that figures do not depend on the order of the
copies. Kuder and Richardson's formula 20 with the population variance; point-biserial
discrimination of an item against the rest of the form.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SHOWN_FROM = 30
FRAGILE_UNDER = 100
CHECK_THE_KEY = "vérifier la clé"
NO_VARIANCE = "tous juste ou tous faux"
BLANK = ""


class UnevenMatrix(ValueError):
    """The copies do not all have the same number of items; its text is a French sentence."""


@dataclass(frozen=True)
class ItemAnalysis:
    """Figures of a form on ``n`` copies; ``sem`` in items, ``difficulty`` as a share of right ones.

    ``None`` where a figure does not exist (no copy, a single item, no variance). ``flags`` holds
    what each item asks for. ``is_shown`` says whether there are copies enough to show the figures.
    """

    n: int
    kr20: float | None
    sem: float | None
    difficulty: tuple[float | None, ...]
    discrimination: tuple[float | None, ...]
    flags: tuple[tuple[str, ...], ...]
    is_shown: bool
    is_fragile: bool
    notes: tuple[str, ...]


def analyse(matrix: Sequence[Sequence[int]]) -> ItemAnalysis:
    """Analyse copies (rows) by items (columns), 1 for a right answer and 0 otherwise.

    Raises ``UnevenMatrix`` when the rows differ in length.
    """
    if len({len(row) for row in matrix}) > 1:
        raise UnevenMatrix("Les copies n'ont pas toutes le même nombre de questions.")
    n = len(matrix)
    items = [list(column) for column in zip(*matrix, strict=True)]
    totals = [sum(row) for row in matrix]
    kr20 = _kr20(items, totals)
    discrimination = tuple(_discrimination(item, totals) for item in items)
    return ItemAnalysis(
        n=n,
        kr20=kr20,
        sem=_standard_error(kr20, totals),
        difficulty=tuple(sum(item) / n for item in items),
        discrimination=discrimination,
        flags=tuple(_flags(value) for value in discrimination),
        is_shown=n >= SHOWN_FROM,
        is_fragile=n < FRAGILE_UNDER,
        notes=_notes(n),
    )


def distractors(
    responses: Sequence[Sequence[str | None]], letters: Sequence[Sequence[str]]
) -> tuple[Mapping[str, int], ...]:
    """How many copies chose each letter, item by item; the key "" counts the blanks.

    ``letters`` holds the choices of each item, for example "ABCD".
    """
    counted = []
    for position, choices in enumerate(letters):
        chosen = Counter(row[position] or BLANK for row in responses)
        counted.append({letter: chosen[letter] for letter in (*choices, BLANK)})
    return tuple(counted)


def _spread(values: Sequence[int]) -> int:
    """The population variance times n squared, in whole numbers."""
    return len(values) * sum(value * value for value in values) - sum(values) ** 2


def _kr20(items: Sequence[Sequence[int]], totals: Sequence[int]) -> float | None:
    k = len(items)
    spread = _spread(totals)
    if k < 2 or spread == 0:
        return None
    return k / (k - 1) * (1 - sum(_spread(item) for item in items) / spread)


def _standard_error(kr20: float | None, totals: Sequence[int]) -> float | None:
    if kr20 is None:
        return None
    return math.sqrt(_spread(totals) * (1 - kr20)) / len(totals)


def _discrimination(item: Sequence[int], totals: Sequence[int]) -> float | None:
    rest = [total - point for point, total in zip(item, totals, strict=True)]
    product = _spread(item) * _spread(rest)
    if product == 0:
        return None
    together = sum(point * other for point, other in zip(item, rest, strict=True))
    return (len(item) * together - sum(item) * sum(rest)) / math.sqrt(product)


def _flags(discrimination: float | None) -> tuple[str, ...]:
    if discrimination is None:
        return (NO_VARIANCE,)
    return (CHECK_THE_KEY,) if discrimination < 0 else ()


def _notes(n: int) -> tuple[str, ...]:
    if n < SHOWN_FROM:
        return (f"{n} copies : l'analyse se montre à partir de {SHOWN_FROM}.",)
    if n < FRAGILE_UNDER:
        return (f"{n} copies : chiffres fragiles sous {FRAGILE_UNDER}.",)
    return ()
