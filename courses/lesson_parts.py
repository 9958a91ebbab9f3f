"""What a lesson is made of, as read from its file: one class per block of `courses.blocks`. Pure.

`html` is already reduced to the tags of RichText; every other text is plain.
"""

import datetime
from dataclasses import dataclass

from courses.media_files import MediaFile


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


@dataclass(frozen=True, slots=True)
class Picture:
    file: MediaFile
    alt: str
    caption: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """A sound or a video (`kind`: "audio" or "video"); only a video has captions."""

    kind: str
    title: str
    file: MediaFile
    captions: MediaFile | None
    seconds: int | None
    language: str
    transcript: str


@dataclass(frozen=True, slots=True)
class Document:
    file: MediaFile
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the glossary, by its slug."""

    slug: str


@dataclass(frozen=True, slots=True)
class Activity:
    """An H5P or SCORM activity, by its code."""

    title: str
    code: str


LessonPart = (
    Text
    | Law
    | Sign
    | Case
    | Steps
    | KeyPoints
    | Attention
    | Check
    | Picture
    | Recorded
    | Document
    | Term
    | Activity
)
