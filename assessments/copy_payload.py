"""What a phone sends of a copy, read from its JSON. Pure: no database, no clock of its own."""

import datetime
import uuid as uuid_module
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LONGEST_ABSENCE = datetime.timedelta(days=366)
MOST_ANSWERS = 200


class UnreadableCopy(ValueError):
    """This is not a copy that our own pages send."""


@dataclass(frozen=True)
class SentCopy:
    """A copy as the phone holds it; `answers` are those not yet sent, by position from 1.

    `started_at` is the first tap, on the server's clock.
    """

    uuid: uuid_module.UUID
    participation_id: int
    occasion: str
    form_code: str
    answers: Mapping[int, str | None]
    started_at: datetime.datetime
    is_handed_in: bool


def read_copy(data: Any, *, now: datetime.datetime) -> SentCopy:
    """Read {uuid, participation, occasion, form, age, answers: {position: letter}, hand_in}.

    `age` is how many seconds ago the phone saw the first tap: a phone whose clock is wrong by a
    year still says how long ago it was. Raises UnreadableCopy.
    """
    try:
        age = datetime.timedelta(seconds=min(max(float(data["age"]), 0), 1e9))
        copy = SentCopy(
            uuid=uuid_module.UUID(data["uuid"]),
            participation_id=int(data["participation"]),
            occasion=str(data["occasion"]),
            form_code=str(data["form"]),
            answers={int(place): _letter(one) for place, one in data["answers"].items()},
            started_at=now - min(age, LONGEST_ABSENCE),
            is_handed_in=data["hand_in"] is True,
        )
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as problem:
        raise UnreadableCopy from problem
    if len(copy.answers) > MOST_ANSWERS:
        raise UnreadableCopy
    return copy


def _letter(value: object) -> str | None:
    if value is None or isinstance(value, str):
        return value
    raise UnreadableCopy
