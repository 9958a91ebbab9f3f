"""What a person reads alone: a run through a curriculum, lesson by lesson.

A lesson counts only when its end was reached and each of its checks answered, rightly or not.
Every act may come twice, at once, from two phones, or late from a phone that was cut off: it is
noted once.
"""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person
from accounts.people import kept_person
from courses.curriculum_versions import current_version
from courses.enums import RunState
from courses.inline_checks import InlineCheck, inline_checks
from courses.models import (
    CheckAnswer,
    CourseRun,
    CurriculumPage,
    LessonCompletion,
    LessonPage,
    curriculum_of,
)
from courses.run_listeners import tell_moved, tell_started


class CheckUnanswered(ValueError):
    """The lesson is not done: `check` has no answer. The text is a French sentence."""

    def __init__(self, check: InlineCheck) -> None:
        super().__init__(
            _("Répondez d'abord à la question « %(question)s » : votre réponse n'est pas notée.")
            % {"question": check.question}
        )
        self.check = check


class AnswerRefused(ValueError):
    """No such check, or no such answer; the text is a French sentence."""


class LessonsLeft(ValueError):
    """The run cannot be closed: lessons are left to read. The text is a French sentence."""


@transaction.atomic
def start_run(
    *,
    person: Person,
    curriculum: CurriculumPage,
    at: datetime.datetime | None = None,
    due_on: datetime.date | None = None,
    is_again: bool = False,
) -> CourseRun:
    """Return this person's run of the curriculum, opened on first call at the version of the day.

    A run that was given up stays as it is, and a new one starts; so does a completed one when
    `is_again`. A merged person runs as the kept one. A later `due_on` call sets the due date of a
    run that has none.
    """
    runs = CourseRun.objects.of_person(person.pk).filter(curriculum=curriculum).kept()
    run = runs.current_first().first()
    if run is None or (is_again and run.state == RunState.COMPLETED):
        run, is_new = CourseRun.objects.get_or_create(
            person=kept_person(person),
            curriculum=curriculum,
            state=RunState.OPEN,
            defaults={
                "curriculum_version": curriculum.version,
                "taught_version": current_version(curriculum),
                "started_at": at or timezone.now(),
                "due_on": due_on,
            },
        )
        if is_new:
            tell_started(run)
    if due_on is not None and run.due_on is None and run.state == RunState.OPEN:
        run.due_on = due_on
        run.save(update_fields=["due_on"])
    return run


@transaction.atomic
def leave_run(*, run: CourseRun) -> CourseRun:
    """Give up a run under way; what was read stays noted. A run that is closed stays as it is."""
    locked = _lock(run)
    if locked.state == RunState.OPEN:
        locked.state = RunState.LEFT
        locked.save(update_fields=["state"])
        tell_moved(locked)
    return locked


@transaction.atomic
def answer_check(
    *,
    person: Person,
    lesson: LessonPage,
    block: str,
    choice: int,
    at: datetime.datetime | None = None,
) -> CheckAnswer:
    """Keep the last answer to a check, right or wrong: it gives feedback and is counted nowhere.

    The same answer again changes nothing. Raises AnswerRefused for a check that the lesson does not
    hold, or an answer that it does not offer.
    """
    check = next((one for one in inline_checks(lesson.body, {}) if one.id == block), None)
    if check is None or not 0 <= choice < len(check.options):
        raise AnswerRefused(_("Cette question a changé : lisez-la de nouveau, puis répondez."))
    run = start_run(person=person, curriculum=curriculum_of(lesson), at=at)
    answer, is_new = CheckAnswer.objects.get_or_create(
        run=run,
        lesson=lesson,
        block=block,
        defaults={"choice": choice, "answered_at": at or timezone.now()},
    )
    if not is_new and answer.choice != choice:
        answer.choice = choice
        answer.answered_at = at or timezone.now()
        answer.save(update_fields=["choice", "answered_at"])
    return answer


@transaction.atomic
def complete_lesson(
    *, person: Person, lesson: LessonPage, at: datetime.datetime | None = None
) -> LessonCompletion:
    """Note that this person read the lesson to its end; a second time changes nothing.

    The run is completed with the last published lesson of the curriculum. Raises CheckUnanswered
    while a check of the lesson has no answer; a lesson already noted stays so, whatever was added.
    """
    at = at or timezone.now()
    run = _lock(start_run(person=person, curriculum=curriculum_of(lesson), at=at))
    known = LessonCompletion.objects.filter(run=run, lesson=lesson).first()
    if known is not None:
        return known
    _refuse_unanswered(run, lesson)
    completion = LessonCompletion.objects.create(run=run, lesson=lesson, completed_at=at)
    if run.state == RunState.OPEN and not _lessons_left(run):
        _close(run, at)
    tell_moved(run)
    return completion


@transaction.atomic
def close_run(*, run: CourseRun, at: datetime.datetime | None = None) -> CourseRun:
    """Close a run whose last unread lesson was withdrawn: nothing is left to read.

    Closing twice changes nothing. Raises LessonsLeft when a published lesson is not read, or when
    none ever was.
    """
    locked = _lock(run)
    if locked.state != RunState.OPEN:
        return locked
    if _lessons_left(locked) or not locked.completions.exists():
        raise LessonsLeft(_("Il reste des leçons à lire dans cette formation."))
    _close(locked, at or timezone.now())
    tell_moved(locked)
    return locked


def _lock(run: CourseRun) -> CourseRun:
    """Keep other phones of the same person waiting: two last lessons close the run once."""
    return (
        CourseRun.objects.select_for_update(of=("self",))
        .select_related("curriculum")
        .get(pk=run.pk)
    )


def _lessons_left(run: CourseRun) -> bool:
    lessons = LessonPage.objects.live().descendant_of(run.curriculum)
    return lessons.exclude(completions__run=run).exists()


def _close(run: CourseRun, at: datetime.datetime) -> None:
    run.state = RunState.COMPLETED
    run.completed_at = at
    run.save(update_fields=["state", "completed_at"])


def _refuse_unanswered(run: CourseRun, lesson: LessonPage) -> None:
    answers = dict(
        CheckAnswer.objects.filter(run=run, lesson=lesson).values_list("block", "choice")
    )
    for check in inline_checks(lesson.body, answers):
        if not check.is_answered:
            raise CheckUnanswered(check)
