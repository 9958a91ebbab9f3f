"""How a fictitious person answers: an ability, a difficulty per item, and a chance of guessing.

Pure. The model is the usual logistic one with a guessing floor; it only has to look like a room of
adults who learn, so that statistics computed from it behave like real ones.
"""

import math
import random

GUESSING_FLOOR = 0.15
BLANK_SHARE = 0.02


def item_difficulties(count: int, *, seed: int) -> list[float]:
    """One difficulty per item, on the scale of the abilities, spread from easy to hard."""
    draw = random.Random(seed)
    return [draw.uniform(-1.4, 1.2) for _item in range(count)]


def answer_sheet(
    draw: random.Random,
    *,
    ability: float,
    key: list[str],
    letters: list[int],
    difficulties: list[float],
) -> list[str]:
    """Letters answered in the form's order; an empty text is a blank.

    `letters[i]` is the number of choices of item i; `key[i]` its right letter.
    """
    sheet: list[str] = []
    for right, choices, difficulty in zip(key, letters, difficulties, strict=True):
        if draw.random() < BLANK_SHARE:
            sheet.append("")
            continue
        knows = 1 / (1 + math.exp(-(ability - difficulty)))
        if draw.random() < GUESSING_FLOOR + (1 - GUESSING_FLOOR) * knows:
            sheet.append(right)
        else:
            wrong = [chr(65 + rank) for rank in range(choices) if chr(65 + rank) != right]
            sheet.append(draw.choice(wrong))
    return sheet
