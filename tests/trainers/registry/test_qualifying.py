import datetime

import pytest

from trainers.registry.qualifying import (
    GroundFacts,
    co_facilitation_refusal,
    missing_for_level,
    missing_grounds,
    observation_refusal,
)

DAY = datetime.date(2025, 6, 1)
BEFORE, AFTER = datetime.date(2025, 5, 1), datetime.date(2025, 6, 2)
TOT = GroundFacts("TOT", BEFORE, has_proof=True)
SHARED = GroundFacts("CO_FACILITATION", DAY, has_proof=True)
OBSERVED = GroundFacts("OBSERVATION", BEFORE, has_proof=True, score=70)
NO_TOT = "Il manque la formation de formateurs réussie."
NO_SHARED = "Il manque une co-animation d'une session réelle avec un formateur habilité."
NO_OBSERVED = "Il manque une fiche d'observation."


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [
        ([TOT, SHARED, OBSERVED], []),
        ([], [NO_TOT, NO_SHARED, NO_OBSERVED]),
        ([TOT, OBSERVED], [NO_SHARED]),
        ([TOT, GroundFacts("CO_FACILITATION", AFTER, has_proof=True), OBSERVED], [NO_SHARED]),
        (
            [GroundFacts("TOT", BEFORE, has_proof=False), SHARED, OBSERVED],
            ["Il manque la preuve de la formation de formateurs."],
        ),
        (
            [TOT, SHARED, GroundFacts("OBSERVATION", BEFORE, has_proof=True, score=69)],
            ["La meilleure fiche d'observation est à 69 points sur 100, pour 70 au moins."],
        ),
        (
            [
                TOT,
                SHARED,
                GroundFacts("OBSERVATION", BEFORE, has_proof=False, score=90),
                GroundFacts("OBSERVATION", BEFORE, has_proof=True, score=40),
            ],
            ["Il manque la fiche d'observation elle-même, en fichier."],
        ),
        ([TOT, SHARED, GroundFacts("OBSERVATION", DAY, has_proof=True, score=40), OBSERVED], []),
    ],
)
def test_three_grounds_found_a_qualification(grounds: list, expected: list[str]) -> None:
    assert missing_grounds(grounds, day=DAY) == expected


@pytest.mark.parametrize(
    ("level", "held", "is_missing"),
    [
        ("FACILITATOR", set(), False),
        ("LEAD", set(), False),
        ("MASTER", set(), True),
        ("MASTER", {"FACILITATOR"}, True),
        ("MASTER", {"LEAD"}, False),
        ("MASTER", {"MASTER"}, False),
    ],
)
def test_who_trains_trainers_leads_already(level: str, held: set[str], is_missing: bool) -> None:
    assert bool(missing_for_level(level, held)) is is_missing


@pytest.mark.parametrize(
    ("facts", "starts"),
    [
        ({}, ""),
        ({"role": "OBSERVER"}, "Cette personne n'a pas co-animé"),
        ({"role": ""}, "Cette personne n'a pas co-animé"),
        ({"is_same_curriculum": False}, "Cette session porte sur un autre"),
        ({"is_over": False}, "Cette session n'est pas terminée"),
        ({"has_qualified_colleague": False}, "Aucun autre formateur"),
    ],
)
def test_co_facilitation_is_real_and_with_a_qualified_trainer(facts: dict, starts: str) -> None:
    right = {
        "role": "CO_TRAINER",
        "is_same_curriculum": True,
        "is_over": True,
        "has_qualified_colleague": True,
    }
    refusal = co_facilitation_refusal(**right | facts)
    assert refusal.startswith(starts)
    assert bool(refusal) is bool(starts)


@pytest.mark.parametrize(
    ("basis", "score", "expected"),
    [
        ("OBSERVATION", 70, ""),
        ("OBSERVATION", 0, ""),
        ("TOT", None, ""),
        ("OBSERVATION", None, "Une fiche d'observation porte une note, sur 100 points."),
        ("TOT", 80, "Seule une fiche d'observation porte une note."),
        ("OBSERVATION", 101, "La note va de 0 à 100 points."),
    ],
)
def test_only_an_observation_has_a_score(basis: str, score: int | None, expected: str) -> None:
    assert observation_refusal(basis, score) == expected
