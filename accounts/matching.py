"""Is the person on this row somebody we already know? (domain, section 3, duplicates)

The phone speaks first, then the name as a set of words, then organization and year of birth.
Nothing doubtful is merged: a doubt is handed to a person, in a sentence.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from accounts.names import shared_tokens


class MatchKind(StrEnum):
    """What a row turned out to be."""

    SAME = "SAME"
    POSSIBLE = "POSSIBLE"
    NEW = "NEW"


@dataclass(frozen=True)
class SoughtPerson:
    """What a row tells of a person; phone in international form, keys already folded."""

    phone: str | None
    name_key: str
    organization_key: str = ""
    birth_year: int | None = None


@dataclass(frozen=True)
class Candidate:
    """A known person, in the same terms."""

    id: Hashable
    phone: str | None
    name_key: str
    organization_key: str = ""
    birth_year: int | None = None


@dataclass(frozen=True)
class Match:
    """The decision: ``candidate_id`` only when it is SAME; ``others`` are the persons in doubt."""

    kind: MatchKind
    candidate_id: Hashable | None
    others: tuple[Hashable, ...]
    reason: str


class PersonIndex:
    """Known persons by phone and by name key; each decision looks up two dictionaries."""

    def __init__(self, candidates: Iterable[Candidate] = ()) -> None:
        self._by_phone: dict[str, list[Candidate]] = defaultdict(list)
        self._by_name: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in candidates:
            self.add(candidate)

    def add(self, candidate: Candidate) -> None:
        """Make a person known; the same id may be added again with another phone or spelling."""
        namesakes = self._by_name[candidate.name_key] if candidate.name_key else []
        if candidate.phone:
            self._by_phone[candidate.phone].append(candidate)
            # A phone learnt later makes the entry without phone too trusting: it goes.
            namesakes[:] = [one for one in namesakes if one.phone or one.id != candidate.id]
        namesakes.append(candidate)

    def match(self, row: SoughtPerson | Candidate) -> Match:
        """Decide whether the row is one known person, perhaps one, or somebody new."""
        same_phone = self._by_phone.get(row.phone, []) if row.phone else []
        if same_phone:
            return _decide_by_phone(row, same_phone)
        same_name = self._by_name.get(row.name_key, []) if row.name_key else []
        return _decide_by_name(row, same_name)


def _decide_by_phone(row: SoughtPerson | Candidate, known: list[Candidate]) -> Match:
    near = [one for one in known if _names_agree(row, one)]
    if not near:
        return _possible(
            known, "Ce numéro de téléphone est déjà celui d'une autre personne, d'un autre nom."
        )
    if len(_ids(near)) > 1:
        near = [one for one in near if one.name_key == row.name_key] or near
    if len(_ids(near)) > 1:
        return _possible(near, "Plusieurs personnes portent ce numéro et un nom voisin.")
    if all(_years_conflict(row, one) for one in near):
        return _possible(near, "Même téléphone et nom voisin, mais une autre année de naissance.")
    return Match(MatchKind.SAME, near[0].id, (), "Même numéro de téléphone et nom en commun.")


def _decide_by_name(row: SoughtPerson | Candidate, known: list[Candidate]) -> Match:
    near: list[Candidate] = []
    elsewhere: list[Candidate] = []
    for one in known:
        if _years_conflict(row, one):
            continue
        if row.phone and one.phone:
            elsewhere.append(one)
        elif _organizations_agree(row, one):
            near.append(one)
    if len(_ids(near)) > 1:
        return _possible(near, "Plusieurs personnes connues portent exactement ce nom.")
    if near and " " not in row.name_key:
        return _possible(near, "Même nom, mais un seul mot et aucun téléphone pour en être sûr.")
    if near:
        return Match(MatchKind.SAME, near[0].id, (), "Même nom, et rien ne les distingue.")
    if elsewhere:
        return _possible(elsewhere, "Même nom qu'une personne connue, mais un autre téléphone.")
    return Match(MatchKind.NEW, None, (), "Aucune personne connue ne correspond.")


def _possible(doubtful: list[Candidate], reason: str) -> Match:
    return Match(MatchKind.POSSIBLE, None, _ids(doubtful), reason)


def _ids(candidates: list[Candidate]) -> tuple[Hashable, ...]:
    return tuple(dict.fromkeys(one.id for one in candidates))


def _names_agree(row: SoughtPerson | Candidate, one: Candidate) -> bool:
    if not row.name_key or not one.name_key:
        return True
    return bool(shared_tokens(row.name_key, one.name_key))


def _organizations_agree(row: SoughtPerson | Candidate, one: Candidate) -> bool:
    keys = {row.organization_key, one.organization_key} - {""}
    return len(keys) < 2


def _years_conflict(row: SoughtPerson | Candidate, one: Candidate) -> bool:
    return (
        row.birth_year is not None
        and one.birth_year is not None
        and row.birth_year != one.birth_year
    )
