import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.models import CurriculumPage, LessonCompletion
from tests.factories.accounts import make_user
from tests.factories.courses import lessons_of, publish_curriculum

pytestmark = pytest.mark.django_db


@pytest.fixture
def curriculum() -> CurriculumPage:
    return publish_curriculum()


@pytest.fixture
def learner(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def read_url(lesson_pk: int) -> str:
    return reverse("courses:complete_lesson", args=[lesson_pk])


def test_complete_lesson_leads_to_the_next_lesson(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    first, second, *_others = lessons_of(curriculum)

    responses = [client.post(read_url(first.pk)) for _ in range(2)]

    assert [r.headers["Location"] for r in responses] == [second.url, second.url]
    assert LessonCompletion.objects.get().run.person == learner.person


def test_complete_lesson_leads_back_to_the_curriculum_after_the_last(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    locations = [
        client.post(read_url(lesson.pk)).headers["Location"] for lesson in lessons_of(curriculum)
    ]

    assert locations[-1] == curriculum.url
    assert "Vous avez lu toutes les leçons" in client.get(curriculum.url).content.decode()


def test_complete_lesson_at_the_end_goes_back_to_a_lesson_left_out(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    first, *_middle, last = lessons_of(curriculum)

    assert client.post(read_url(last.pk)).headers["Location"] == first.url


def test_a_visitor_is_asked_to_sign_in_and_nothing_is_written(
    client: Client, curriculum: CurriculumPage
) -> None:
    response = client.post(read_url(lessons_of(curriculum)[0].pk))

    assert response.headers["Location"].startswith(reverse("account_login"))
    assert not LessonCompletion.objects.exists()


def test_a_link_to_the_action_only_shows_the_lesson(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    lesson = lessons_of(curriculum)[0]

    assert client.get(read_url(lesson.pk)).headers["Location"] == lesson.url
    assert not LessonCompletion.objects.exists()


def test_an_unpublished_lesson_cannot_be_completed(
    client: Client, learner: User, curriculum: CurriculumPage
) -> None:
    lesson = lessons_of(curriculum)[0]
    lesson.unpublish()

    assert client.post(read_url(lesson.pk)).status_code == 404
    assert not LessonCompletion.objects.exists()


@pytest.mark.parametrize(
    "address",
    ["/formations/{}/versions/", "/formations/{}/paquet/", "/sensibilisation/{}/fiche/"],
)
def test_a_key_that_no_page_can_have_is_not_found(client: Client, address: str) -> None:
    client.force_login(make_user())

    assert client.get(address.format("9" * 40)).status_code == 404
