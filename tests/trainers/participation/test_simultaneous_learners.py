"""One person on two phones at once: one run, one participation, and a run closed once."""

import pytest

from courses.enums import RunState
from courses.models import CheckAnswer, CourseRun, LessonCompletion
from courses.progress import answer_check, complete_lesson, start_run
from tests.courses.test_inline_checks import FIRST
from tests.courses.test_inline_checks import publish as publish_with_checks
from tests.factories.accounts import make_person
from tests.factories.courses import check_of, lessons_of, publish_curriculum
from tests.factories.threads import at_once
from tests.trainers.participation.test_runs import publish
from trainers.models import Participation
from trainers.participation.rule_sets import create_first_rule_set

pytestmark = pytest.mark.django_db(transaction=True)


def test_following_from_two_phones_at_once_is_one_run() -> None:
    curriculum, person = publish_curriculum(), make_person()

    def follow() -> int:
        return start_run(person=person, curriculum=curriculum).pk

    first, second = at_once(follow, follow)
    assert first == second
    assert Participation.objects.get().course_run_id == first


def test_the_same_lesson_from_two_phones_at_once_is_noted_once() -> None:
    curriculum, person = publish_curriculum(), make_person()
    lesson = lessons_of(curriculum)[0]

    def read() -> int:
        return complete_lesson(person=person, lesson=lesson).pk

    first, second = at_once(read, read)
    assert first == second
    assert LessonCompletion.objects.count() == 1


def test_the_two_last_lessons_at_once_close_the_run() -> None:
    create_first_rule_set()
    curriculum, person = publish(200, 100, 100), make_person()
    early, *last = lessons_of(curriculum)
    complete_lesson(person=person, lesson=early)

    at_once(
        *(lambda lesson=lesson: complete_lesson(person=person, lesson=lesson) for lesson in last)
    )

    one = Participation.objects.get()
    assert CourseRun.objects.get().state == RunState.COMPLETED
    assert (one.status, one.contact_minutes) == ("TRAINED", 400)


def test_two_answers_to_a_check_at_once_keep_one() -> None:
    lesson, person = lessons_of(publish_with_checks(FIRST))[0], make_person()
    block = check_of(lesson)

    at_once(
        *(
            lambda choice=choice: answer_check(
                person=person, lesson=lesson, block=block, choice=choice
            )
            for choice in (0, 1)
        )
    )

    assert CheckAnswer.objects.count() == 1
    assert CourseRun.objects.count() == 1
