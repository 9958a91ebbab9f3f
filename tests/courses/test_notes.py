"""Notes beside a lesson: kept for their writer, and for nobody else whatever the role."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from courses.models import CurriculumPage, LessonNote, LessonPage
from courses.notes import MAX_LENGTH, NoteRefused, write_note
from tests.factories.accounts import make_person, make_user
from tests.factories.courses import lessons_of, publish_curriculum

pytestmark = pytest.mark.django_db

SECRET = "Demander au greffe lundi."


@pytest.fixture
def curriculum() -> CurriculumPage:
    return publish_curriculum()


@pytest.fixture
def lesson(curriculum: CurriculumPage) -> LessonPage:
    return lessons_of(curriculum)[0]


@pytest.fixture
def learner(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def write(client: Client, lesson: LessonPage, text: str) -> str:
    address = reverse("courses:write_note", args=[lesson.pk])
    return client.post(address, {"note": text}).headers["Location"]


def test_a_note_written_twice_is_one_note_and_keeps_its_date(lesson: LessonPage) -> None:
    person = make_person()
    first = write_note(person=person, lesson=lesson, text=SECRET)
    again = write_note(person=person, lesson=lesson, text=f"  {SECRET}\r\n")

    assert first
    assert again
    assert (LessonNote.objects.count(), again.written_at) == (1, first.written_at)


def test_an_empty_note_takes_the_note_away(lesson: LessonPage) -> None:
    person = make_person()
    write_note(person=person, lesson=lesson, text=SECRET)

    assert write_note(person=person, lesson=lesson, text=" ") is None
    assert write_note(person=person, lesson=lesson, text="") is None
    assert not LessonNote.objects.exists()


def test_a_note_too_long_is_refused_in_one_sentence(lesson: LessonPage) -> None:
    with pytest.raises(NoteRefused, match="4000 caractères"):
        write_note(person=make_person(), lesson=lesson, text="a" * (MAX_LENGTH + 1))

    assert not LessonNote.objects.exists()


def test_a_note_is_shown_under_its_lesson_and_on_the_page_of_notes(
    client: Client, learner: User, lesson: LessonPage
) -> None:
    location = write(client, lesson, SECRET)

    page = client.get("/mes-notes/").content.decode()
    assert location == f"{lesson.url}#note"
    assert SECRET in client.get(location).content.decode()
    assert SECRET in page
    assert f"{lesson.url}#note" in page


@pytest.mark.parametrize("role", ["", *Role.values])
def test_a_note_is_read_by_nobody_else(client: Client, lesson: LessonPage, role: str) -> None:
    note = write_note(person=make_person(), lesson=lesson, text=SECRET)
    assert note
    other = make_user() if role in (Role.CORRESPONDENT, "") else make_user(role)
    client.force_login(other)

    pages = [client.get(address).content.decode() for address in ("/mes-notes/", lesson.url)]
    erased = client.post(reverse("courses:delete_note", args=[note.pk]))

    assert not any(SECRET in page for page in pages)
    assert erased.status_code == 404
    assert LessonNote.objects.get().text == SECRET


def test_a_visitor_sees_no_note_and_no_field(client: Client, lesson: LessonPage) -> None:
    write_note(person=make_person(), lesson=lesson, text=SECRET)

    page = client.get(lesson.url).content.decode()

    assert SECRET not in page
    assert 'name="note"' not in page
    assert client.get("/mes-notes/").status_code == 302


def test_a_note_can_be_erased_by_its_writer_only_by_post(
    client: Client, learner: User, lesson: LessonPage
) -> None:
    note = write_note(person=learner.person, lesson=lesson, text=SECRET)
    assert note
    address = reverse("courses:delete_note", args=[note.pk])

    client.get(address)
    is_kept_after_a_link = LessonNote.objects.exists()
    client.post(address)

    assert is_kept_after_a_link
    assert not LessonNote.objects.exists()


def test_a_note_outlives_its_lesson(client: Client, learner: User, lesson: LessonPage) -> None:
    write_note(person=learner.person, lesson=lesson, text=SECRET)
    lesson.unpublish()

    page = client.get("/mes-notes/").content.decode()

    assert SECRET in page
    assert "(leçon retirée)" in page
    assert f"{lesson.url}#note" not in page


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_of_notes_takes_the_same_queries_for_one_and_three_notes(
    client: Client,
    learner: User,
    curriculum: CurriculumPage,
    django_assert_num_queries: DjangoAssertNumQueries,
    count: int,
) -> None:
    for lesson in lessons_of(curriculum)[:count]:
        write_note(person=learner.person, lesson=lesson, text=SECRET)
    client.get("/mes-notes/")

    with django_assert_num_queries(7):
        page = client.get("/mes-notes/")

    assert page.content.decode().count(SECRET) == count


def test_a_note_is_kept_without_the_sign_that_a_database_refuses(lesson: LessonPage) -> None:
    note = write_note(person=make_person(), lesson=lesson, text=f"{SECRET}\x00")

    assert note is not None
    assert note.text == SECRET
