"""A self-paced run as a participation: who it freezes, what it counts, and what it never counts."""

import datetime
from decimal import Decimal

import pytest

from accounts.models import Person
from accounts.people import open_posting, transfer
from courses.curriculum_folder import ParsedModule
from courses.curriculum_import import import_curriculum
from courses.models import CourseRun, CurriculumPage
from courses.progress import complete_lesson, leave_run, start_run
from tests.factories.accounts import make_person, make_profession, make_region
from tests.factories.courses import lessons_of, parsed_curriculum, parsed_lesson
from trainers.models import Participation
from trainers.participation.rule_sets import create_first_rule_set
from trainers.participation.runs import enrol_in_run, hand_in_run_percents, refresh_run

pytestmark = pytest.mark.django_db

MARCH = datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC)


def publish(*minutes: int, slug: str = "reperer") -> CurriculumPage:
    """A curriculum of one module whose lessons last these minutes."""
    lessons = tuple(parsed_lesson(f"l{n}", minutes=long) for n, long in enumerate(minutes))
    module = ParsedModule("un", "Un", "Premier.", lessons)
    return import_curriculum(parsed=parsed_curriculum(slug, module)).curriculum


def read(person: Person, curriculum: CurriculumPage, *ranks: int) -> Participation:
    lessons = lessons_of(curriculum)
    for rank in ranks:
        complete_lesson(person=person, lesson=lessons[rank], at=MARCH)
    return Participation.objects.get(course_run__curriculum=curriculum, person=person)


def figures(participation: Participation) -> tuple[str, int, Decimal]:
    return (
        participation.status,
        participation.contact_minutes,
        participation.attendance_percent,
    )


@pytest.fixture
def rules() -> None:
    create_first_rule_set()


def test_starting_a_run_freezes_who_the_person_is_that_day(rules: None) -> None:
    segou, kayes = make_region(), make_region("kayes", "Kayes")
    lawyer = make_profession()
    person = make_person(sex="F", profession=lawyer)
    open_posting(person=person, organization=None, territory=segou, started_on=None)
    start_run(person=person, curriculum=publish(60), at=MARCH)

    transfer(person=person, organization=None, territory=kayes, on=datetime.date(2026, 6, 1))
    person.sex = "M"
    person.save()

    one = Participation.objects.get()
    assert (one.sex, one.profession, one.territory, one.enrolled_at, one.session) == (
        "F", lawyer, segou, MARCH, None,
    )  # fmt: skip


def test_a_person_of_whom_nothing_is_known_is_enrolled_all_the_same(rules: None) -> None:
    start_run(person=make_person(), curriculum=publish(60))

    one = Participation.objects.get()
    assert (one.sex, one.profession, one.organization, one.territory) == ("", None, None, None)


def test_enrolling_twice_is_one_participation(rules: None) -> None:
    run = start_run(person=make_person(), curriculum=publish(60))

    assert enrol_in_run(run=run) == enrol_in_run(run=run) == Participation.objects.get()


@pytest.mark.parametrize(
    ("minutes", "ranks", "expected"),
    [
        # One hour, all of it: never trained under 6 h.
        ((30, 30), (0, 1), ("INFORMED", 60, Decimal("100.00"))),
        # Half of it: still on the way.
        ((30, 30), (0,), ("PRESENT", 30, Decimal("50.00"))),
        # 6 h exactly, all of it.
        ((180, 180), (0, 1), ("TRAINED", 360, Decimal("100.00"))),
        # 6 h 40 of 8 h 20: 80 % exactly, on the way and already trained.
        ((100, 100, 100, 100, 100), (0, 1, 2, 3), ("TRAINED", 400, Decimal("80.00"))),
        # 6 h of 8 h: 75 %, not enough.
        ((120, 120, 120, 120), (0, 1, 2), ("PRESENT", 360, Decimal("75.00"))),
        # One minute short.
        ((180, 179), (0, 1), ("INFORMED", 359, Decimal("100.00"))),
    ],
)
def test_lessons_are_its_half_days(
    rules: None,
    minutes: tuple[int, ...],
    ranks: tuple[int, ...],
    expected: tuple[str, int, Decimal],
) -> None:
    assert figures(read(make_person(), publish(*minutes), *ranks)) == expected


def test_a_run_given_up_informs_with_one_lesson_and_nothing_with_none(rules: None) -> None:
    curriculum, person, other = publish(30, 30), make_person(), make_person()
    read(person, curriculum, 0)
    start_run(person=other, curriculum=curriculum)

    for run in CourseRun.objects.all():
        leave_run(run=run)

    assert Participation.objects.get(person=person).status == "INFORMED"
    assert Participation.objects.get(person=other).status == "ENROLLED"


def test_a_post_test_certifies_who_was_trained_and_nobody_else(rules: None) -> None:
    long = read(make_person(), publish(200, 200, slug="longue"), 0, 1)
    short = read(make_person(), publish(30, slug="courte"), 0)

    moved = hand_in_run_percents(percents={long.pk: 70.0, short.pk: 100.0})

    long.refresh_from_db()
    short.refresh_from_db()
    assert (long.status, long.post_percent) == ("CERTIFIED", 70.0)
    assert (short.status, short.post_percent) == ("INFORMED", 100.0)
    assert moved == 2
    assert hand_in_run_percents(percents={long.pk: 70.0, short.pk: 100.0}) == 0


def test_the_thresholds_are_those_of_the_day_the_run_began(rules: None) -> None:
    from trainers.models import RuleSet

    first = RuleSet.objects.get()
    RuleSet.objects.create(
        version=2, effective_on=datetime.date(2026, 4, 1), min_hours=1, min_attendance=50,
        mastery=50, donor_hours=first.donor_hours, reason="Essai.",
    )  # fmt: skip
    curriculum = publish(40, 40)
    early, late = make_person(), make_person()
    read(early, curriculum, 0, 1)
    april = MARCH + datetime.timedelta(days=60)
    for lesson in lessons_of(curriculum):
        complete_lesson(person=late, lesson=lesson, at=april)

    assert Participation.objects.get(person=early).status == "INFORMED"
    assert Participation.objects.get(person=late).status == "TRAINED"


def test_without_any_rule_a_lesson_is_noted_and_the_rung_waits() -> None:
    one = read(make_person(), publish(200, 200), 0, 1)
    assert figures(one) == ("ENROLLED", 0, Decimal(0))

    create_first_rule_set()

    assert one.course_run
    moved = refresh_run(run=one.course_run)
    assert moved
    assert moved.status == "TRAINED"


def test_raising_the_version_mid_run_keeps_the_run_and_its_minutes(rules: None) -> None:
    curriculum, person = publish(200, 100, 100), make_person()
    read(person, curriculum, 0)
    publish(200, 100, 100, 100)
    curriculum.refresh_from_db()
    curriculum.version = "2.0"
    curriculum.save_revision().publish()

    after = read(person, curriculum, 1, 2)

    assert figures(after) == ("TRAINED", 400, Decimal("80.00"))
    assert CourseRun.objects.get().curriculum_version == "1.0"
