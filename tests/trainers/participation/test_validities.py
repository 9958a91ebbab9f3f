"""What a person is trained in, until when: from rooms, from self-paced runs, through merges."""

import datetime
from typing import Any

import pytest

from accounts.models import Person
from courses.enums import RunState
from courses.models import CourseRun, CurriculumPage
from tests.factories.accounts import make_person
from tests.factories.trainers import attend, make_curriculum, make_session
from trainers.enums import LadderStatus, SessionState, ValidityState
from trainers.models import Participation, TrainingSession
from trainers.participation.validities import everybodys_validities, validities_of

pytestmark = pytest.mark.django_db

D = datetime.date
TODAY = D(2025, 6, 1)
ALL = (1, 2, 3, 4)


def make_run(
    person: Person,
    curriculum: CurriculumPage,
    on: datetime.date,
    status: LadderStatus = LadderStatus.TRAINED,
) -> CourseRun:
    at = datetime.datetime(on.year, on.month, on.day, 12, tzinfo=datetime.UTC)
    run = CourseRun.objects.create(
        person=person,
        curriculum=curriculum,
        curriculum_version="1.0",
        state=RunState.COMPLETED,
        started_at=at,
        completed_at=at,
    )
    Participation.objects.create(person=person, course_run=run, status=status, enrolled_at=at)
    return run


def make_refresher(
    curriculum: CurriculumPage, slug: str = "rappel", **facts: Any
) -> CurriculumPage:
    refresher = make_curriculum(slug)
    CurriculumPage.objects.filter(pk=refresher.pk).update(refreshes=curriculum, **facts)
    return refresher


def test_a_training_in_a_room_is_valid_from_its_last_day() -> None:
    session = make_session()  # 12 and 13 May 2025, 24 months
    person = attend(session, positions=ALL).person

    (line,) = validities_of(person, day=TODAY)

    assert line.curriculum == session.curriculum
    assert (line.completed_on, line.valid_until) == (D(2025, 5, 13), D(2027, 5, 13))
    assert (line.state, line.refreshed_on, line.refresher) == (ValidityState.VALID, None, None)


def test_one_half_day_out_of_four_is_no_training() -> None:
    person = attend(make_session(), positions=(1,)).person

    assert validities_of(person, day=TODAY) == []


def test_a_cancelled_session_trains_nobody() -> None:
    session = make_session()
    person = attend(session, positions=ALL).person
    TrainingSession.objects.update(state=SessionState.CANCELLED, cancellation_reason="Pluie")

    assert validities_of(person, day=TODAY) == []


def test_a_later_run_of_the_same_curriculum_counts_from_its_day() -> None:
    session = make_session()
    person = attend(session, positions=ALL).person
    make_run(person, session.curriculum, D(2026, 2, 3))

    (line,) = validities_of(person, day=TODAY)

    assert (line.completed_on, line.valid_until) == (D(2026, 2, 3), D(2028, 2, 3))


def test_an_open_run_is_no_training() -> None:
    person, curriculum = make_person(), make_curriculum()
    run = make_run(person, curriculum, D(2025, 2, 3))
    CourseRun.objects.filter(pk=run.pk).update(state=RunState.OPEN, completed_at=None)

    assert validities_of(person, day=TODAY) == []


def test_a_run_too_short_to_train_gives_no_validity() -> None:
    person = make_person()
    make_run(person, make_curriculum(), D(2025, 2, 3), LadderStatus.INFORMED)

    assert validities_of(person, day=TODAY) == []


def test_a_refresher_renews_and_is_no_training_of_its_own() -> None:
    person, curriculum = make_person(), make_curriculum()
    refresher = make_refresher(curriculum)
    make_run(person, curriculum, D(2023, 6, 20))
    make_run(person, refresher, D(2025, 5, 30), LadderStatus.INFORMED)

    (line,) = validities_of(person, day=TODAY)

    assert (line.curriculum, line.completed_on) == (curriculum, D(2023, 6, 20))
    assert (line.refreshed_on, line.valid_until) == (D(2025, 5, 30), D(2027, 5, 30))
    assert (line.state, line.refresher) == (ValidityState.VALID, refresher)


def test_a_refresher_alone_trains_nobody() -> None:
    person = make_person()
    make_run(person, make_refresher(make_curriculum()), D(2025, 5, 30))

    assert validities_of(person, day=TODAY) == []


def test_a_withdrawn_refresher_is_not_offered_but_has_renewed() -> None:
    person, curriculum = make_person(), make_curriculum()
    refresher = make_refresher(curriculum, live=False)
    make_run(person, curriculum, D(2023, 6, 20))
    make_run(person, refresher, D(2025, 5, 30), LadderStatus.INFORMED)

    (line,) = validities_of(person, day=TODAY)

    assert (line.refresher, line.valid_until) == (None, D(2027, 5, 30))


def test_what_a_merged_record_did_belongs_to_the_kept_person() -> None:
    old, middle, kept, stranger = (make_person() for _ in range(4))
    make_run(old, make_curriculum(), D(2023, 6, 20))
    make_run(stranger, make_curriculum("autre"), D(2023, 6, 20))
    Person.objects.filter(pk=old.pk).update(merged_into=middle)
    Person.objects.filter(pk=middle.pk).update(merged_into=kept)

    (line,) = validities_of(kept, day=TODAY)

    assert (line.person_id, line.state) == (kept.pk, ValidityState.DUE_SOON)
    assert validities_of(Person.objects.get(pk=old.pk), day=TODAY) == [line]


def test_the_first_to_end_comes_first() -> None:
    person = make_person()
    late, early = make_curriculum("tard"), make_curriculum("tot")
    make_run(person, late, D(2025, 1, 1))
    make_run(person, early, D(2023, 1, 1))

    lines = validities_of(person, day=TODAY)

    assert [line.curriculum for line in lines] == [early, late]
    assert [line.state for line in lines] == [ValidityState.TO_REFRESH, ValidityState.VALID]


@pytest.mark.parametrize("count", [1, 3])
def test_everybody_is_read_in_five_queries(django_assert_num_queries: Any, count: int) -> None:
    curriculum = make_curriculum()
    people = [make_person() for _ in range(count)]
    for person in people:
        make_run(person, curriculum, D(2025, 1, 1))

    with django_assert_num_queries(5):
        found = everybodys_validities(day=TODAY)

    assert sorted(found) == sorted(person.pk for person in people)
