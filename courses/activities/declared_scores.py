"""What a result sent by an activity may say. Pure: the activity runs on the learner's phone."""

import math
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MAX_POINTS = 10_000
OUTCOMES = frozenset({"COMPLETED", "PASSED", "FAILED"})


class UnbelievableResult(ValueError):
    """A result that is not kept; its text is a French sentence."""


@dataclass(frozen=True, slots=True)
class DeclaredResult:
    """`score` and `max_score` are both None where the activity gives no points."""

    uuid: uuid.UUID
    outcome: str
    score: float | None
    max_score: float | None


def read_declared(facts: Mapping[str, Any]) -> DeclaredResult:
    """Check what was sent: an identifier, an outcome, 0 ≤ score ≤ max_score ≤ 10 000.

    Raises `UnbelievableResult`.
    """
    try:
        identifier = uuid.UUID(str(facts.get("uuid")))
    except ValueError as error:
        raise UnbelievableResult("Ce résultat n'a pas d'identifiant.") from error
    outcome = facts.get("outcome")
    if not isinstance(outcome, str) or outcome not in OUTCOMES:
        raise UnbelievableResult("Ce résultat ne dit pas comment l'activité s'est terminée.")
    score, most = facts.get("score"), facts.get("max")
    if score is None and most is None:
        return DeclaredResult(identifier, outcome, None, None)
    score, most = _points(score), _points(most)
    if most == 0 or score > most:
        raise UnbelievableResult("Ce score dépasse le maximum de l'activité : il n'est pas gardé.")
    return DeclaredResult(identifier, outcome, round(score, 2), round(most, 2))


def _points(value: object) -> float:
    if (
        isinstance(value, bool)
        or not isinstance(value, int | float)
        # A whole number may be too long for isfinite(): it is finite all the same.
        or (isinstance(value, float) and not math.isfinite(value))
    ):
        raise UnbelievableResult("Ce score n'est pas un nombre.")
    if not 0 <= value <= MAX_POINTS:
        raise UnbelievableResult(f"Ce score n'est pas entre 0 et {MAX_POINTS} points.")
    return float(value)
