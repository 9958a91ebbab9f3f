"""What the two steps of an attendance import tell: rows, errors, matches, totals."""

from dataclasses import dataclass
from typing import Any

from accounts.matching import MatchKind

DUPLICATE = "DUPLICATE"
BAD = "BAD"


@dataclass(frozen=True)
class RowMatch:
    """Whom a row was matched with, or may be: `persons` are names already known."""

    kind: str
    reason: str
    persons: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportRow:
    """One row of the sheet; `status` is NEW, SAME, POSSIBLE, DUPLICATE or BAD."""

    line: int
    person: str
    status: str
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    match: RowMatch | None = None
    marks: int = 0
    duplicate_of: int | None = None

    @property
    def is_possible(self) -> bool:
        return self.status == MatchKind.POSSIBLE

    @property
    def is_bad(self) -> bool:
        return self.status == BAD


@dataclass(frozen=True)
class AttendanceReport:
    """The outcome of a check or of an import, the same figures in both.

    `marks` counts the presences that the good rows hold, `new_marks` those that the import adds.
    `errors` refuse the whole sheet; `differences` are told and change nothing.
    """

    session: str
    name: str
    sha256: str
    rows_in_file: int = 0
    persons: int = 0
    duplicate_rows: int = 0
    bad_rows: int = 0
    new_persons: int = 0
    matched_persons: int = 0
    marks: int = 0
    new_participations: int = 0
    new_marks: int = 0
    applied: bool = False
    already_applied: bool = False
    rows: tuple[ReportRow, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()

    @property
    def possible_rows(self) -> tuple[ReportRow, ...]:
        return tuple(row for row in self.rows if row.is_possible)

    @property
    def bad(self) -> tuple[ReportRow, ...]:
        return tuple(row for row in self.rows if row.is_bad)

    def as_json(self) -> dict[str, Any]:
        """Return plain values with the stable names of docs/imports.md."""
        names = (
            "session", "rows_in_file", "persons", "duplicate_rows", "bad_rows", "new_persons",
            "matched_persons", "marks", "new_participations", "new_marks", "applied",
            "already_applied", "sha256",
        )  # fmt: skip
        return {
            **{name: getattr(self, name) for name in names},
            "rows": [_row_as_json(row) for row in self.rows],
            "errors": list(self.errors),
            "warnings": list(self.warnings),
            "differences": list(self.differences),
        }


def _row_as_json(row: ReportRow) -> dict[str, Any]:
    return {
        "line": row.line,
        "person": row.person,
        "status": row.status.lower(),
        "errors": list(row.errors),
        "warnings": list(row.warnings),
        "marks": row.marks,
        "duplicate_of": row.duplicate_of,
        "match": row.match
        and {
            "kind": row.match.kind.lower(),
            "reason": row.match.reason,
            "persons": list(row.match.persons),
        },
    }
