"""What a phone sends of a roll call, read from its JSON, and how marks of two phones meet. Pure."""

import datetime
import uuid as uuid_module
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

MOST_ITEMS = 200
_YEARS = range(2000, 2101)
_LENGTHS = {
    "family_name": 80,
    "given_name": 80,
    "phone": 30,
    "sex": 1,
    "profession": 40,
    "organization": 160,
    "territory": 80,
}


class UnreadableSending(ValueError):
    """This is not a sending that our own pages make."""


@dataclass(frozen=True)
class SentNewcomer:
    """Somebody added in the room; marks name the `uuid` until the phone reads the list again."""

    uuid: uuid_module.UUID
    family_name: str
    given_name: str = ""
    phone: str = ""
    sex: str = ""
    profession: str = ""
    organization: str = ""
    territory: str = ""


@dataclass(frozen=True)
class SentMark:
    """One tap. `who` is a participation's id or a newcomer's uuid; `at` is the device's own time.

    `voids` are the marks that the phone showed when the person corrected them, `why` is the reason.
    """

    uuid: uuid_module.UUID
    who: int | uuid_module.UUID
    slot_id: int
    is_present: bool
    at: datetime.datetime | None = None
    voids: tuple[uuid_module.UUID, ...] = ()
    why: str = ""
    is_scanned: bool = False


@dataclass(frozen=True)
class Sending:
    """All of it, in the order of the taps; of `unreadable` items only the uuid is clear."""

    newcomers: tuple[SentNewcomer, ...] = ()
    marks: tuple[SentMark, ...] = ()
    unreadable: tuple[uuid_module.UUID, ...] = ()


@dataclass(frozen=True)
class Settled:
    """What a new mark does: marks that it voids, and whether another one still says otherwise."""

    voids: tuple[uuid_module.UUID, ...]
    contradicts: bool


def read_sending(data: Any) -> Sending:
    """Read {items: [...]}; an item with `family_name` is a newcomer. Raises UnreadableSending."""
    try:
        items = list(data["items"])
        ids = [uuid_module.UUID(item["id"]) for item in items]
    except (AttributeError, KeyError, TypeError, ValueError) as problem:
        raise UnreadableSending from problem
    if len(items) > MOST_ITEMS or len(set(ids)) < len(ids):
        raise UnreadableSending
    newcomers: list[SentNewcomer] = []
    marks: list[SentMark] = []
    unreadable: list[uuid_module.UUID] = []
    for uuid, item in zip(ids, items, strict=True):
        try:
            if "family_name" in item:
                newcomers.append(_newcomer(uuid, item))
            else:
                marks.append(_mark(uuid, item))
        except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
            unreadable.append(uuid)
    return Sending(tuple(newcomers), tuple(marks), tuple(unreadable))


def settle(mark: SentMark, unvoided: Mapping[uuid_module.UUID, bool]) -> Settled:
    """Decide what a mark does to those that stand for its person and half-day.

    It voids only what its phone had shown: a mark that another phone wrote meanwhile is neither
    replaced nor hidden. Both stay, and the contradiction is shown.
    """
    voids = tuple(one for one in mark.voids if one in unvoided)
    return Settled(voids, _is_contradicted(mark, unvoided, voids))


def _is_contradicted(
    mark: SentMark,
    unvoided: Mapping[uuid_module.UUID, bool],
    voids: Collection[uuid_module.UUID],
) -> bool:
    return any(
        is_present != mark.is_present for one, is_present in unvoided.items() if one not in voids
    )


def _newcomer(uuid: uuid_module.UUID, item: Mapping[str, Any]) -> SentNewcomer:
    facts = {name: _text(item.get(name, ""), most) for name, most in _LENGTHS.items()}
    if not facts["family_name"]:
        raise ValueError
    return SentNewcomer(uuid, **facts)


def _mark(uuid: uuid_module.UUID, item: Mapping[str, Any]) -> SentMark:
    who, slot = item["who"], item["slot"]
    if not isinstance(item["here"], bool) or isinstance(slot, bool):
        raise ValueError
    return SentMark(
        uuid=uuid,
        who=who if type(who) is int else uuid_module.UUID(who),
        slot_id=int(slot),
        is_present=item["here"],
        at=_moment(item.get("at")),
        voids=tuple(uuid_module.UUID(one) for one in item.get("voids", [])),
        why=_text(item.get("why", ""), 200),
        is_scanned=item.get("scan") is True,
    )


def _moment(value: object) -> datetime.datetime | None:
    """The device's time as it was, even wrong by a year; None when it is no time at all."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        moment = datetime.datetime.fromtimestamp(value / 1000, tz=datetime.UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment.year in _YEARS else None


def _text(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise TypeError
    printable = "".join(char if char.isprintable() else " " for char in value)
    return " ".join(printable.split())[:most]
