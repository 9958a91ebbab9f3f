"""Follow a curriculum, give it up, resume, close: on screen, twice, and by somebody else."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.enums import RunState
from courses.models import CourseRun, CurriculumPage
from courses.progress import complete_lesson, start_run
from tests.factories.accounts import make_person, make_user
from tests.factories.courses import lessons_of, publish_curriculum, publish_small_curriculum

pytestmark = pytest.mark.django_db


@pytest.fixture
def curriculum() -> CurriculumPage:
    return publish_curriculum()


@pytest.fixture
def learner(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def follow(client: Client, curriculum: CurriculumPage, **data: str) -> str:
    address = reverse("courses:follow", args=[curriculum.pk])
    return client.post(address, data).headers["Location"]


def test_following_twice_is_one_run(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    assert "Suivre cette formation" in client.get(curriculum.url).content.decode()

    locations = [follow(client, curriculum) for _ in range(2)]

    run = CourseRun.objects.get()
    page = client.get(curriculum.url).content.decode()
    assert locations == [curriculum.url] * 2
    assert run.person == learner.person
    assert "0 leçons lues sur 4" in page
    assert "Lire la première leçon" in page
    assert "Suivre cette formation" not in page


def test_a_link_to_follow_enrols_nobody(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    client.get(reverse("courses:follow", args=[curriculum.pk]))

    assert not CourseRun.objects.exists()


def test_a_visitor_is_asked_to_sign_in_before_following(
    client: Client, curriculum: CurriculumPage
) -> None:
    assert "Se connecter pour la suivre" in client.get(curriculum.url).content.decode()

    assert follow(client, curriculum).startswith(reverse("account_login"))
    assert not CourseRun.objects.exists()


def test_a_curriculum_withdrawn_is_not_followed(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    curriculum.unpublish()

    response = client.post(reverse("courses:follow", args=[curriculum.pk]))

    assert response.status_code == 404
    assert not CourseRun.objects.exists()


def test_giving_up_asks_first_then_says_so(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    run = start_run(person=learner.person, curriculum=curriculum)
    complete_lesson(person=learner.person, lesson=lessons_of(curriculum)[0])
    address = reverse("courses:leave", args=[run.pk])

    question = client.get(address).content.decode()
    run.refresh_from_db()
    state_before = run.state
    client.post(address)
    client.post(address)

    run.refresh_from_db()
    assert "Vous avez lu 1 leçon." in question
    assert (state_before, run.state) == (RunState.OPEN, RunState.LEFT)
    assert "Suivre cette formation" in client.get(curriculum.url).content.decode()


@pytest.mark.parametrize("name", ["leave", "resume", "close"])
def test_the_run_of_somebody_else_is_not_found(
    client: Client, curriculum: CurriculumPage, name: str
) -> None:
    run = start_run(person=make_person("DIARRA", "Oumou"), curriculum=curriculum)
    client.force_login(make_user("COMMITTEE", "ADMINISTRATOR", "TRAINER"))
    address = reverse(f"courses:{name}", args=[run.pk])

    assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}
    run.refresh_from_db()
    assert run.state == RunState.OPEN


def test_resuming_leads_to_the_first_lesson_not_read(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    first, second, third, _last = lessons_of(curriculum)
    for lesson in (first, third):
        complete_lesson(person=learner.person, lesson=lesson)
    run = CourseRun.objects.get()

    response = client.get(reverse("courses:resume", args=[run.pk]))

    assert response.headers["Location"] == second.url


def test_a_completed_curriculum_can_be_followed_again(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    for lesson in lessons_of(curriculum):
        complete_lesson(person=learner.person, lesson=lesson)
    page = client.get(curriculum.url).content.decode()

    follow(client, curriculum, encore="1")

    assert "Vous avez terminé cette formation le" in page
    assert CourseRun.objects.count() == 2
    assert "0 leçons lues sur 4" in client.get(curriculum.url).content.decode()


def test_a_run_whose_last_lesson_is_withdrawn_offers_to_close(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    *others, last = lessons_of(curriculum)
    for lesson in others:
        complete_lesson(person=learner.person, lesson=lesson)
    last.unpublish()
    assert "Terminer la formation" in client.get(curriculum.url).content.decode()

    client.post(reverse("courses:close", args=[CourseRun.objects.get().pk]))

    assert CourseRun.objects.get().state == RunState.COMPLETED


def test_closing_too_early_says_what_is_left(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    complete_lesson(person=learner.person, lesson=lessons_of(curriculum)[0])

    response = client.post(reverse("courses:close", args=[CourseRun.objects.get().pk]), follow=True)

    assert "Il reste des leçons à lire" in response.content.decode()
    assert CourseRun.objects.get().state == RunState.OPEN


def test_the_catalogue_offers_to_resume_own_runs_only(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    followed = publish_small_curriculum("suivie", lessons=2)
    start_run(person=make_person(), curriculum=curriculum)
    run = start_run(person=learner.person, curriculum=followed)
    complete_lesson(person=learner.person, lesson=lessons_of(followed)[0])

    page = client.get("/formations/").content.decode()

    assert page.count("/reprendre/") == 1
    assert reverse("courses:resume", args=[run.pk]) in page
    assert page.count("En cours") == 1
    assert "1 leçon lue sur 2" in page


def test_a_refresher_says_what_it_renews(client: Client, curriculum: CurriculumPage) -> None:
    short = publish_small_curriculum("rappel", lessons=1)
    short.refreshes = curriculum
    short.save_revision().publish()

    assert "Rappel de « Formation reperer »" in client.get("/formations/").content.decode()
    assert "Rappel de" in client.get(short.url).content.decode()
    assert "Rappel de" not in client.get(curriculum.url).content.decode()
