"""Tests of a self-paced run: which form, when it is open, and the page that starts it."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Person, User
from assessments.attempts import start_attempt, submit_attempt
from assessments.forms_freeze import freeze_form
from assessments.models import Attempt, QuestionBank, TestForm
from assessments.run_tests import has_forms, run_form, run_test_is_open
from courses.enums import RunState
from courses.models import CurriculumPage
from courses.progress import complete_lesson, start_run
from tests.factories.accounts import make_person, make_user
from tests.factories.assessments import make_questions
from tests.factories.courses import lessons_of, publish_curriculum
from tests.factories.trainers import make_curriculum, make_session
from trainers.models import Participation
from trainers.participation.records import enrol

pytestmark = pytest.mark.django_db


def forms_for(
    curriculum: CurriculumPage, letters: str = "AB", group: str = "rep"
) -> list[TestForm]:
    bank = QuestionBank.objects.create(
        code=f"banque-{curriculum.slug}-{group}", title="Banque", curriculum=curriculum
    )
    questions = make_questions(bank, "ABCDABCDAB")
    return [
        freeze_form(
            code=f"{group}-{letter.lower()}",
            bank=bank,
            questions=questions,
            parallel_group=group,
            letter=letter,
        )
        for letter in letters
    ]


def run_participation(person: Person, curriculum: CurriculumPage) -> Participation:
    run = start_run(person=person, curriculum=curriculum)
    return Participation.objects.get_or_create(
        course_run=run, defaults={"person": person, "enrolled_at": timezone.now()}
    )[0]


@pytest.fixture
def curriculum() -> CurriculumPage:
    return publish_curriculum("reperer")


@pytest.fixture
def learner() -> User:
    return make_user(person=make_person("TRAORE", "Awa"))


@pytest.fixture
def participation(learner: User, curriculum: CurriculumPage) -> Participation:
    assert learner.person
    return run_participation(learner.person, curriculum)


def read_all(participation: Participation) -> None:
    assert participation.course_run
    for lesson in lessons_of(participation.course_run.curriculum):
        complete_lesson(person=participation.person, lesson=lesson)
    participation.course_run.refresh_from_db()


def start(participation: Participation, occasion: str, form: TestForm) -> Attempt:
    return start_attempt(
        uuid=uuid.uuid4(), participation=participation, occasion=occasion, form=form
    )


def test_two_runs_in_a_row_take_the_forms_in_opposite_orders(curriculum: CurriculumPage) -> None:
    forms_for(curriculum)
    taken = {}
    for _number in range(4):
        one = run_participation(make_person(), curriculum)
        forms = [run_form(one, occasion) for occasion in ("PRE", "POST")]
        taken[one.course_run_id] = "".join(form.letter for form in forms if form)

    first, *others = [taken[pk] for pk in sorted(taken)]
    assert {first, others[0]} == {"AB", "BA"}
    assert others[1:] == [first, others[0]]
    assert all(("AB" if pk % 2 == 0 else "BA") == letters for pk, letters in taken.items())


def test_a_single_form_is_asked_before_and_after(
    curriculum: CurriculumPage, participation: Participation
) -> None:
    only = forms_for(curriculum, "A")[0]

    assert run_form(participation, "PRE") == only
    assert run_form(participation, "POST") == only


def test_a_curriculum_without_form_has_no_test(
    curriculum: CurriculumPage, participation: Participation
) -> None:
    forms_for(publish_curriculum("autre"))

    assert run_form(participation, "PRE") is None
    assert not has_forms(curriculum)


def test_a_copy_already_started_keeps_its_form_and_its_pair_when_forms_are_imported_again(
    curriculum: CurriculumPage, participation: Participation
) -> None:
    forms_for(curriculum)
    before = run_form(participation, "PRE")
    assert before
    start(participation, "PRE", before)
    forms_for(curriculum, "AB", "nouveau")

    after = run_form(participation, "POST")

    assert run_form(participation, "PRE") == before
    assert after
    assert after.parallel_group == "rep"
    assert {before.letter, after.letter} == {"A", "B"}


def test_the_last_pair_frozen_is_taken_and_a_lone_form_never_before_a_pair(
    curriculum: CurriculumPage, participation: Participation
) -> None:
    forms_for(curriculum)
    forms_for(curriculum, "AB", "nouveau")
    forms_for(curriculum, "A", "seul")

    form = run_form(participation, "PRE")

    assert form
    assert form.parallel_group == "nouveau"


def test_the_pre_test_closes_with_the_first_lesson_and_the_post_test_opens_with_the_last(
    curriculum: CurriculumPage, participation: Participation
) -> None:
    forms_for(curriculum)
    open_at_start = [run_test_is_open(participation, one) for one in ("PRE", "POST")]
    complete_lesson(person=participation.person, lesson=lessons_of(curriculum)[0])
    open_midway = [run_test_is_open(participation, one) for one in ("PRE", "POST")]
    read_all(participation)

    assert open_at_start == [True, False]
    assert open_midway == [False, False]
    assert [run_test_is_open(participation, one) for one in ("PRE", "POST")] == [False, True]


def test_a_run_given_up_opens_no_test(participation: Participation) -> None:
    assert participation.course_run
    participation.course_run.state = RunState.LEFT
    participation.course_run.save()

    assert not run_test_is_open(participation, "PRE")
    assert not run_test_is_open(participation, "POST")


def test_a_test_of_a_session_is_not_a_test_of_a_run() -> None:
    curriculum = make_curriculum()
    forms_for(curriculum)
    participation = enrol(session=make_session(curriculum=curriculum), person=make_person())

    assert run_form(participation, "PRE") is None
    assert not run_test_is_open(participation, "PRE")


def test_starting_a_test_twice_is_one_copy(
    client: Client, learner: User, curriculum: CurriculumPage, participation: Participation
) -> None:
    forms_for(curriculum)
    client.force_login(learner)
    address = f"/parcours/{participation.course_run_id}/test/pre/"
    page = client.get(address)

    first = client.post(address, {"uuid": page.context["uuid"]})
    second = client.post(address, {"uuid": str(uuid.uuid4())})

    attempt = Attempt.objects.get()
    assert "Formation reperer" in page.content.decode()
    assert "10 questions" in page.content.decode()
    assert attempt.participation == participation
    assert attempt.uuid == page.context["uuid"]
    assert first["Location"] == second["Location"] == f"/tests/{attempt.uuid}/1/"


def test_a_phone_that_keeps_each_answer_is_told_of_no_page(
    client: Client, learner: User, curriculum: CurriculumPage, participation: Participation
) -> None:
    forms_for(curriculum)
    client.force_login(learner)
    address = f"/parcours/{participation.course_run_id}/test/pre/"

    plain = client.get(address).content.decode()
    client.cookies["js"] = "1"
    kept = client.get(address).content.decode()

    assert "Le test tient sur 2 pages" in plain
    assert "Le test tient sur" not in kept
    assert "gardée sur votre téléphone dès que vous la touchez" in kept


def test_the_result_leads_on_to_the_lessons_then_to_the_attestations(
    client: Client, learner: User, curriculum: CurriculumPage, participation: Participation
) -> None:
    form = forms_for(curriculum)[0]
    client.force_login(learner)
    before = start(participation, "PRE", form)
    submit_attempt(attempt=before)
    departure = client.get(f"/tests/{before.uuid}/resultat/").content.decode()
    read_all(participation)
    after = start(participation, "POST", form)
    submit_attempt(attempt=after)

    arrival = client.get(f"/tests/{after.uuid}/resultat/").content.decode()

    actions = departure.rpartition('<div class="actions">')[2]
    assert f"/parcours/{participation.course_run_id}/reprendre/" in actions
    assert "/mon-espace/attestations/" not in actions
    actions = arrival.rpartition('<div class="actions">')[2]
    assert "/mon-espace/attestations/" in actions
    assert "/reprendre/" not in actions


def test_a_test_that_is_not_open_says_when_it_will_be_and_starts_nothing(
    client: Client, learner: User, curriculum: CurriculumPage, participation: Participation
) -> None:
    forms_for(curriculum)
    client.force_login(learner)
    address = f"/parcours/{participation.course_run_id}/test/post/"

    page = client.post(address, {"uuid": str(uuid.uuid4())})

    assert "s’ouvre quand toutes les leçons sont lues" in page.content.decode()
    assert not Attempt.objects.exists()


def test_the_run_of_somebody_else_is_not_found(
    client: Client, curriculum: CurriculumPage, participation: Participation
) -> None:
    forms_for(curriculum)
    client.force_login(make_user("ADMINISTRATOR", "COMMITTEE"))

    page = client.get(f"/parcours/{participation.course_run_id}/test/pre/")

    assert page.status_code == 404
    assert "Formation reperer" not in page.content.decode()
