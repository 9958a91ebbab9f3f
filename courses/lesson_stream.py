"""The parts of a lesson as Wagtail stores them: what `courses.blocks.LessonStream` reads. Pure."""

import datetime
import uuid
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from courses.lesson_parts import (
    Attention,
    Case,
    Check,
    KeyPoints,
    Law,
    LessonPart,
    Sign,
    Steps,
    Text,
)

Raw = dict[str, Any]
# Names in `courses.blocks.LessonStream`; a part's `html` is the block's `text`.
BLOCK_OF: dict[type, str] = {
    Attention: "attention",
    Case: "case",
    Check: "check",
    KeyPoints: "key_points",
    Law: "law",
    Sign: "sign",
    Steps: "steps",
}


def stream_of(parts: Iterable[LessonPart]) -> list[Raw]:
    """Return the stream's stored form; keys are made from places, so the same parts agree."""
    return [
        {
            "type": "text" if isinstance(part, Text) else BLOCK_OF[type(part)],
            "value": part.html if isinstance(part, Text) else _values(part, f"{place}"),
            "id": _key(f"{place}"),
        }
        for place, part in enumerate(parts)
    ]


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
