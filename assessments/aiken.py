"""Read the Aiken format: a question, lettered choices on a line each, then "ANSWER: B"."""

import re

from assessments.parsed_questions import (
    MULTIPLE_CHOICE,
    FileNote,
    ParsedChoice,
    ParsedQuestion,
    QuestionFile,
    QuestionRefused,
    check_choices,
)

_CHOICE = re.compile(r"([A-Z])[.)]\s+(.*)")
_ANSWER = re.compile(r"(?:ANSWER|R[ÉE]PONSE)\s*:\s*([A-Za-z])\.?", re.IGNORECASE)


def parse_aiken(text: str) -> QuestionFile:
    """The questions of an Aiken text in file order, and the refusals with their line."""
    questions: list[ParsedQuestion] = []
    errors: list[FileNote] = []
    for line, lines in _split_items(text):
        try:
            questions.append(_read_item(line, lines))
        except QuestionRefused as refusal:
            errors.append(FileNote(line, str(refusal)))
    return QuestionFile(tuple(questions), tuple(errors))


def _split_items(text: str) -> list[tuple[int, list[str]]]:
    """An item ends with its answer line; what is left at the end of the file is an item too."""
    items: list[tuple[int, list[str]]] = []
    lines: list[str] = []
    start = 0
    for number, raw in enumerate(text.removeprefix("\ufeff").split("\n"), start=1):
        line = raw.strip()
        if not line:
            continue
        if not lines:
            start = number
        lines.append(line)
        if _ANSWER.fullmatch(line):
            items.append((start, lines))
            lines = []
    if lines:
        items.append((start, lines))
    return items


def _read_item(line: int, lines: list[str]) -> ParsedQuestion:
    answer = _ANSWER.fullmatch(lines[-1])
    if not answer:
        raise QuestionRefused("La ligne « ANSWER: » manque à la fin de cette question.")
    stem = []
    texts: dict[str, str] = {}
    for content in lines[:-1]:
        choice = _CHOICE.fullmatch(content)
        if choice and choice[1] not in texts:
            texts[choice[1]] = choice[2].strip()
        elif choice or texts:
            raise QuestionRefused(f"La ligne « {content} » n'est pas un choix lisible.")
        else:
            stem.append(content)
    if not stem:
        raise QuestionRefused("La question n'a pas d'énoncé.")
    right = answer[1].upper()
    choices = tuple(ParsedChoice(text, letter == right) for letter, text in texts.items())
    check_choices(choices)
    return ParsedQuestion("", "\n".join(stem), MULTIPLE_CHOICE, choices, "", line)
