"""Find who each row of an attendance sheet is, among the persons already known (domain §3)."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from accounts.matching import MatchKind, PersonIndex, SoughtPerson
from accounts.models import Person
from accounts.names import fold
from accounts.people import person_index
from accounts.people_bulk import batches
from trainers.attendance.rows import AttendanceRow
from trainers.models import TrainingSession


@dataclass(frozen=True)
class FoundPerson:
    """What a row turned out to be: `person_id` only when SAME, `others` are the doubtful ones."""

    row: AttendanceRow
    kind: MatchKind
    person_id: int | None
    others: tuple[int, ...]
    reason: str


def find_people(session: TrainingSession, rows: Sequence[AttendanceRow]) -> list[FoundPerson]:
    """Match each row, first with the session's own participants, then with everybody.

    A row of an earlier import thus finds the person that import made, doubtful or not: applying a
    corrected file doubles nobody. Three queries.
    """
    enrolled = Person.objects.filter(participations__session=session)
    in_session, everybody = person_index(enrolled), person_index()
    exactly = _exact_people(enrolled.values_list("pk", "name_key", "phone"))
    return [_find(row, in_session, everybody, exactly) for row in rows]


def labels_of(person_ids: Iterable[int]) -> dict[int, str]:
    """Return how the report names known persons: full name and year of birth."""
    labels: dict[int, str] = {}
    for batch in batches(sorted(set(person_ids))):
        for person in Person.objects.filter(pk__in=batch):
            born = f" ({person.birth_year})" if person.birth_year else ""
            labels[person.pk] = f"{person.full_name}{born}"
    return labels


def _find(
    row: AttendanceRow,
    in_session: PersonIndex,
    everybody: PersonIndex,
    exactly: dict[tuple[str, str], int],
) -> FoundPerson:
    sought = SoughtPerson(
        row.phone, row.name_key[:180], fold(row.organization)[:160], row.birth_year
    )
    here = in_session.match(sought)
    if here.kind is MatchKind.SAME:
        return FoundPerson(row, here.kind, _id(here.candidate_id), (), here.reason)
    again = exactly.get((sought.name_key, row.phone or ""))
    if again is not None and here.kind is MatchKind.POSSIBLE:
        reason = "Même nom et même numéro qu'un participant déjà inscrit à la session."
        return FoundPerson(row, MatchKind.SAME, again, (), reason)
    found = everybody.match(sought)
    return FoundPerson(
        row,
        found.kind,
        _id(found.candidate_id) if found.kind is MatchKind.SAME else None,
        tuple(_id(other) for other in found.others),
        found.reason,
    )


def _exact_people(rows: Iterable[tuple[int, str, str]]) -> dict[tuple[str, str], int]:
    """Participants by name key and phone, those that nobody else shares."""
    found: dict[tuple[str, str], list[int]] = {}
    for pk, key, phone in rows:
        found.setdefault((key, phone), []).append(pk)
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}


def _id(candidate_id: Hashable) -> int:
    return int(str(candidate_id))
