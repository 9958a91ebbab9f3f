"""The typing screen of a signed sheet: boxes by person and half-day, in the order of the paper."""

import uuid as uuids
from collections.abc import Mapping
from dataclasses import dataclass, field

from trainers.attendance.log import MarkEntry
from trainers.attendance.roll_call import ABSENT, BOTH, PRESENT, RollCallPage
from trainers.attendance.sending_payload import SentMark, SentNewcomer
from trainers.attendance.short_codes import short_code
from trainers.attendance.typed_cells import UnreadableBox, read_box
from trainers.models import Participation

BLANK_ROWS = 5
FACTS = ("family_name", "given_name", "sex", "phone", "organization", "profession", "territory")
_SIGNS = {PRESENT: "1", ABSENT: "0", BOTH: "", "": ""}


@dataclass(frozen=True)
class TypedBox:
    """One box: what is typed in it, and what the log said when the page was made."""

    name: str
    half: str
    label: str
    value: str
    was: str
    error: str = ""


@dataclass(frozen=True)
class TypedRow:
    """One person enrolled."""

    rank: int
    participation_id: int
    code: str
    name: str
    boxes: list[TypedBox]
    errors: list[str]


@dataclass(frozen=True)
class BlankRow:
    """One person added by hand at the end of the sheet; `facts` by the name of the field."""

    rank: int
    prefix: str
    facts: dict[str, str]
    boxes: list[TypedBox]
    errors: list[str]


@dataclass
class SheetTyping:
    """The screen as it was posted, or as the log fills it when `posted` is None."""

    page: RollCallPage
    people: list[Participation]
    posted: Mapping[str, str] | None = None
    uuid: uuids.UUID = field(default_factory=uuids.uuid4)

    def __post_init__(self) -> None:
        if self.posted is not None:
            try:
                self.uuid = uuids.UUID(self.posted.get("uuid", ""))
            except ValueError:
                self.uuid = uuids.uuid4()
        self.rows = [self._row(rank, one) for rank, one in enumerate(self.people, start=1)]
        self.blanks = [self._blank(at) for at in range(1, BLANK_ROWS + 1)]

    @property
    def error_count(self) -> int:
        """How many rows hold something that cannot be read."""
        rows = sum(bool(row.errors) for row in self.rows)
        return rows + sum(bool(row.errors) for row in self.blanks)

    def entries(self) -> list[MarkEntry]:
        """The boxes that say something else than when the page was made."""
        return [
            MarkEntry(
                uuid=self._uuid(box.name, box.value),
                participation_id=row.participation_id,
                slot_id=tab.pk,
                is_present=bool(read_box(box.value)),
            )
            for row in self.rows
            for tab, box in zip(self.page.tabs, row.boxes, strict=True)
            if read_box(box.value) is not None and not _repeats(box)
        ]

    def newcomers(self) -> list[SentNewcomer]:
        """The rows at the end that hold a name."""
        return [
            SentNewcomer(self._uuid(row.prefix), **row.facts)
            for row in self.blanks
            if row.facts["family_name"]
        ]

    def newcomer_marks(self) -> list[SentMark]:
        """Their boxes."""
        return [
            SentMark(
                uuid=self._uuid(box.name, box.value),
                who=self._uuid(row.prefix),
                slot_id=tab.pk,
                is_present=bool(read_box(box.value)),
            )
            for row in self.blanks
            for tab, box in zip(self.page.tabs, row.boxes, strict=True)
            if row.facts["family_name"] and read_box(box.value) is not None
        ]

    def _row(self, rank: int, one: Participation) -> TypedRow:
        noted = self.page.noted_by_slot(one)
        boxes = [
            self._box(f"mark-{one.pk}-{tab.pk}", tab.label, str(one.person), noted[tab.pk])
            for tab in self.page.tabs
        ]
        errors = [box.error for box in boxes if box.error]
        return TypedRow(rank, one.pk, short_code(one.pk), str(one.person), boxes, errors)

    def _blank(self, at: int) -> BlankRow:
        prefix, rank = f"new-{at}", len(self.people) + at
        facts = {name: self._value(f"{prefix}-{name}")[:80] for name in FACTS}
        boxes = [
            self._box(f"{prefix}-{tab.pk}", tab.label, f"Ligne {rank}", "")
            for tab in self.page.tabs
        ]
        errors = [box.error for box in boxes if box.error]
        is_filled = any(facts.values()) or any(box.value for box in boxes)
        if is_filled and not facts["family_name"]:
            errors.append(f"Ligne {rank} : écrivez le nom de la personne.")
        return BlankRow(rank, prefix, facts, boxes, errors)

    def _box(self, name: str, half: str, who: str, noted: str) -> TypedBox:
        label = f"{who}, {half}"
        if self.posted is None:
            return TypedBox(name, half, label, _SIGNS[noted], noted)
        value = self._value(name)
        was = self._value(f"was-{name}")
        return TypedBox(name, half, label, value, was, _error(label, value, was))

    def _value(self, name: str) -> str:
        return "" if self.posted is None else self.posted.get(name, "").strip()

    def _uuid(self, *parts: str) -> uuids.UUID:
        """The same form sent twice names the same marks; another value is another mark."""
        return uuids.uuid5(self.uuid, "/".join(parts))


def _repeats(box: TypedBox) -> bool:
    says = PRESENT if read_box(box.value) else ABSENT
    return box.was == says


def _error(label: str, value: str, was: str) -> str:
    try:
        says = read_box(value)
    except UnreadableBox as refusal:
        return f"{label} : {refusal}"
    if says is None and was in (PRESENT, ABSENT):
        return f"{label} : une case vidée ne retire rien, tapez 0 pour absent."
    return ""
