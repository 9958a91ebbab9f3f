"""Question banks, frozen forms, copies, and the people of a session who take them."""

from assessments.attempts import record_paper_copy
from assessments.forms_freeze import freeze_form
from assessments.models import Attempt, Choice, Question, QuestionBank, TestForm
from tests.factories.accounts import make_person
from trainers.enums import EntrySource
from trainers.models import Participation, TrainingSession
from trainers.participation.records import enrol


def make_participation(session: TrainingSession, **facts: object) -> Participation:
    """A person of their own, on the list of the session."""
    return enrol(session=session, person=make_person(**facts))  # type: ignore[arg-type]


def make_questions(bank: QuestionBank, key: str, *, choices: int = 4) -> list[Question]:
    """One question per letter of the key; its right answer is that letter."""
    questions = []
    for position, letter in enumerate(key, start=1):
        question = Question.objects.create(
            bank=bank,
            code=f"Q{position}",
            kind="MULTIPLE_CHOICE",
            stem=f"Énoncé {position}",
            position=position,
        )
        Choice.objects.bulk_create(
            Choice(
                question=question,
                position=rank + 1,
                text=f"Réponse {position}{'ABCDEF'[rank]}",
                is_correct="ABCDEF"[rank] == letter,
                feedback=f"Retour {position}{'ABCDEF'[rank]}",
            )
            for rank in range(choices)
        )
        questions.append(question)
    return questions


def make_form(
    code: str = "form-a", key: str = "ABCDABCDAB", *, parallel_group: str = "", choices: int = 4
) -> TestForm:
    """A frozen form whose right letters are `key`."""
    bank = QuestionBank.objects.create(code=f"banque-{code}", title=f"Banque {code}")
    return freeze_form(
        code=code,
        bank=bank,
        questions=make_questions(bank, key, choices=choices),
        parallel_group=parallel_group,
    )


def answers(letters: str) -> list[str | None]:
    """Answers of a copy; a dot is no answer."""
    return [None if letter == "." else letter for letter in letters]


def make_copy(participation: Participation, form: TestForm, occasion: str, letters: str) -> Attempt:
    """A paper copy handed in with these letters."""
    return record_paper_copy(
        participation=participation,
        form=form,
        occasion=occasion,
        responses=answers(letters),
        source=EntrySource.TYPED,
    )
