"""Read Moodle's GIFT format: one right answer of several, and true or false.

The other kinds (essay, number, matching, short answer, weighted answers) are refused item by item,
in a sentence with the line; the rest of the file is still read.
"""

import re

from assessments.gift_blocks import GiftBlock, show_escapes, split_items
from assessments.parsed_questions import (
    MULTIPLE_CHOICE,
    TRUE_FALSE,
    FileNote,
    ParsedChoice,
    ParsedQuestion,
    QuestionFile,
    QuestionRefused,
    check_choices,
)

MISSING_WORD = "_____"
_TRUE = frozenset({"T", "TRUE", "V", "VRAI"})
_FALSE = frozenset({"F", "FALSE", "FAUX"})
_TITLE = re.compile(r"::(.*?)::", re.DOTALL)
_FORMAT = re.compile(r"\[(html|moodle|plain|markdown)\]", re.IGNORECASE)
_WEIGHT = re.compile(r"%(-?\d+(?:\.\d+)?)%")
_ANSWER = re.compile(r"([=~])([^=~]*)")


def parse_gift(text: str) -> QuestionFile:
    """The questions of a GIFT text in file order, the refusals, and the categories left aside."""
    blocks, ignored = split_items(text)
    questions: list[ParsedQuestion] = []
    errors: list[FileNote] = []
    for block in blocks:
        try:
            questions.append(_read_item(block))
        except QuestionRefused as refusal:
            errors.append(FileNote(block.line, str(refusal)))
    return QuestionFile(tuple(questions), tuple(errors), tuple(ignored))


def _read_item(block: GiftBlock) -> ParsedQuestion:
    text = block.text
    title = _TITLE.match(text)
    rest = text[title.end() :].strip() if title else text
    text_format, rest = _take_format(rest)
    before, answers, after = _split_answers(rest)
    stem = show_escapes(f"{before.rstrip()} {MISSING_WORD} {after.lstrip()}" if after else before)
    if not stem:
        raise QuestionRefused("La question n'a pas d'énoncé.")
    answers, general_feedback = _take_general_feedback(answers)
    kind, choices = _read_choices(answers)
    check_choices(choices)
    return ParsedQuestion(
        title=show_escapes(title[1]) if title else "",
        stem=stem,
        kind=kind,
        choices=choices,
        general_feedback=general_feedback,
        line=block.line,
        text_format=text_format,
    )


def _take_format(text: str) -> tuple[str, str]:
    found = _FORMAT.match(text)
    if not found:
        return "plain", text
    name = found[1].lower()
    return name if name in {"html", "markdown"} else "plain", text[found.end() :].strip()


def _split_answers(text: str) -> tuple[str, str, str]:
    opened, closed = text.count("{"), text.count("}")
    if opened == closed == 0:
        raise _unsupported("texte sans réponses")
    if opened != closed or text.index("{") > text.index("}"):
        raise QuestionRefused("Une accolade manque : les réponses se mettent entre { et }.")
    if opened > 1:
        raise _unsupported("plusieurs groupes de réponses")
    before, _, rest = text.partition("{")
    answers, _, after = rest.partition("}")
    return before, answers.strip(), after.strip()


def _take_general_feedback(answers: str) -> tuple[str, str]:
    kept, _, feedback = answers.partition("####")
    return kept.strip(), show_escapes(_take_format(feedback.strip())[1])


def _read_choices(answers: str) -> tuple[str, tuple[ParsedChoice, ...]]:
    if not answers:
        raise _unsupported("réponse rédigée")
    if answers.startswith("#"):
        raise _unsupported("réponse numérique")
    if answers.partition("#")[0].strip().upper() in _TRUE | _FALSE:
        return TRUE_FALSE, _read_true_false(answers)
    if answers[0] not in "=~":
        raise QuestionRefused("Les réponses doivent commencer par = (juste) ou ~ (fausse).")
    found = _ANSWER.findall(answers)
    _refuse_without_wrong_answers(answers, [sign for sign, _ in found])
    return MULTIPLE_CHOICE, tuple(_read_choice(sign, text) for sign, text in found)


def _read_true_false(answers: str) -> tuple[ParsedChoice, ...]:
    """True then false; GIFT writes the comment on a wrong answer first, then on a right one."""
    parts = [*(show_escapes(part) for part in answers.split("#")), "", ""]
    is_true = parts[0].upper() in _TRUE
    on_wrong, on_right = parts[1], parts[2]
    return (
        ParsedChoice("Vrai", is_true, on_right if is_true else on_wrong),
        ParsedChoice("Faux", not is_true, on_wrong if is_true else on_right),
    )


def _refuse_without_wrong_answers(answers: str, signs: list[str]) -> None:
    if "~" in signs:
        return
    raise _unsupported("appariement" if "->" in answers else "réponse courte")


def _read_choice(sign: str, text: str) -> ParsedChoice:
    text = text.strip()
    is_correct = sign == "="
    weight = _WEIGHT.match(text)
    if weight:
        if float(weight[1]) not in {0.0, 100.0}:
            raise QuestionRefused(
                f"Réponses multiples ou partielles (poids {weight[1]} %) : "
                "type non pris en charge, gardez une seule bonne réponse."
            )
        is_correct = float(weight[1]) == 100.0
        text = text[weight.end() :]
    answer, _, feedback = text.partition("#")
    return ParsedChoice(
        show_escapes(_take_format(answer.strip())[1]),
        is_correct,
        show_escapes(_take_format(feedback.strip())[1]),
    )


def _unsupported(kind: str) -> QuestionRefused:
    return QuestionRefused(f"Type non pris en charge ({kind}).")
