"""Which pairs of records are probably one person? Plain values, no database (domain §3).

Stricter than what is proposed while typing: each pair asks for somebody's attention.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from itertools import combinations

from accounts.matching import Candidate
from accounts.names import shared_tokens

GROUP_LIMIT = 12  # records of one phone or name compared with each other: 66 pairs at most


class Strength(IntEnum):
    """How much two records have in common, the most first."""

    PHONE_AND_NAME = 3
    NAME_ALONE = 2
    NAME_AND_CONTEXT = 1


@dataclass(frozen=True)
class LikelyPair:
    """Two records, by id in ascending order, and what they have in common."""

    first: int
    second: int
    strength: Strength


def likely_pairs(
    records: Sequence[Candidate], *, distinct: Iterable[tuple[int, int]] = ()
) -> list[LikelyPair]:
    """Return the pairs that look like one person, the surest first, each once.

    `distinct` are the pairs, in ascending order, that somebody found to be two people.
    """
    groups: dict[str, list[Candidate]] = defaultdict(list)
    for one in records:
        groups[f"name {one.name_key}"].append(one)
        if one.phone:
            groups[f"phone {one.phone}"].append(one)
    said = set(distinct)
    found: dict[tuple[int, int], Strength] = {}
    for group in groups.values():
        for one, other in combinations(group[:GROUP_LIMIT], 2):
            ids = int(str(one.id)), int(str(other.id))
            pair = (min(ids), max(ids))
            strength = pair_strength(one, other)
            if strength is not None and pair not in said and ids[0] != ids[1]:
                found[pair] = strength
    pairs = [LikelyPair(first, second, strength) for (first, second), strength in found.items()]
    return sorted(pairs, key=lambda pair: (-pair.strength, pair.first, pair.second))


def pair_strength(one: Candidate, other: Candidate) -> Strength | None:
    """Decide what two records have in common; None when they are not probably one person.

    Two years of birth that differ make two people. A phone alone does not make one: households and
    services share theirs. Two phones that differ ask for the same structure or year of birth.
    """
    years = {one.birth_year, other.birth_year} - {None}
    if len(years) > 1:
        return None
    if one.phone and one.phone == other.phone:
        near = shared_tokens(one.name_key, other.name_key)
        return Strength.PHONE_AND_NAME if near else None
    if one.name_key != other.name_key or " " not in one.name_key:
        return None
    structures = {one.organization_key, other.organization_key} - {""}
    if not (one.phone and other.phone):
        return Strength.NAME_ALONE if len(structures) < 2 else None
    is_same_place = bool(one.organization_key) and one.organization_key == other.organization_key
    is_same_year = one.birth_year is not None and one.birth_year == other.birth_year
    return Strength.NAME_AND_CONTEXT if is_same_place or is_same_year else None
