"""Curricula with their test forms, frozen in each curriculum's own bank: all, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from assessments.forms_freeze import freeze_form
from assessments.models import QuestionBank, TestForm
from assessments.parsed_questions import MULTIPLE_CHOICE, ParsedChoice, ParsedQuestion
from assessments.question_import import open_bank, store_questions
from courses.curriculum_import import (
    CurriculumImport,
    import_awareness,
    import_curriculum,
    import_topics,
)
from courses.curriculum_library import Library
from courses.editorial_roles import ensure_editorial_groups
from courses.form_files import ParsedForm, ParsedItem
from courses.models import CurriculumPage
from courses.page_publishing import PageCount

BANK_CODE_MAX_LENGTH = 60
BANK_TITLE_MAX_LENGTH = 160


@dataclass(frozen=True, slots=True)
class LibraryImport:
    """What was imported: each curriculum with its forms, and the awareness pages, if any."""

    curricula: tuple[tuple[CurriculumImport, tuple[TestForm, ...]], ...]
    awareness: PageCount | None


@transaction.atomic
def import_library(*, library: Library) -> LibraryImport:
    """Import everything a folder holds, with the site's fixed pages and the editors' groups.

    Raises InvalidFolder, DraftInTheWay, FormRefused or QuestionsRefused: then nothing is written.
    """
    ensure_editorial_groups()
    import_topics(topics=library.topics)
    curricula = []
    for parsed in library.curricula:
        report = import_curriculum(parsed=parsed)
        forms = import_forms(curriculum=report.curriculum, forms=parsed.forms)
        curricula.append((report, tuple(forms)))
    awareness = import_awareness(pages=library.awareness) if library.awareness else None
    return LibraryImport(tuple(curricula), awareness)


@transaction.atomic
def import_forms(*, curriculum: CurriculumPage, forms: Iterable[ParsedForm]) -> list[TestForm]:
    """Freeze each form in the bank named after the curriculum; the same form twice is one form.

    Raises FormRefused for other content under a known code, or a form that guessing would pass, and
    QuestionsRefused for a code that does not fit.
    """
    forms = list(forms)
    if not forms:
        return []
    title = _("Questions : %(title)s") % {"title": curriculum.title}
    bank = open_bank(
        code=curriculum.slug[:BANK_CODE_MAX_LENGTH],
        title=title[:BANK_TITLE_MAX_LENGTH],
        curriculum=curriculum,
    )
    return [_freeze(bank, form) for form in forms]


def _freeze(bank: QuestionBank, form: ParsedForm) -> TestForm:
    stored = store_questions(bank=bank, questions=[_question(item) for item in form.items])
    for question, item in zip(stored.questions, form.items, strict=True):
        if (question.lesson, question.objective) != (item.lesson, item.objective):
            question.lesson, question.objective = item.lesson, item.objective
            question.save(update_fields=["lesson", "objective"])
    return freeze_form(
        code=form.code,
        bank=bank,
        questions=stored.questions,
        title=form.title,
        parallel_group=form.parallel_group,
        letter=form.letter,
        mastery=form.mastery,
    )


def _question(item: ParsedItem) -> ParsedQuestion:
    return ParsedQuestion(
        title=item.code,
        stem=item.stem,
        kind=MULTIPLE_CHOICE,
        choices=tuple(
            ParsedChoice(choice.text, choice.is_correct, choice.feedback) for choice in item.choices
        ),
        general_feedback="",
        line=0,
    )
