"""Which two records are probably one person: a hand table, then pairs."""

import pytest

from accounts.lookalikes import LikelyPair, Strength, likely_pairs, pair_strength
from accounts.matching import Candidate
from accounts.names import name_key

ONE, TWO = "+22376000001", "+22376000002"


def record(
    pk: int, name: str, phone: str = "", structure: str = "", year: int | None = None
) -> Candidate:
    return Candidate(pk, phone or None, name_key(name), structure, year)


@pytest.mark.parametrize(
    ("one", "other", "strength"),
    [
        (record(1, "KONE Awa", ONE), record(2, "Awa KONÉ", ONE), Strength.PHONE_AND_NAME),
        (record(1, "KONE Awa", ONE), record(2, "A. KONE", ONE), Strength.PHONE_AND_NAME),
        (record(1, "KONE Awa", ONE), record(2, "DIALLO Sira", ONE), None),  # a shared telephone
        (record(1, "KONE Awa", ONE, year=1980), record(2, "KONE Awa", ONE, year=1981), None),
        (record(1, "KONE Awa"), record(2, "Awa KONE", TWO), Strength.NAME_ALONE),
        (record(1, "KONE Awa", "", "tgi"), record(2, "Awa KONE", TWO, "barreau"), None),
        (record(1, "KONE Awa", ONE), record(2, "Awa KONE", TWO), None),
        (
            record(1, "KONE Awa", ONE, "tgi"),
            record(2, "Awa KONE", TWO, "tgi"),
            Strength.NAME_AND_CONTEXT,
        ),
        (
            record(1, "KONE Awa", ONE, year=1980),
            record(2, "Awa KONE", TWO, year=1980),
            Strength.NAME_AND_CONTEXT,
        ),
        (record(1, "KONE"), record(2, "KONE"), None),  # one word says too little
    ],
)
def test_strength_of_a_pair(one: Candidate, other: Candidate, strength: Strength | None) -> None:
    assert pair_strength(one, other) == strength
    assert pair_strength(other, one) == strength


def test_pairs_come_once_the_surest_first_without_those_said_distinct() -> None:
    records = [
        record(4, "KONE Awa"),
        record(3, "Awa KONE", ONE),
        record(1, "KONE A", ONE),
        record(7, "DIALLO Sira", TWO),
        record(5, "Sira DIALLO", TWO),
    ]

    assert likely_pairs(records, distinct=[(5, 7)]) == [
        LikelyPair(1, 3, Strength.PHONE_AND_NAME),
        LikelyPair(3, 4, Strength.NAME_ALONE),
    ]
