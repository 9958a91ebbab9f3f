"""What the two steps of an import of old sessions tell."""

from dataclasses import dataclass
from typing import Any

from trainers.attendance.import_report import ReportRow

OPENED, KEPT, REFUSED = "OPENED", "KEPT", "REFUSED"


@dataclass(frozen=True)
class OldSessionReport:
    """One session: OPENED by the import, KEPT as it is (already there), or REFUSED."""

    code: str
    title: str
    status: str
    place: str = ""
    days: str = ""
    persons: int = 0
    new_persons: int = 0
    marks: int = 0
    bad_rows: int = 0
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    rows: tuple[ReportRow, ...] = ()

    @property
    def rows_to_see(self) -> tuple[ReportRow, ...]:
        return tuple(row for row in self.rows if row.is_bad or row.is_possible or row.warnings)

    @property
    def is_opened(self) -> bool:
        return self.status == OPENED

    @property
    def is_refused(self) -> bool:
        return self.status == REFUSED


@dataclass(frozen=True)
class BacklogReport:
    """The outcome of a check or of an import of old sessions, the same figures in both."""

    name: str
    sha256: str
    sessions: tuple[OldSessionReport, ...] = ()
    errors: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    applied: bool = False

    @property
    def opened(self) -> tuple[OldSessionReport, ...]:
        return tuple(one for one in self.sessions if one.is_opened)

    @property
    def refused(self) -> tuple[OldSessionReport, ...]:
        return tuple(one for one in self.sessions if one.is_refused)

    @property
    def kept(self) -> tuple[OldSessionReport, ...]:
        return tuple(one for one in self.sessions if one.status == KEPT)

    @property
    def persons(self) -> int:
        """Participations of the sessions to open: a person in two sessions counts twice."""
        return sum(one.persons for one in self.opened)

    @property
    def marks(self) -> int:
        return sum(one.marks for one in self.opened)

    @property
    def bad_rows(self) -> int:
        return sum(one.bad_rows for one in self.sessions)

    def as_json(self) -> dict[str, Any]:
        """Return plain values with the stable names of docs/imports.md."""
        return {
            "sha256": self.sha256,
            "applied": self.applied,
            "errors": list(self.errors),
            "warnings": list(self.warnings),
            "sessions": [
                {
                    "code": one.code,
                    "title": one.title,
                    "status": one.status.lower(),
                    "persons": one.persons,
                    "new_persons": one.new_persons,
                    "marks": one.marks,
                    "bad_rows": one.bad_rows,
                    "errors": list(one.errors),
                    "warnings": list(one.warnings),
                }
                for one in self.sessions
            ],
        }
