"""Whom the rows of a file of old sessions are: known persons, or persons that the file creates."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from accounts.matching import Candidate, MatchKind, PersonIndex, SoughtPerson
from accounts.names import fold
from accounts.people import person_index
from trainers.attendance.rows import AttendanceRow, unite_rows


@dataclass(frozen=True)
class Found:
    """Whom a row turned out to be: a known person, or one that a line of this file creates."""

    row: AttendanceRow
    kind: MatchKind
    reason: str
    person_id: int | None = None
    first_line: int | None = None

    @property
    def key(self) -> tuple[str, int]:
        """The same for every row of this person in the file."""
        return ("known", self.person_id) if self.person_id else ("new", self.first_line or 0)

    @property
    def is_created_here(self) -> bool:
        return self.first_line == self.row.line_number


class FilePeople:
    """Everybody known, and those whom earlier lines of the same file create."""

    def __init__(self) -> None:
        self.known = person_index()
        self.new = PersonIndex()

    def find(self, rows: Sequence[AttendanceRow]) -> tuple[Found, ...]:
        """Match the rows of one session, one attendee for each person."""
        found: dict[tuple[str, int], Found] = {}
        for row in rows:
            one = self._find(row)
            again = found.get(one.key)
            found[one.key] = replace(again, row=unite_rows(again.row, row)) if again else one
        return tuple(found.values())

    def _find(self, row: AttendanceRow) -> Found:
        sought = SoughtPerson(
            row.phone, row.name_key[:180], fold(row.organization)[:160], row.birth_year
        )
        known = self.known.match(sought)
        if known.kind is MatchKind.SAME:
            return Found(row, known.kind, known.reason, person_id=int(str(known.candidate_id)))
        again = self.new.match(sought)
        if again.kind is MatchKind.SAME:
            line = int(str(again.candidate_id))
            return Found(row, again.kind, again.reason, first_line=line)
        self.new.add(
            Candidate(
                row.line_number,
                sought.phone,
                sought.name_key,
                sought.organization_key,
                sought.birth_year,
            )
        )
        doubt = known if known.kind is MatchKind.POSSIBLE else again
        return Found(row, doubt.kind, doubt.reason, first_line=row.line_number)
