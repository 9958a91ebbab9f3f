"""Which half-day a column of an attendance sheet stands for."""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

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
_MONTHS = {
    name: number
    for number, name in enumerate(
        (
            "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
            "octobre", "novembre", "decembre",
        ),
        start=1,
    )
}  # fmt: skip
_DATED = re.compile(
    r"(?:(?P<before>\D+?) )??(?:(?P<weekday>lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche) )?"
    r"(?:(?P<iso_year>20\d\d) (?P<iso_month>\d{1,2}) (?P<iso_day>\d{1,2})(?: 00 00 00)?"
    r"|(?P<day>\d{1,2}) (?P<month>\d{1,2})(?: (?P<year>\d{4}|\d{2}))?"
    rf"|(?P<named_day>\d{{1,2}})(?: ?er)? (?P<name>{'|'.join(_MONTHS)})"
    r"(?: (?P<named_year>\d{4}))?)"
    r"(?: (?P<after>\D*))?"
)
_BRACKETS = re.compile(r"\([^)]*\)")
_DAY_THEN_HALF = re.compile(r"(?:j|jour|jr) ?0*(\d{1,2})(?: ?(\D*))?")
_NTH_DAY = re.compile(r"0*(\d{1,2}) ?(?:er|ere|e|eme|nd) (?:j|jour)(?: (\D*))?")
_HALF_THEN_DAY = re.compile(r"(\D+?)(?: du)? (?:j|jour|jr) ?0*(\d{1,2})")
_ORDINAL = re.compile(
    r"(?:seance|demi journee|demi jour|dj|session|creneau) ?(?:n |no |numero )?0*(\d{1,2})"
)


@dataclass(frozen=True)
class SlotRef:
    """A half-day of the session: its order from 1, its day from 1, "AM" or "PM", its date."""

    position: int
    day_number: int
    half: str
    held_on: datetime.date | None = None


@dataclass(frozen=True)
class SlotHeading:
    """What a heading says: a day with a half (none: the whole day), or the n-th half-day.

    The day is a number, or a date: month and day, and the year where it is written.
    """

    day: int | None = None
    half: str = ""
    ordinal: int | None = None
    date: tuple[int, int] | None = None
    year: int | None = None


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
    return _dated_heading(text)


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


def _dated_heading(text: str) -> SlotHeading | None:
    """« 12/05/2025 matin », « Lundi 12 mai après-midi », a date cell; « 1/2 » alone is no date."""
    found = _DATED.fullmatch(text)
    if found is None:
        return None
    weekday, half = found["weekday"], (found["before"] or found["after"] or "").strip()
    year = found["iso_year"] or found["year"] or found["named_year"]
    month = found["iso_month"] or found["month"] or str(_MONTHS.get(found["name"] or "", 0))
    day = found["iso_day"] or found["day"] or found["named_day"]
    is_sure = year or weekday or found["name"] or half
    if half not in _HALVES or not is_sure or not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    full_year = None if year is None else int(year) + (2000 if len(year) == 2 else 0)
    return SlotHeading(half=_HALVES[half], date=(int(month), int(day)), year=full_year)


def _is_that_day(heading: SlotHeading, slot: SlotRef) -> bool:
    if heading.date is None:
        return slot.day_number == heading.day
    return (
        slot.held_on is not None
        and (slot.held_on.month, slot.held_on.day) == heading.date
        and heading.year in (None, slot.held_on.year)
    )


def _settle(heading: SlotHeading, all_headings: Iterable[SlotHeading]) -> SlotHeading:
    if heading.half != UNCLEAR:
        return heading
    has_morning = any(other.half == MORNING for other in all_headings)
    return replace(heading, half=AFTERNOON if has_morning else MORNING)


def _slots_of(heading: SlotHeading, slots: Sequence[SlotRef]) -> tuple[SlotRef, ...]:
    if heading.ordinal is not None:
        ordered = sorted(slots, key=lambda slot: slot.position)
        return tuple(ordered[heading.ordinal - 1 : heading.ordinal]) if heading.ordinal else ()
    return tuple(
        slot for slot in slots if _is_that_day(heading, slot) and heading.half in ("", slot.half)
    )
