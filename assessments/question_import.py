"""Bring the questions of a file into a bank, and freeze a form of them: all of it, or nothing."""

import hashlib
import html
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import nh3
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.aiken import parse_aiken
from assessments.forms_freeze import FormRefused, freeze_form
from assessments.gift import parse_gift
from assessments.models import Choice, Question, QuestionBank, TestForm
from assessments.parsed_questions import FileNote, ParsedQuestion, QuestionFile
from courses.models import CurriculumPage

GIFT, AIKEN, MOODLE_XML, AUTO = "gift", "aiken", "moodlexml", "auto"
FORMATS = (GIFT, MOODLE_XML, AIKEN, AUTO)

_PARSERS = {GIFT: parse_gift, AIKEN: parse_aiken}
_CODE = re.compile(r"[\w-]{1,60}", re.ASCII)
_AIKEN_ANSWER = re.compile(r"^(?:ANSWER|R[ÉE]PONSE)\s*:", re.IGNORECASE | re.MULTILINE)
_LINE_BREAK = re.compile(r"<br\s*/?>|</(?:p|div|li)>", re.IGNORECASE)
_LONGEST_CODE = Question._meta.get_field("code").max_length or 80


class QuestionsRefused(ValueError):
    """Nothing is imported. `notes` says where, line by line; the text says it in one sentence."""

    def __init__(self, sentence: str, notes: Sequence[FileNote] = ()) -> None:
        super().__init__(sentence)
        self.notes = tuple(notes)


@dataclass(frozen=True)
class QuestionImportReport:
    """What the file gave: questions read, those new to the bank, those it already had."""

    format: str
    bank_code: str
    read: int
    created: int
    unchanged: int
    ignored: tuple[FileNote, ...] = ()
    form_code: str = ""
    is_dry_run: bool = False


@dataclass(frozen=True)
class StoredQuestions:
    """Questions of the bank, in file order, and how many of them are new."""

    questions: tuple[Question, ...]
    created: int = field(default=0)


class _DryRunDone(Exception):
    """Takes back what a dry run wrote."""


def import_questions(
    *,
    text: str,
    bank_code: str,
    format: str = AUTO,  # noqa: A002 - the word of the command
    form_code: str | None = None,
    dry_run: bool = False,
    curriculum: CurriculumPage | None = None,
    bank_title: str = "",
) -> QuestionImportReport:
    """Import a whole file, in one transaction; the same file twice changes nothing.

    `form_code` also freezes a test form of these questions, in file order. A dry run checks
    everything, the form included, and writes nothing. Raises QuestionsRefused.
    """
    found = detect_format(text) if format == AUTO else format
    parsed = parse(text, kind=found)
    try:
        with transaction.atomic():
            bank = open_bank(code=bank_code, title=bank_title, curriculum=curriculum)
            stored = store_questions(bank=bank, questions=parsed.questions)
            form = _freeze(form_code, bank, stored.questions)
            if dry_run:
                raise _DryRunDone
    except _DryRunDone:
        pass
    except FormRefused as refusal:
        raise QuestionsRefused(str(refusal)) from refusal
    return QuestionImportReport(
        format=found,
        bank_code=bank.code,
        read=len(stored.questions),
        created=stored.created,
        unchanged=len(stored.questions) - stored.created,
        ignored=parsed.ignored,
        form_code=form.code if form else "",
        is_dry_run=dry_run,
    )


def detect_format(text: str) -> str:
    """The format that a text looks like."""
    start = text.lstrip("\ufeff \t\n")
    if start.startswith(("<?xml", "<quiz")):
        return MOODLE_XML
    return AIKEN if _AIKEN_ANSWER.search(text) and "{" not in text else GIFT


def parse(text: str, *, kind: str) -> QuestionFile:
    """Read a text; raise QuestionsRefused unless every question of it can be taken."""
    if kind == MOODLE_XML:
        raise QuestionsRefused(
            _("Le format Moodle XML n'est pas encore lu : exportez ces questions au format GIFT.")
        )
    parsed = _PARSERS[kind](text)
    notes = [*parsed.errors, *_repeated(parsed.questions)]
    if notes:
        raise QuestionsRefused(
            _("%(count)d question(s) refusée(s), rien n'est importé. Ligne %(line)d : %(sentence)s")
            % {"count": len(notes), "line": notes[0].line, "sentence": notes[0].sentence},
            notes,
        )
    if not parsed.questions:
        raise QuestionsRefused(_("Ce fichier ne contient aucune question lisible."))
    return parsed


@transaction.atomic
def open_bank(
    *, code: str, title: str = "", curriculum: CurriculumPage | None = None
) -> QuestionBank:
    """The bank of this code, made if it is missing. Raises QuestionsRefused for an unfit code."""
    if not _CODE.fullmatch(code):
        raise QuestionsRefused(
            _("Le code de banque « %(code)s » ne convient pas : lettres, chiffres et tirets.")
            % {"code": code}
        )
    bank, _created = QuestionBank.objects.get_or_create(
        code=code, defaults={"title": title or code, "curriculum": curriculum}
    )
    return bank


@transaction.atomic
def store_questions(*, bank: QuestionBank, questions: Sequence[ParsedQuestion]) -> StoredQuestions:
    """Put questions in a bank, in order; those it holds word for word are taken as they are.

    A title that another question of the bank already bears gets a suffix: nothing is overwritten.
    """
    known = {
        question.code: question for question in bank.questions.prefetch_related("choices").all()
    }
    next_position = max((question.position for question in known.values()), default=0) + 1
    stored: list[Question] = []
    created = 0
    for parsed in questions:
        wanted = _content(parsed)
        code = _free_code(parsed, wanted, known)
        if code not in known:
            known[code] = _create(bank, code, parsed, next_position + created)
            created += 1
        stored.append(known[code])
    return StoredQuestions(tuple(stored), created)


def plain_text(text: str, text_format: str) -> str:
    """The words of a text without its HTML tags; plain text and Markdown stay as they are."""
    if text_format != "html":
        return text
    spaced = _LINE_BREAK.sub("\n", text)
    return html.unescape(nh3.clean(spaced, tags=set())).strip()


def _freeze(code: str | None, bank: QuestionBank, questions: Sequence[Question]) -> TestForm | None:
    return freeze_form(code=code, bank=bank, questions=questions) if code else None


def _repeated(questions: Sequence[ParsedQuestion]) -> list[FileNote]:
    """A question that comes twice, word for word, would count twice in a form."""
    first_line: dict[str, int] = {}
    notes = []
    for question in questions:
        words = _content(question)
        if words in first_line:
            sentence = _("Même question qu'à la ligne %(line)d.") % {"line": first_line[words]}
            notes.append(FileNote(question.line, sentence))
        first_line.setdefault(words, question.line)
    return notes


def _content(question: ParsedQuestion) -> str:
    """The words of a parsed question, in a form that compares."""
    return _as_text(
        plain_text(question.stem, question.text_format),
        [
            (plain_text(choice.text, question.text_format), choice.is_correct,
             plain_text(choice.feedback, question.text_format))
            for choice in question.choices
        ],
        plain_text(question.general_feedback, question.text_format),
    )  # fmt: skip


def _stored_content(question: Question) -> str:
    choices = sorted(question.choices.all(), key=lambda choice: choice.position)
    return _as_text(
        question.stem,
        [(choice.text, choice.is_correct, choice.feedback) for choice in choices],
        question.general_feedback,
    )


def _as_text(stem: str, choices: Sequence[tuple[str, bool, str]], feedback: str) -> str:
    return json.dumps([stem, [list(choice) for choice in choices], feedback], ensure_ascii=False)


def _free_code(parsed: ParsedQuestion, content: str, known: dict[str, Question]) -> str:
    """The code of the same question in the bank, or a code that no other question has."""
    digest = hashlib.sha256(content.encode()).hexdigest()[:10]
    title = " ".join(parsed.title.split())
    wanted = title[:_LONGEST_CODE] or f"q-{digest}"
    taken = known.get(wanted)
    if taken is None or _stored_content(taken) == content:
        return wanted
    return f"{title[: _LONGEST_CODE - 11]}~{digest}"


def _create(bank: QuestionBank, code: str, parsed: ParsedQuestion, position: int) -> Question:
    question = Question.objects.create(
        bank=bank,
        code=code,
        kind=parsed.kind,
        stem=plain_text(parsed.stem, parsed.text_format),
        general_feedback=plain_text(parsed.general_feedback, parsed.text_format),
        position=position,
    )
    Choice.objects.bulk_create(
        Choice(
            question=question,
            position=rank,
            text=plain_text(choice.text, parsed.text_format),
            is_correct=choice.is_correct,
            feedback=plain_text(choice.feedback, parsed.text_format),
        )
        for rank, choice in enumerate(parsed.choices, start=1)
    )
    return question
