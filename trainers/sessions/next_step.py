"""What a session asks for now: one step, decided on plain values."""

import datetime
from dataclasses import dataclass
from typing import Literal

Step = Literal[
    "APPOINT",
    "TERMS",
    "REQUESTS",
    "FREED",
    "ENROL",
    "CONFIRM",
    "READY",
    "DECLARED",
    "CALL",
    "FOLLOW",
    "NO_MARK",
    "COMPLETE",
    "HAND_IN",
    "WAIT",
    "DONE",
    "CANCELLED",
]
LATE_AFTER_DAYS = 7  # after the last day, a session that is not handed in is late


@dataclass(frozen=True)
class SessionFacts:
    """What decides: dates, state, and what the session has already.

    `requests` wait for an answer, a seat is free for somebody of the waiting list (`has_turn`),
    `declared` presences wait for the trainer, `missing` pieces are still lacking in the file.
    """

    state: str
    starts_on: datetime.date
    ends_on: datetime.date
    is_online: bool = False
    has_trainer: bool = False
    has_terms: bool = False
    has_marks: bool = False
    enrolled: int = 0
    requests: int = 0
    has_turn: bool = False
    declared: int = 0
    missing: int = 0


def next_step(facts: SessionFacts, today: datetime.date) -> Step:
    """Return the one thing to do now, the most pressing first."""
    ends: dict[str, Step] = {"CANCELLED": "CANCELLED", "VALIDATED": "DONE", "TO_VALIDATE": "WAIT"}
    if facts.state in ends:
        return ends[facts.state]
    if waiting := _waiting_people(facts, today):
        return waiting
    if today > facts.ends_on:
        return _afterwards(facts)
    if today >= facts.starts_on:
        return _meanwhile(facts)
    return _beforehand(facts)


def is_late(state: str, ends_on: datetime.date, today: datetime.date) -> bool:
    """Whether a session ended more than a week ago and was not handed in."""
    is_open = state in {"PLANNED", "CONFIRMED", "RUNNING"}
    return is_open and (today - ends_on).days > LATE_AFTER_DAYS


def _waiting_people(facts: SessionFacts, today: datetime.date) -> Step | None:
    if facts.requests:
        return "REQUESTS"
    if facts.has_turn and today <= facts.ends_on:
        return "FREED"
    return "DECLARED" if facts.declared else None


def _beforehand(facts: SessionFacts) -> Step:
    if not facts.has_trainer:
        return "APPOINT"
    if not facts.has_terms:
        return "TERMS"
    if not facts.enrolled:
        return "ENROL"
    return "CONFIRM" if facts.state == "PLANNED" else "READY"


def _meanwhile(facts: SessionFacts) -> Step:
    if not facts.enrolled:
        return "ENROL"
    return "FOLLOW" if facts.is_online else "CALL"


def _afterwards(facts: SessionFacts) -> Step:
    if not facts.has_marks and not facts.is_online:
        return "NO_MARK"
    return "COMPLETE" if facts.missing else "HAND_IN"
