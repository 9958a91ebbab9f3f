"""Decide what an attendance sheet adds to what the platform already holds; nothing is written.

A sheet only ever adds: a mark that is no longer in the file is told, never taken away (domain §3).
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from trainers.attendance.rows import AttendanceRow

NAMES_SHOWN = 5


@dataclass(frozen=True)
class Attendee:
    """One person of the sheet; `person_id` is None when the import creates the person."""

    row: AttendanceRow
    person_id: int | None

    @property
    def name(self) -> str:
        """As the sheet writes it, for the sentences."""
        return f"{self.row.given_name} {self.row.family_name}".strip()


@dataclass(frozen=True)
class Held:
    """What the session holds before the import.

    `participations` maps person ids to participation ids, `marks` (person id, position) to the
    standing mark, `imported` names the persons who were brought by an earlier import.
    """

    participations: Mapping[int, int] = field(default_factory=dict)
    marks: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    imported: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AttendancePlan:
    """Who joins the list, which marks are added (attendee, slot position), what disagrees."""

    joining: tuple[Attendee, ...]
    marks: tuple[tuple[Attendee, int], ...]
    differences: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        return not self.joining and not self.marks


def plan_attendance(
    attendees: Sequence[Attendee],
    *,
    held: Held,
    slot_names: Mapping[int, str],
    covered: Collection[int],
) -> AttendancePlan:
    """Compare the sheet with the session.

    `slot_names` maps positions to words (« jour 1, matin »); `covered` holds the positions that
    the sheet has a column for: the others are not compared.
    """
    joining: list[Attendee] = []
    marks: list[tuple[Attendee, int]] = []
    differences: list[str] = []
    for attendee in attendees:
        known = attendee.person_id
        if known is None or known not in held.participations:
            joining.append(attendee)
        for position in sorted(covered):
            standing = held.marks.get((known, position)) if known is not None else None
            is_present = position in attendee.row.present_positions
            if is_present and standing is None:
                marks.append((attendee, position))
            elif is_present is not bool(standing):
                differences.append(_disagreement(attendee, slot_names[position], is_present))
    return AttendancePlan(
        tuple(joining), tuple(marks), (*differences, *_gone(attendees, held.imported))
    )


def _disagreement(attendee: Attendee, slot: str, is_present: bool) -> str:
    where = f"Ligne {attendee.row.line_number}, {attendee.name}, {slot}"
    if is_present:
        return f"{where} : présent dans le fichier, déjà noté absent. Rien n'est changé."
    return f"{where} : absent du fichier, déjà noté présent. La présence est gardée."


def _gone(attendees: Sequence[Attendee], imported: Mapping[int, str]) -> list[str]:
    listed = {attendee.person_id for attendee in attendees}
    names = [name for person_id, name in imported.items() if person_id not in listed]
    if not names:
        return []
    shown = ", ".join(names[:NAMES_SHOWN]) + (" …" if len(names) > NAMES_SHOWN else "")
    subject = "1 personne" if len(names) == 1 else f"{len(names)} personnes"
    return [f"{subject} d'un import précédent hors de ce fichier, gardée(s) : {shown}."]
