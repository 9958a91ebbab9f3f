"""Questions as read from a file, before anything is stored."""

from dataclasses import dataclass

MULTIPLE_CHOICE = "MULTIPLE_CHOICE"
TRUE_FALSE = "TRUE_FALSE"


@dataclass(frozen=True)
class ParsedChoice:
    """One answer that a person may choose."""

    text: str
    is_correct: bool
    feedback: str = ""


@dataclass(frozen=True)
class ParsedQuestion:
    """A question with exactly one right choice; ``line`` is where it starts in the file, from 1.

    ``text_format`` is "plain", "html" or "markdown": whoever shows the text cleans it.
    """

    title: str
    stem: str
    kind: str
    choices: tuple[ParsedChoice, ...]
    general_feedback: str
    line: int
    text_format: str = "plain"


@dataclass(frozen=True)
class FileNote:
    """A French sentence about a place in the file."""

    line: int
    sentence: str


@dataclass(frozen=True)
class QuestionFile:
    """What a file gave: its questions, what was refused, and what was left aside on purpose."""

    questions: tuple[ParsedQuestion, ...] = ()
    errors: tuple[FileNote, ...] = ()
    ignored: tuple[FileNote, ...] = ()


class QuestionRefused(ValueError):
    """A question that cannot be taken; its text is a French sentence."""


def check_choices(choices: tuple[ParsedChoice, ...]) -> None:
    """Raise ``QuestionRefused`` unless one choice is right, of two or more filled and different."""
    right = sum(choice.is_correct for choice in choices)
    texts = [choice.text for choice in choices]
    if len(choices) < 2:
        raise QuestionRefused("Il faut au moins deux choix.")
    if not all(texts):
        raise QuestionRefused("Un des choix est vide.")
    if len(set(texts)) < len(texts):
        raise QuestionRefused("Deux choix sont identiques.")
    if right == 0:
        raise QuestionRefused("Aucune bonne réponse n'est indiquée.")
    if right > 1:
        raise QuestionRefused("Plusieurs bonnes réponses : ce type n'est pas pris en charge.")
