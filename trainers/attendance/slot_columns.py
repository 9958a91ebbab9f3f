"""Which half-day a column of an attendance sheet stands for."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accounts.names import fold

MORNING = "AM"
AFTERNOON = "PM"
# « AM » is « après-midi » in most French sheets and "ante meridiem" in others: the rest decides.
UNCLEAR = "?"

_HALVES = {
    "matin": MORNING,
    "matinee": MORNING,
    "mat": MORNING,
    "m": MORNING,
    "apres midi": AFTERNOON,
    "apresmidi": AFTERNOON,
    "aprem": AFTERNOON,
    "ap midi": AFTERNOON,
    "soir": AFTERNOON,
    "soiree": AFTERNOON,
    "pm": AFTERNOON,
    "am": UNCLEAR,
    "": "",
}
_BRACKETS = re.compile(r"\([^)]*\)")
_DAY_THEN_HALF = re.compile(r"(?:j|jour|jr) ?0*(\d{1,2})(?: ?(\D*))?")
_NTH_DAY = re.compile(r"0*(\d{1,2}) ?(?:er|ere|e|eme|nd) (?:j|jour)(?: (\D*))?")
_HALF_THEN_DAY = re.compile(r"(\D+?)(?: du)? (?:j|jour|jr) ?0*(\d{1,2})")
_ORDINAL = re.compile(
    r"(?:seance|demi journee|demi jour|dj|session|creneau) ?(?:n |no |numero )?0*(\d{1,2})"
)


@dataclass(frozen=True)
class SlotRef:
    """A half-day of the session: its order from 1, its day from 1, and "AM" or "PM"."""

    position: int
    day_number: int
    half: str


@dataclass(frozen=True)
class SlotHeading:
    """What a heading says: a day with a half (none: the whole day), or the n-th half-day."""

    day: int | None = None
    half: str = ""
    ordinal: int | None = None


@dataclass(frozen=True)
class SlotColumns:
    """The positions that each column fills, the refusals, and the slots without a column."""

    positions: Mapping[int, tuple[int, ...]]
    errors: tuple[str, ...]
    uncovered: tuple[SlotRef, ...]


def read_slot_heading(title: str) -> SlotHeading | None:
    """The half-day that a heading names, or ``None`` (« Lundi matin » says no day number)."""
    text = fold(_BRACKETS.sub(" ", title.replace("°", " ")))
    if found := _ORDINAL.fullmatch(text):
        return SlotHeading(ordinal=int(found[1]))
    for pattern in (_DAY_THEN_HALF, _NTH_DAY):
        if found := pattern.fullmatch(text):
            return _day_and_half(int(found[1]), found[2] or "")
    if found := _HALF_THEN_DAY.fullmatch(text):
        return _day_and_half(int(found[2]), found[1])
    return None


def map_slot_columns(
    headings: Mapping[SlotHeading, int], titles: Sequence[str], slots: Sequence[SlotRef]
) -> SlotColumns:
    """Match the recognised columns to the session's slots, by day and half or by order."""
    positions: dict[int, tuple[int, ...]] = {}
    errors: list[str] = []
    taken: dict[int, str] = {}
    for heading, column in headings.items():
        title = titles[column]
        found = _slots_of(_settle(heading, headings), slots)
        if not found:
            errors.append(
                f"La colonne « {title} » ne correspond à aucune demi-journée de la session, "
                f"qui en compte {len(slots)}."
            )
        clash = next((taken[slot.position] for slot in found if slot.position in taken), None)
        if clash is not None:
            errors.append(f"Les colonnes « {clash} » et « {title} » disent la même demi-journée.")
            continue
        positions[column] = tuple(slot.position for slot in found)
        taken |= dict.fromkeys(positions[column], title)
    return SlotColumns(
        positions, tuple(errors), tuple(slot for slot in slots if slot.position not in taken)
    )


def slot_name(slot: SlotRef) -> str:
    """How a sentence names a half-day: « jour 2, après-midi »."""
    return f"jour {slot.day_number}, {'matin' if slot.half == MORNING else 'après-midi'}"


def _day_and_half(day: int, half: str) -> SlotHeading | None:
    known = _HALVES.get(half.strip())
    return None if known is None else SlotHeading(day=day, half=known)


def _settle(heading: SlotHeading, all_headings: Iterable[SlotHeading]) -> SlotHeading:
    if heading.half != UNCLEAR:
        return heading
    has_morning = any(other.half == MORNING for other in all_headings)
    return SlotHeading(day=heading.day, half=AFTERNOON if has_morning else MORNING)


def _slots_of(heading: SlotHeading, slots: Sequence[SlotRef]) -> tuple[SlotRef, ...]:
    if heading.ordinal is not None:
        ordered = sorted(slots, key=lambda slot: slot.position)
        return tuple(ordered[heading.ordinal - 1 : heading.ordinal]) if heading.ordinal else ()
    return tuple(
        slot for slot in slots if slot.day_number == heading.day and heading.half in ("", slot.half)
    )
