"""Who may be the person being typed? Known persons in the order of their likeness (domain §3).

The phone speaks first, then the name as a set of words, then the structure and the year of birth.
This proposes while somebody types, where words are unfinished; `accounts/matching.py` decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from accounts.matching import Candidate, SoughtPerson

FEWEST_LETTERS = 2


class Likeness(StrEnum):
    """One thing that two records have in common, or that sets them apart."""

    PHONE = "PHONE"
    NAME = "NAME"
    PART_OF_NAME = "PART_OF_NAME"
    ORGANIZATION = "ORGANIZATION"
    BIRTH_YEAR = "BIRTH_YEAR"
    OTHER_BIRTH_YEAR = "OTHER_BIRTH_YEAR"


@dataclass(frozen=True)
class Resemblance:
    """A known person and why they are proposed, the strongest reason first."""

    candidate: Candidate
    reasons: tuple[Likeness, ...]


def most_alike(typed: SoughtPerson, known: Iterable[Candidate], *, limit: int) -> list[Resemblance]:
    """Return at most `limit` known persons who may be the one typed, the most alike first.

    A phone or a name in common is needed; a structure or a year alone proposes nobody.
    """
    found = [Resemblance(one, _reasons(typed, one)) for one in known]
    proposed = [one for one in found if set(one.reasons) & _PROPOSING]
    return sorted(proposed, key=_order)[:limit]


def has_words(words: Sequence[str], name_key: str) -> bool:
    """Whether each typed word is in the name, or begins or lies in one of its words."""
    return bool(words) and all(word in name_key for word in words)


_PROPOSING = {Likeness.PHONE, Likeness.NAME, Likeness.PART_OF_NAME}
_WEIGHT = {
    Likeness.PHONE: 32,
    Likeness.NAME: 16,
    Likeness.PART_OF_NAME: 8,
    Likeness.ORGANIZATION: 4,
    Likeness.BIRTH_YEAR: 2,
    Likeness.OTHER_BIRTH_YEAR: -1,
}


def _reasons(typed: SoughtPerson, one: Candidate) -> tuple[Likeness, ...]:
    reasons = []
    if typed.phone and typed.phone == one.phone:
        reasons.append(Likeness.PHONE)
    words = [word for word in typed.name_key.split() if len(word) >= FEWEST_LETTERS]
    if typed.name_key and typed.name_key == one.name_key:
        reasons.append(Likeness.NAME)
    elif has_words(words, one.name_key):
        reasons.append(Likeness.PART_OF_NAME)
    if typed.organization_key and typed.organization_key == one.organization_key:
        reasons.append(Likeness.ORGANIZATION)
    if typed.birth_year is not None and one.birth_year is not None:
        is_same = typed.birth_year == one.birth_year
        reasons.append(Likeness.BIRTH_YEAR if is_same else Likeness.OTHER_BIRTH_YEAR)
    return tuple(reasons)


def _order(one: Resemblance) -> tuple[int, str, str]:
    weight = sum(_WEIGHT[reason] for reason in one.reasons)
    return -weight, one.candidate.name_key, f"{one.candidate.id:>12}"
