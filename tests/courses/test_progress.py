import datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from courses.curriculum_folder import ParsedModule
from courses.curriculum_import import import_curriculum
from courses.enums import RunState
from courses.lesson_log import LessonLog, lesson_logs
from courses.models import CourseRun, CurriculumPage, LessonCompletion, LessonPage
from courses.progress import LessonsLeft, close_run, complete_lesson, leave_run, start_run
from tests.factories.accounts import make_person
from tests.factories.courses import (
    lessons_of,
    parsed_curriculum,
    parsed_lesson,
    publish_curriculum,
    publish_small_curriculum,
)

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


def merge(merged: Person, kept: Person) -> None:
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])


def read(person: Person, *lessons: LessonPage, at: datetime.datetime = NOON) -> None:
    for lesson in lessons:
        complete_lesson(person=person, lesson=lesson, at=at)


def log_of(person: Person, until: datetime.date | None = None) -> LessonLog:
    runs = list(CourseRun.objects.filter(person=person).select_related("curriculum"))
    assert len(runs) == 1
    return lesson_logs(runs, until=until)[runs[0].pk]


def test_following_again_after_completion_is_a_new_run(
    person: Person, curriculum: CurriculumPage
) -> None:
    read(person, *lessons_of(curriculum))
    done = CourseRun.objects.get()

    assert start_run(person=person, curriculum=curriculum) == done
    again = start_run(person=person, curriculum=curriculum, is_again=True)
    assert again != done
    assert start_run(person=person, curriculum=curriculum, is_again=True) == again
    read(person, lessons_of(curriculum)[0])
    assert again.completions.count() == 1


def test_a_run_given_up_stays_given_up(person: Person, curriculum: CurriculumPage) -> None:
    read(person, lessons_of(curriculum)[0])
    run = CourseRun.objects.get()

    leave_run(run=run)
    again = leave_run(run=run)

    assert again.state == RunState.LEFT
    assert again.completions.count() == 1


def test_a_completed_run_cannot_be_given_up(person: Person, curriculum: CurriculumPage) -> None:
    read(person, *lessons_of(curriculum))

    assert leave_run(run=CourseRun.objects.get()).state == RunState.COMPLETED


def test_a_person_and_the_record_merged_into_hers_have_one_run(
    person: Person, curriculum: CurriculumPage
) -> None:
    other = make_person()
    run = start_run(person=other, curriculum=curriculum)
    merge(other, person)

    assert start_run(person=person, curriculum=curriculum) == run
    assert start_run(person=other, curriculum=curriculum) == run


def test_a_merged_person_starts_as_the_kept_one(person: Person, curriculum: CurriculumPage) -> None:
    other = make_person()
    merge(other, person)

    assert start_run(person=other, curriculum=curriculum).person == person


def test_a_run_whose_last_lesson_is_withdrawn_can_be_closed(
    person: Person, curriculum: CurriculumPage
) -> None:
    *others, last = lessons_of(curriculum)
    read(person, *others)
    run = CourseRun.objects.get()
    with pytest.raises(LessonsLeft):
        close_run(run=run)

    last.unpublish()
    closed = close_run(run=run, at=NOON)

    assert (closed.state, closed.completed_at) == (RunState.COMPLETED, NOON)
    assert close_run(run=run).completed_at == NOON


def test_a_run_without_any_lesson_read_is_never_closed(person: Person) -> None:
    empty = publish_small_curriculum("vide")

    with pytest.raises(LessonsLeft):
        close_run(run=start_run(person=person, curriculum=empty))


def test_minutes_are_the_nominal_minutes_of_the_lessons_read(person: Person) -> None:
    module = ParsedModule(
        "un", "Un", "Premier.", (parsed_lesson("a", minutes=40), parsed_lesson("b", minutes=25))
    )
    curriculum = import_curriculum(parsed=parsed_curriculum("reperer", module)).curriculum
    read(person, lessons_of(curriculum)[0])

    log = log_of(person)

    assert (log.planned, log.read, log.minutes, log.percent) == ((40, 25), (40,), 40, 50)
    assert log.last_at == NOON


def test_a_lesson_withdrawn_after_it_was_read_keeps_its_minutes(
    person: Person, curriculum: CurriculumPage
) -> None:
    first, second, *_others = lessons_of(curriculum)
    read(person, first)
    first.unpublish()
    second.unpublish()

    assert (log_of(person).planned, log_of(person).read) == ((5, 5, 5), (5,))


def test_a_lesson_added_takes_nothing_away_from_a_completed_run(
    person: Person, curriculum: CurriculumPage
) -> None:
    added = lessons_of(curriculum)[0]
    added.unpublish()
    read(person, *(one for one in lessons_of(curriculum) if one != added))
    added.refresh_from_db()
    added.save_revision().publish()

    assert CourseRun.objects.get().state == RunState.COMPLETED
    assert log_of(person).percent == 100


def test_what_is_read_after_a_day_can_be_left_out(
    person: Person, curriculum: CurriculumPage
) -> None:
    early, *later = lessons_of(curriculum)
    read(person, early)
    read(person, *later, at=NOON + datetime.timedelta(days=3))

    log = log_of(person, until=NOON.date())

    assert (len(log.planned), len(log.read), log.last_at) == (4, 1, NOON)
    assert len(log_of(person).read) == 4


@pytest.mark.parametrize("count", [1, 3])
def test_logs_take_two_queries_whatever_the_runs(
    curriculum: CurriculumPage, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for _number in range(count):
        read(make_person(), lessons_of(curriculum)[0])
    runs = list(CourseRun.objects.select_related("curriculum"))

    with django_assert_num_queries(2):
        logs = lesson_logs(runs)

    assert [log.minutes for log in logs.values()] == [5] * count
