"""Checks inside a lesson: answered for oneself, needed before the lesson counts, never scored."""

import dataclasses

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from courses.curriculum_folder import ParsedModule
from courses.curriculum_import import import_curriculum
from courses.inline_checks import inline_checks
from courses.lesson_parts import Check, CheckChoice, LessonPart, Text
from courses.models import CheckAnswer, CourseRun, CurriculumPage, LessonCompletion, LessonPage
from courses.progress import AnswerRefused, CheckUnanswered, answer_check, complete_lesson
from tests.factories.accounts import make_person, make_user
from tests.factories.courses import check_of, lessons_of, parsed_curriculum, parsed_lesson

pytestmark = pytest.mark.django_db

FIRST = Check(
    "Est-ce un acte ?",
    (CheckChoice("Oui", True, "Bien vu."), CheckChoice("Non", False, "Relisez.")),
)
SECOND = Check("Et le but ?", (CheckChoice("Oui", False, "Non."), CheckChoice("Non", True, "Si.")))


def publish(*parts: LessonPart) -> CurriculumPage:
    module = ParsedModule("un", "Un", "Premier.", (parsed_lesson("a", *parts), parsed_lesson("b")))
    return import_curriculum(parsed=parsed_curriculum("reperer", module)).curriculum


@pytest.fixture
def lesson() -> LessonPage:
    return lessons_of(publish(Text("<p>Un texte.</p>"), FIRST, SECOND))[0]


@pytest.fixture
def learner(client: Client) -> User:
    user = make_user()
    client.force_login(user)
    return user


def blocks_of(lesson: LessonPage) -> list[str]:
    return [check.id for check in inline_checks(lesson.body, {})]


def post_answer(client: Client, lesson: LessonPage, block: str, choice: object) -> str:
    address = reverse("courses:answer_check", args=[lesson.pk, block])
    return client.post(address, {"choix": str(choice)}).headers["Location"]


def test_a_lesson_is_not_complete_while_a_check_is_unanswered(lesson: LessonPage) -> None:
    person = make_person()
    first, second = blocks_of(lesson)
    answer_check(person=person, lesson=lesson, block=first, choice=0)

    with pytest.raises(CheckUnanswered, match="Et le but") as refusal:
        complete_lesson(person=person, lesson=lesson)

    assert refusal.value.check.id == second
    assert not LessonCompletion.objects.exists()


def test_wrong_answers_complete_a_lesson_as_well_as_right_ones(lesson: LessonPage) -> None:
    person = make_person()
    for block, wrong in zip(blocks_of(lesson), (1, 0), strict=True):
        answer_check(person=person, lesson=lesson, block=block, choice=wrong)

    assert complete_lesson(person=person, lesson=lesson).lesson == lesson


def test_the_last_answer_stands_and_the_same_one_again_changes_nothing(lesson: LessonPage) -> None:
    person, block = make_person(), check_of(lesson)
    answer_check(person=person, lesson=lesson, block=block, choice=1)
    first = answer_check(person=person, lesson=lesson, block=block, choice=0)
    again = answer_check(person=person, lesson=lesson, block=block, choice=0)

    kept = CheckAnswer.objects.get()
    assert (kept.choice, kept.answered_at) == (0, first.answered_at) == (0, again.answered_at)


@pytest.mark.parametrize(("block", "choice"), [("inconnu", 0), ("", 2), ("", -1)])
def test_an_answer_that_the_lesson_does_not_offer_is_refused(
    lesson: LessonPage, block: str, choice: int
) -> None:
    with pytest.raises(AnswerRefused):
        answer_check(
            person=make_person(), lesson=lesson, block=block or check_of(lesson), choice=choice
        )

    assert not CheckAnswer.objects.exists()
    assert not CourseRun.objects.exists()


def test_a_check_that_is_gone_asks_nothing_and_a_new_one_asks_again(lesson: LessonPage) -> None:
    person = make_person()
    for block in blocks_of(lesson):
        answer_check(person=person, lesson=lesson, block=block, choice=1)
    shorter = dataclasses.replace(FIRST, choices=FIRST.choices[:1] * 2)
    publish(shorter)
    lesson.refresh_from_db()

    with pytest.raises(CheckUnanswered):  # it stands where the text stood: nobody answered it
        complete_lesson(person=person, lesson=lesson)
    answer_check(person=person, lesson=lesson, block=check_of(lesson), choice=1)

    assert complete_lesson(person=person, lesson=lesson).lesson == lesson


def test_a_choice_that_is_no_longer_offered_is_no_answer(lesson: LessonPage) -> None:
    block = check_of(lesson)

    shown = inline_checks(lesson.body, {block: 5})[0]

    assert not shown.is_answered


def test_a_lesson_already_read_stays_read_when_a_check_is_added(lesson: LessonPage) -> None:
    person = make_person()
    for block in blocks_of(lesson):
        answer_check(person=person, lesson=lesson, block=block, choice=0)
    done = complete_lesson(person=person, lesson=lesson)
    publish(Text("<p>Autre.</p>"), FIRST, SECOND, FIRST)
    lesson.refresh_from_db()

    assert complete_lesson(person=person, lesson=lesson) == done


def test_answering_comes_back_to_the_check_with_its_feedback(
    client: Client, learner: User, lesson: LessonPage
) -> None:
    block = check_of(lesson)

    location = post_answer(client, lesson, block, 1)

    page = client.get(location).content.decode()
    assert location == f"{lesson.url}#verification-{block}"
    assert '<div data-feedback="1" >' in page.replace("  ", " ")
    assert page.count("hidden") > 0
    assert page.index("Relisez.") > page.index(f'data-check="{block}"')
    assert "checked" in page


def test_only_the_feedback_of_the_chosen_answer_is_open(
    client: Client, learner: User, lesson: LessonPage
) -> None:
    post_answer(client, lesson, check_of(lesson), 1)

    shown = client.get(lesson.url).context["checks"]

    assert [option.is_chosen for option in shown[0].options] == [False, True]
    assert not shown[1].is_answered


def test_an_empty_answer_says_what_to_do_and_keeps_nothing(
    client: Client, learner: User, lesson: LessonPage
) -> None:
    location = post_answer(client, lesson, check_of(lesson), "")

    assert "Choisissez une réponse" in client.get(location).content.decode()
    assert not CheckAnswer.objects.exists()


def test_a_visitor_gets_feedback_and_nothing_is_kept(client: Client, lesson: LessonPage) -> None:
    block = check_of(lesson)

    page = client.get(lesson.url, {"verification": block, "choix": "1"})

    assert [one.is_answered for one in page.context["checks"]] == [True, False]
    assert 'method="get"' in page.content.decode()
    assert "data-outbox" not in page.content.decode()
    assert not CheckAnswer.objects.exists()
    assert not CourseRun.objects.exists()


def test_a_visitor_cannot_post_an_answer(client: Client, lesson: LessonPage) -> None:
    location = post_answer(client, lesson, check_of(lesson), 0)

    assert location.startswith(reverse("account_login"))
    assert not CheckAnswer.objects.exists()


def test_the_end_of_a_lesson_leads_to_the_question_left(
    client: Client, learner: User, lesson: LessonPage
) -> None:
    first, second = blocks_of(lesson)
    post_answer(client, lesson, first, 0)

    response = client.post(reverse("courses:complete_lesson", args=[lesson.pk]))

    page = client.get(response.headers["Location"]).content.decode()
    assert response.headers["Location"] == f"{lesson.url}#verification-{second}"
    assert "Répondez d&#x27;abord à la question « Et le but ? »" in page
    assert f'<a href="#verification-{second}">Et le but ?</a>' in page
    assert not LessonCompletion.objects.exists()


def test_what_is_kept_offline_is_marked(client: Client, learner: User, lesson: LessonPage) -> None:
    page = client.get(lesson.url).content.decode()

    assert page.count("data-outbox") == 4  # two checks, the end, the note
    assert page.count("data-feedback") == 4


def test_a_choice_of_thousands_of_digits_keeps_nothing(
    client: Client, learner: User, lesson: LessonPage
) -> None:
    post_answer(client, lesson, blocks_of(lesson)[0], "9" * 5000)

    assert not CheckAnswer.objects.exists()
