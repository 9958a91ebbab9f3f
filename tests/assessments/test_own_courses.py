"""« Mes formations »: each course once, one next step, what it counts as, until when."""

import datetime
import uuid

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person, User
from assessments.attempts import start_attempt, submit_attempt
from assessments.models import Attempt
from assessments.run_tests import run_form
from courses.models import CourseRun, CurriculumPage
from courses.progress import complete_lesson, leave_run, start_run
from tests.assessments.test_run_tests import forms_for
from tests.factories.accounts import make_person, make_user
from tests.factories.courses import lessons_of
from tests.trainers.participation.test_runs import publish
from tests.trainers.sessions.test_online import ENDS, online
from trainers.models import Participation
from trainers.participation.records import enrol
from trainers.participation.rule_sets import create_first_rule_set
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db

NOW = datetime.datetime(2026, 3, 5, 9, tzinfo=datetime.UTC)


@pytest.fixture(autouse=True)
def march() -> object:
    create_first_rule_set()
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def learner() -> User:
    return make_user(person=make_person("TRAORE", "Awa"))


@pytest.fixture
def browser(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client


@pytest.fixture
def curriculum() -> CurriculumPage:
    return publish(30, 30)


def read(person: Person, curriculum: CurriculumPage, *ranks: int, at: object = NOW) -> None:
    for rank in ranks:
        complete_lesson(person=person, lesson=lessons_of(curriculum)[rank], at=at)


def courses(browser: Client) -> list[dict[str, object]]:
    return browser.get("/mon-espace/").context["courses"]


def labels(browser: Client) -> list[str]:
    return [one["course"].step.label if one["course"].step else "" for one in courses(browser)]


def take(run: CourseRun, occasion: str, *, is_handed_in: bool = True) -> Attempt:
    participation = Participation.objects.get(course_run=run)
    form = run_form(participation, occasion)
    assert form
    attempt = start_attempt(
        uuid=uuid.uuid4(), participation=participation, occasion=occasion, form=form
    )
    return submit_attempt(attempt=attempt) if is_handed_in else attempt


def test_the_next_step_follows_the_person_from_pre_test_to_result(
    browser: Client, learner: User, curriculum: CurriculumPage
) -> None:
    forms_for(curriculum)
    run = start_run(person=learner.person, curriculum=curriculum)
    seen = [labels(browser)]
    copy = take(run, "PRE", is_handed_in=False)
    seen.append(labels(browser))
    submit_attempt(attempt=copy)
    seen.append(labels(browser))
    read(learner.person, curriculum, 0)
    seen.append(labels(browser))
    read(learner.person, curriculum, 1)
    seen.append(labels(browser))
    take(run, "POST")
    seen.append(labels(browser))

    assert seen == [
        ["Passer le pré-test"],
        ["Reprendre le test"],
        ["Commencer : Leçon l0"],
        ["Reprendre : Leçon l1"],
        ["Passer le post-test"],
        ["Revoir le résultat"],
    ]


def test_each_step_opens(browser: Client, learner: User, curriculum: CurriculumPage) -> None:
    forms_for(curriculum)
    run = start_run(person=learner.person, curriculum=curriculum)
    before = browser.get(courses(browser)[0]["course"].step.url).content.decode()
    read(learner.person, curriculum, 0)
    resume = browser.get(courses(browser)[0]["course"].step.url)
    read(learner.person, curriculum, 1)
    take(run, "POST")
    result = browser.get(courses(browser)[0]["course"].step.url)

    assert "Commencer le test" in before
    assert resume.headers["Location"] == lessons_of(curriculum)[1].url
    assert "sur 10" in result.content.decode()


def test_a_lesson_read_closes_the_pre_test_that_was_not_begun(
    browser: Client, learner: User, curriculum: CurriculumPage
) -> None:
    forms_for(curriculum)
    read(learner.person, curriculum, 0)

    assert labels(browser) == ["Reprendre : Leçon l1"]


def test_a_short_course_says_that_it_informs(
    browser: Client, learner: User, curriculum: CurriculumPage
) -> None:
    read(learner.person, curriculum, 0, 1)

    course = courses(browser)[0]["course"]

    assert course.sentence.replace("\u00a0", " ") == (
        "Ce parcours compte comme information : une formation complète demande au moins 6 h de "
        "leçons, celui-ci en a 1 h."
    )
    assert Participation.objects.get().status == "INFORMED"


def test_a_long_course_says_what_it_counts_as(browser: Client, learner: User) -> None:
    read(learner.person, publish(200, 200), 0, 1)

    assert courses(browser)[0]["course"].sentence == "Cette formation compte : vous l'avez suivie."


def test_a_due_date_is_shown_and_so_is_its_passing(
    browser: Client, learner: User, curriculum: CurriculumPage
) -> None:
    start_run(person=learner.person, curriculum=curriculum, due_on=datetime.date(2026, 3, 20))
    before = browser.get("/mon-espace/").content.decode()
    CourseRun.objects.update(due_on=datetime.date(2026, 3, 1))

    after = browser.get("/mon-espace/").content.decode()

    assert "À terminer pour le 20 mars 2026." in before
    assert "La date du 1 mars 2026 est passée" in after


def test_an_online_session_is_one_course_even_for_somebody_who_followed_alone(
    browser: Client, learner: User, curriculum: CurriculumPage
) -> None:
    read(learner.person, curriculum, 0)
    session = online(curriculum, "SEG-LIGNE")
    enrol(session=session, person=learner.person)

    shown = courses(browser)

    assert [one["course"].session_code for one in shown] == ["SEG-LIGNE"]
    assert (shown[0]["read"], shown[0]["planned"]) == (1, 2)
    assert shown[0]["course"].due_on == ENDS
    assert labels(browser) == ["Reprendre : Leçon l1"]
    assert browser.get("/mon-espace/").context["sessions"] == []


def test_a_cancelled_online_session_is_no_course(
    browser: Client, learner: User, curriculum: CurriculumPage
) -> None:
    session = online(curriculum)
    enrol(session=session, person=learner.person)
    CourseRun.objects.all().delete()

    cancel_session(session=session, reason="Reportée.")

    assert courses(browser) == []
    assert [one["session"] for one in browser.get("/mon-espace/").context["sessions"]] == [session]


def test_a_run_given_up_and_the_runs_of_others_are_not_shown(
    browser: Client, learner: User, curriculum: CurriculumPage
) -> None:
    leave_run(run=start_run(person=learner.person, curriculum=curriculum))
    start_run(person=make_person(), curriculum=publish(30, slug="autre"))

    page = browser.get("/mon-espace/")

    assert page.context["courses"] == []
    assert "Formation autre" not in page.content.decode()


def test_runs_of_a_merged_record_are_seen_by_the_kept_person(
    browser: Client, learner: User, curriculum: CurriculumPage
) -> None:
    merged = make_person()
    read(merged, curriculum, 0)
    merged.merged_into = learner.person
    merged.save(update_fields=["merged_into"])

    assert labels(browser) == ["Reprendre : Leçon l1"]


def test_validity_runs_out_and_offers_the_refresher(browser: Client, learner: User) -> None:
    long = publish(200, 200)
    refresher = publish(20, slug="rappel")
    refresher.refreshes = long
    refresher.save_revision().publish()
    long_ago = NOW - datetime.timedelta(days=800)
    read(learner.person, long, 0, 1, at=long_ago)

    over = browser.get("/mon-espace/").content.decode()
    read(learner.person, refresher, 0)
    again = browser.get("/mon-espace/").content.decode()

    assert "n'est plus valable depuis le" in over
    assert "Suivre le rappel" in over
    assert refresher.url in over
    assert "valable jusqu'au 5 mars 2028" in again
    assert "Suivre le rappel" not in again
    assert "Rappel de « Formation reperer »" in again


@pytest.mark.parametrize("count", [1, 3])
def test_the_space_takes_the_same_queries_for_one_and_three_courses(
    browser: Client,
    learner: User,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for number in range(count):
        curriculum = publish(30, 30, slug=f"formation-{number}")
        forms_for(curriculum, group=f"groupe-{number}")
        read(learner.person, curriculum, 0)
    browser.get("/mon-espace/")

    with django_assert_num_queries(12):
        page = browser.get("/mon-espace/")

    assert len(page.context["courses"]) == count


@pytest.mark.parametrize(("minutes", "rung"), [((200, 200), "CERTIFIED"), ((30, 30), "INFORMED")])
def test_a_post_test_passed_certifies_a_long_run_and_never_a_short_one(
    learner: User, minutes: tuple[int, ...], rung: str
) -> None:
    curriculum = publish(*minutes)
    forms_for(curriculum)
    read(learner.person, curriculum, 0, 1)
    attempt = take(CourseRun.objects.get(), "POST", is_handed_in=False)
    attempt.responses = list("ABCDABCDAB")
    attempt.save(update_fields=["responses"])

    submit_attempt(attempt=attempt)

    one = Participation.objects.get()
    assert (one.status, one.post_percent) == (rung, 100.0)
