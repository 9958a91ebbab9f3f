"""The parts of a lesson as Wagtail stores them: what `courses.blocks.LessonStream` reads. Pure."""

import datetime
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any

from courses.lesson_parts import (
    Activity,
    Attention,
    Case,
    Check,
    Document,
    KeyPoints,
    Law,
    LessonPart,
    Picture,
    Recorded,
    Sign,
    Steps,
    Term,
    Text,
)

Raw = dict[str, Any]
# Names in `courses.blocks.LessonStream`; a part's `html` is the block's `text`.
BLOCK_OF: dict[type, str] = {
    Activity: "activity",
    Attention: "attention",
    Case: "case",
    Check: "check",
    Document: "document",
    KeyPoints: "key_points",
    Law: "law",
    Picture: "image",
    Recorded: "recording",
    Sign: "sign",
    Steps: "steps",
    Term: "term",
    Text: "text",
}
KeptPart = Picture | Recorded | Document | Term  # a block that points at a record of its own


def stream_of(
    parts: Iterable[LessonPart], kept: Mapping[LessonPart, int] | None = None
) -> list[Raw]:
    """Return the stream's stored form; keys are made from places, so the same parts agree.

    `kept` gives the record behind each KeptPart: the picture, recording, document or term.
    """
    return [
        {
            "type": BLOCK_OF[type(part)],
            "value": _stored(part, f"{place}", kept or {}),
            "id": _key(f"{place}"),
        }
        for place, part in enumerate(parts)
    ]


def _stored(part: LessonPart, place: str, kept: Mapping[LessonPart, int]) -> Any:
    match part:
        case Text():
            return part.html
        case Picture():
            return {"image": kept[part], "alt": part.alt, "caption": part.caption}
        case Recorded():
            return {"recording": kept[part]}
        case Document():
            texts = {"title": part.title, "description": part.description}
            return {"document": kept[part], **texts}
        case Term():
            return {"term": kept[part]}
    return _values(part, place)


def _values(part: Any, place: str) -> Raw:
    return {
        "text" if field.name == "html" else field.name: _value(
            getattr(part, field.name), f"{place}.{field.name}"
        )
        for field in fields(part)
    }


def _value(value: Any, place: str) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    if not isinstance(value, tuple):
        return value
    return [
        {
            "type": "item",
            "value": item if isinstance(item, str) else _values(item, f"{place}.{position}"),
            "id": _key(f"{place}.{position}"),
        }
        for position, item in enumerate(value)
    ]


def _key(place: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, place))
