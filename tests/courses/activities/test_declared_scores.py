"""What a result may say: it comes from code on somebody's phone."""

import uuid
from typing import Any

import pytest

from courses.activities.declared_scores import (
    DeclaredResult,
    UnbelievableResult,
    read_declared,
)

ID = "6f2f6f0e-2d3c-4a52-9c64-0d9c2a1f3b11"


@pytest.mark.parametrize(
    ("facts", "score", "most"),
    [
        ({"score": 3, "max": 4}, 3.0, 4.0),
        ({"score": 0, "max": 4}, 0.0, 4.0),
        ({"score": 4, "max": 4}, 4.0, 4.0),
        ({"score": 2.3456, "max": 10}, 2.35, 10.0),
        ({"score": None, "max": None}, None, None),
        ({}, None, None),
    ],
)
def test_a_believable_result_is_read(
    facts: dict[str, Any], score: float | None, most: float | None
) -> None:
    read = read_declared({"uuid": ID, "outcome": "COMPLETED", **facts})

    assert read == DeclaredResult(uuid.UUID(ID), "COMPLETED", score, most)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"uuid": "7"}, "Ce résultat n'a pas d'identifiant."),
        ({"uuid": None}, "Ce résultat n'a pas d'identifiant."),
        (
            {"outcome": "CERTIFIED"},
            "Ce résultat ne dit pas comment l'activité s'est terminée.",
        ),
        ({"outcome": ["PASSED"]}, "Ce résultat ne dit pas comment l'activité s'est terminée."),
        (
            {"score": 5, "max": 4},
            "Ce score dépasse le maximum de l'activité : il n'est pas gardé.",
        ),
        (
            {"score": 0, "max": 0},
            "Ce score dépasse le maximum de l'activité : il n'est pas gardé.",
        ),
        ({"score": 10**400, "max": 4}, "Ce score n'est pas entre 0 et 10000 points."),
        ({"score": -1, "max": 4}, "Ce score n'est pas entre 0 et 10000 points."),
        ({"score": 1, "max": 10_001}, "Ce score n'est pas entre 0 et 10000 points."),
        ({"score": "3", "max": 4}, "Ce score n'est pas un nombre."),
        ({"score": True, "max": 4}, "Ce score n'est pas un nombre."),
        ({"score": float("nan"), "max": 4}, "Ce score n'est pas un nombre."),
        ({"score": float("inf"), "max": float("inf")}, "Ce score n'est pas un nombre."),
        ({"score": 3, "max": None}, "Ce score n'est pas un nombre."),
    ],
)
def test_an_unbelievable_result_is_refused(facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(UnbelievableResult) as refusal:
        read_declared({"uuid": ID, "outcome": "PASSED", "score": 3, "max": 4} | facts)

    assert str(refusal.value) == sentence
