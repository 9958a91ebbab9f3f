"""What a lesson is made of, as read from its file: one class per block of `courses.blocks`. Pure.

`html` is already reduced to the tags of RichText; every other text is plain.
"""

import datetime
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    html: str


@dataclass(frozen=True, slots=True)
class Law:
    title: str
    reference: str
    updated_on: datetime.date
    html: str


@dataclass(frozen=True, slots=True)
class Sign:
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class CaseQuestion:
    question: str
    guidance: str


@dataclass(frozen=True, slots=True)
class Case:
    title: str
    html: str
    questions: tuple[CaseQuestion, ...]


@dataclass(frozen=True, slots=True)
class Steps:
    title: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyPoints:
    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Attention:
    title: str
    html: str


@dataclass(frozen=True, slots=True)
class CheckChoice:
    text: str
    is_correct: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class Check:
    question: str
    choices: tuple[CheckChoice, ...]


LessonPart = Text | Law | Sign | Case | Steps | KeyPoints | Attention | Check
