import datetime

import pytest

from accounts.models import Person
from courses.enums import RunState
from courses.models import CourseRun, CurriculumPage, LessonCompletion
from courses.progress import complete_lesson, start_run
from tests.factories.accounts import make_person
from tests.factories.courses import lessons_of, publish_curriculum

pytestmark = pytest.mark.django_db

NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


@pytest.fixture
def curriculum() -> CurriculumPage:
    return publish_curriculum()


@pytest.fixture
def person() -> Person:
    return make_person()


def test_start_run_twice_is_the_same_run(person: Person, curriculum: CurriculumPage) -> None:
    run = start_run(person=person, curriculum=curriculum, at=NOON)

    assert start_run(person=person, curriculum=curriculum) == run
    assert (run.state, run.curriculum_version, run.started_at) == (RunState.OPEN, "1.0", NOON)


def test_start_run_after_giving_up_is_a_new_run(person: Person, curriculum: CurriculumPage) -> None:
    given_up = start_run(person=person, curriculum=curriculum)
    CourseRun.objects.filter(pk=given_up.pk).update(state=RunState.LEFT)

    assert start_run(person=person, curriculum=curriculum) != given_up


def test_complete_lesson_twice_is_noted_once(person: Person, curriculum: CurriculumPage) -> None:
    lesson = lessons_of(curriculum)[0]

    first = complete_lesson(person=person, lesson=lesson, at=NOON)
    again = complete_lesson(person=person, lesson=lesson)

    assert (first, again.completed_at) == (again, NOON)
    assert LessonCompletion.objects.count() == 1


def test_the_last_lesson_completes_the_run(person: Person, curriculum: CurriculumPage) -> None:
    *others, last = lessons_of(curriculum)
    for lesson in others:
        complete_lesson(person=person, lesson=lesson)
    assert CourseRun.objects.get().state == RunState.OPEN

    complete_lesson(person=person, lesson=last, at=NOON)
    complete_lesson(person=person, lesson=others[0])

    run = CourseRun.objects.get()
    assert (run.state, run.completed_at) == (RunState.COMPLETED, NOON)


def test_progress_of_one_person_says_nothing_of_another(
    person: Person, curriculum: CurriculumPage
) -> None:
    complete_lesson(person=person, lesson=lessons_of(curriculum)[0])
    complete_lesson(person=make_person(), lesson=lessons_of(curriculum)[1])

    assert LessonCompletion.objects.filter(run__person=person).count() == 1
