"""Sessions online with a tutor: lessons for marks, a due date, a page of progress, the evidence."""

import datetime

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import Person
from courses.models import CourseRun, CurriculumPage
from courses.progress import complete_lesson, leave_run, start_run
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.courses import lessons_of, publish_small_curriculum
from tests.factories.trainers import make_session, make_trainer, staff
from tests.trainers.participation.test_runs import publish
from trainers.enums import EvidenceKind, SessionMode
from trainers.evidence import store_evidence
from trainers.models import Participation, TrainingSession
from trainers.participation.records import enrol, refresh_ladder
from trainers.sessions.online import lesson_logs_of
from trainers.sessions.planning import SessionRefused, submit_session, validate_session
from trainers.sessions.red_flags import red_flags
from trainers.sessions.validation import missing_evidence

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("first_week")]

STARTS, ENDS = datetime.date(2026, 3, 2), datetime.date(2026, 3, 31)


@pytest.fixture
def first_week() -> object:
    with time_machine.travel(datetime.datetime(2026, 3, 5, 9, tzinfo=datetime.UTC)):
        yield


@pytest.fixture
def curriculum() -> CurriculumPage:
    return publish(200, 100, 100)


@pytest.fixture
def session(curriculum: CurriculumPage) -> TrainingSession:
    return online(curriculum)


def online(curriculum: CurriculumPage, code: str = "", **facts: object) -> TrainingSession:
    return make_session(
        code,
        curriculum=curriculum,
        mode=SessionMode.ONLINE,
        starts_on=STARTS,
        ends_on=ENDS,
        **facts,
    )


def read(person: Person, curriculum: CurriculumPage, *ranks: int, day: int = 5) -> None:
    at = datetime.datetime(2026, 3, day, 10, tzinfo=datetime.UTC)
    for rank in ranks:
        complete_lesson(person=person, lesson=lessons_of(curriculum)[rank], at=at)


def rung(participation: Participation) -> tuple[str, int]:
    participation.refresh_from_db()
    return participation.status, participation.contact_minutes


def test_an_online_session_has_dates_and_no_half_day(session: TrainingSession) -> None:
    assert (session.starts_on, session.ends_on) == (STARTS, ENDS)
    assert not session.slots.exists()


@pytest.mark.parametrize("ends_on", [None, datetime.date(2026, 3, 1), datetime.date(2028, 1, 1)])
def test_an_online_session_with_odd_dates_is_refused(
    curriculum: CurriculumPage, ends_on: datetime.date | None
) -> None:
    with pytest.raises(SessionRefused):
        make_session(
            curriculum=curriculum, mode=SessionMode.ONLINE, starts_on=STARTS, ends_on=ends_on
        )

    assert not TrainingSession.objects.exists()


def test_a_curriculum_without_lessons_is_not_taught_online() -> None:
    with pytest.raises(SessionRefused, match="leçons en ligne"):
        online(publish_small_curriculum("vide"))


def test_enrolling_opens_a_run_due_on_the_last_day_and_one_participation(
    session: TrainingSession,
) -> None:
    person = make_person()

    participation = enrol(session=session, person=person)
    enrol(session=session, person=person)

    run = CourseRun.objects.get()
    assert (run.person, run.due_on) == (person, ENDS)
    assert Participation.objects.get() == participation


def test_lessons_stand_for_marks(session: TrainingSession, curriculum: CurriculumPage) -> None:
    participation = enrol(session=session, person=make_person())
    steps = []
    for rank in range(3):
        read(participation.person, curriculum, rank)
        steps.append(rung(participation))

    assert steps == [("PRESENT", 200), ("PRESENT", 300), ("TRAINED", 400)]


def test_the_first_lesson_read_says_that_the_session_is_running(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    participation = enrol(session=session, person=make_person())
    session.refresh_from_db()
    before = session.state

    read(participation.person, curriculum, 0)

    session.refresh_from_db()
    assert (before, session.state) == ("PLANNED", "RUNNING")


def test_a_person_already_following_alone_joins_with_the_same_run(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    person = make_person()
    read(person, curriculum, 0)

    participation = enrol(session=session, person=person)
    refresh_ladder(session=session)

    run = CourseRun.objects.get()
    assert run.due_on == ENDS
    assert rung(participation) == ("PRESENT", 200)
    assert set(Participation.objects.values_list("course_run", "session")) == {
        (run.pk, None),
        (None, session.pk),
    }


def test_a_run_finished_before_the_enrolment_is_a_fact_of_its_own(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    person = make_person()
    read(person, curriculum, 0, 1, 2, day=1)

    participation = enrol(session=session, person=person)
    refresh_ladder(session=session)

    assert rung(participation) == ("ENROLLED", 0)
    assert CourseRun.objects.filter(person=person).count() == 2
    read(person, curriculum, 0)
    assert rung(participation) == ("PRESENT", 200)


def test_lessons_read_after_the_last_day_do_not_count(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    participation = enrol(session=session, person=make_person())
    read(participation.person, curriculum, 0)
    with time_machine.travel(datetime.datetime(2026, 4, 2, 9, tzinfo=datetime.UTC)):
        late = datetime.datetime(2026, 4, 1, 9, tzinfo=datetime.UTC)
        for lesson in lessons_of(curriculum)[1:]:
            complete_lesson(person=participation.person, lesson=lesson, at=late)

    assert rung(participation) == ("INFORMED", 200)


def test_a_run_given_up_counts_no_more(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    participation = enrol(session=session, person=make_person())
    read(participation.person, curriculum, 0)

    leave_run(run=CourseRun.objects.get())
    refresh_ladder(session=session)

    assert rung(participation) == ("ENROLLED", 0)


def test_a_merged_person_reads_for_the_session(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    kept, merged = make_person(), make_person()
    participation = enrol(session=session, person=merged)
    merged.merged_into = kept
    merged.save(update_fields=["merged_into"])

    read(kept, curriculum, 0)

    assert rung(participation) == ("PRESENT", 200)
    assert CourseRun.objects.count() == 1


def test_a_lesson_moves_only_the_sessions_of_its_reader(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    participation = enrol(session=session, person=make_person())
    other = enrol(session=online(curriculum), person=make_person())

    read(participation.person, curriculum, 0, 1, 2)

    assert rung(other) == ("ENROLLED", 0)


def test_a_validated_session_moves_no_more(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    participation = enrol(session=session, person=make_person())
    read(participation.person, curriculum, 0)
    complete_online(session)
    submit_session(session=session, by=None)
    validate_session(session=session, by=make_user(Role.COMMITTEE), has_tests=True)

    read(participation.person, curriculum, 1, 2)

    assert rung(participation) == ("INFORMED", 200)


def complete_online(session: TrainingSession) -> None:
    staff(session, make_trainer())
    for kind in (EvidenceKind.TERMS_OF_REFERENCE, EvidenceKind.REPORT):
        store_evidence(kind=kind, content=kind.encode(), name=f"{kind}.pdf", session=session)


def test_the_log_of_lessons_replaces_the_signed_sheet_when_a_tutor_followed(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    participation = enrol(session=session, person=make_person())
    at_first = missing_evidence(session, has_tests=True)
    complete_online(session)
    without_reading = missing_evidence(session, has_tests=True)
    read(participation.person, curriculum, 0)

    assert at_first == [
        "Il manque les termes de référence.",
        "Il manque des leçons lues : le journal de la session est vide.",
        "Il manque un tuteur désigné : personne n'a suivi le groupe.",
        "Il manque le rapport de la session.",
    ]
    assert without_reading == at_first[1:2]
    assert missing_evidence(session, has_tests=True) == []


def test_a_tutor_may_follow_two_groups_at_once(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    trainer = make_trainer()
    for one in (session, online(curriculum)):
        staff(one, trainer)

    assert red_flags(session) == []


def test_the_page_shows_progress_and_calls_no_roll(
    client: Client, session: TrainingSession, curriculum: CurriculumPage
) -> None:
    trainer = make_trainer()
    staff(session, trainer)
    read(enrol(session=session, person=make_person("DIALLO", "Bintou")).person, curriculum, 0)
    enrol(session=session, person=make_person("KANTE", "Sira"))
    client.force_login(make_user(Role.TRAINER, person=trainer.person))

    page = client.get(f"/sessions/{session.code}/")
    posted = client.post(f"/sessions/{session.code}/", {"others": "present"}, follow=True)

    text = " ".join(page.content.decode().split())
    assert "1 leçon sur 3 · 200 min" in text
    assert "dernière leçon le 5 mars 2026" in text
    assert "aucune leçon lue" in text
    assert "Enregistrer l'appel" not in text
    assert "/import/" not in text
    assert "aucun appel n" in posted.content.decode()


@pytest.mark.parametrize("roles", [(), (Role.TRAINER,), (Role.PARTNER,), (Role.ADMINISTRATOR,)])
def test_the_progress_of_a_group_is_not_shown_to_others(
    client: Client, session: TrainingSession, roles: tuple[str, ...]
) -> None:
    enrol(session=session, person=make_person("DIALLO", "Bintou"))
    client.force_login(make_user(*roles))

    page = client.get(f"/sessions/{session.code}/")

    assert page.status_code in {403, 404}
    assert "DIALLO" not in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_the_same_queries_for_one_and_three_participants(
    client: Client,
    session: TrainingSession,
    curriculum: CurriculumPage,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for _number in range(count):
        read(enrol(session=session, person=make_person()).person, curriculum, 0)
    client.force_login(make_user(Role.COMMITTEE))
    client.get(f"/sessions/{session.code}/")

    with django_assert_num_queries(12):
        page = client.get(f"/sessions/{session.code}/")

    assert len(page.context["people"]) == count


def test_somebody_without_run_still_has_lessons_to_read(
    session: TrainingSession, curriculum: CurriculumPage
) -> None:
    person = make_person()
    enrol(session=session, person=person)
    CourseRun.objects.all().delete()

    one = lesson_logs_of(session, list(Participation.objects.select_related("person")))[0]
    opened = start_run(person=person, curriculum=curriculum)

    assert (one.run, len(one.log.planned), one.log.read) == (None, 3, ())
    opened.refresh_from_db()
    assert opened.due_on == ENDS
    assert not Participation.objects.filter(course_run=opened).exists()


@pytest.mark.parametrize(("minutes", "is_said"), [((200, 159), True), ((200, 160), False)])
def test_a_short_online_session_says_that_it_informs(
    client: Client, minutes: tuple[int, ...], is_said: bool
) -> None:
    session = online(publish(*minutes))
    client.force_login(make_user(Role.COMMITTEE))

    page = client.get(f"/sessions/{session.code}/").content.decode()

    assert ("Sous 6 h, cette session compte comme information" in page) is is_said


def test_the_form_opens_an_online_session(client: Client, curriculum: CurriculumPage) -> None:
    trainer = make_trainer()
    make_session()  # loads the counting rules
    client.force_login(make_user(Role.TRAINER, person=trainer.person))
    facts = {
        "curriculum": curriculum.pk,
        "type": "TRAINING",
        "mode": "ONLINE",
        "territory": make_region().code,
        "starts_on": "2026-03-02",
        "code": "SEG-EN-LIGNE",
    }

    refused = client.post("/sessions/nouvelle/", facts)
    is_refused = not TrainingSession.objects.filter(code="SEG-EN-LIGNE").exists()
    client.post("/sessions/nouvelle/", facts | {"ends_on": "2026-03-31"})

    assert is_refused
    assert "ends_on" in refused.context["form"].errors
    session = TrainingSession.objects.get(code="SEG-EN-LIGNE")
    assert (session.mode, session.ends_on) == (SessionMode.ONLINE, ENDS)
