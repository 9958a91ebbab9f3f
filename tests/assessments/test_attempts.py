"""Copies: started once, answered page by page, handed in once."""

import uuid

import pytest

from assessments.attempts import (
    CopyAlreadyRecorded,
    CopyAlreadySubmitted,
    CopyRefused,
    PaperCopy,
    record_paper_copies,
    save_responses,
    start_attempt,
    submit_attempt,
)
from assessments.form_key import AnswersMisfit
from assessments.models import Attempt, TestForm
from assessments.session_tests import close_test, open_test, plan_tests
from tests.factories.assessments import answers, make_copy, make_form, make_participation
from tests.factories.trainers import attend, make_session
from trainers.models import Participation
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db

ONE, TWO = uuid.UUID(int=1), uuid.UUID(int=2)


@pytest.fixture
def form() -> TestForm:
    return make_form(key="AAAAAAAAAA")


@pytest.fixture
def participation() -> Participation:
    return attend(make_session(), positions=(1, 2, 3, 4))


def start(participation: Participation, form: TestForm, identifier: uuid.UUID = ONE) -> Attempt:
    return start_attempt(uuid=identifier, participation=participation, occasion="POST", form=form)


def test_a_copy_starts_with_no_answer(participation: Participation, form: TestForm) -> None:
    attempt = start(participation, form)

    assert (attempt.responses, attempt.submitted_at) == ([None] * 10, None)
    assert attempt.source == "PHONE"


def test_the_same_uuid_is_the_same_copy(participation: Participation, form: TestForm) -> None:
    assert start(participation, form).pk == start(participation, form).pk
    assert Attempt.objects.count() == 1


def test_another_uuid_resumes_the_copy_begun(participation: Participation, form: TestForm) -> None:
    first = start(participation, form)
    save_responses(attempt=first, answers={1: "A"})

    again = start(participation, form, TWO)

    assert (again.pk, again.uuid, again.responses[0]) == (first.pk, ONE, "A")


def test_the_uuid_of_somebody_else_is_refused(participation: Participation, form: TestForm) -> None:
    start(make_participation(participation.session), form)

    with pytest.raises(CopyRefused, match="identifiant de copie"):
        start(participation, form)


def test_pages_are_saved_one_after_the_other(participation: Participation, form: TestForm) -> None:
    attempt = start(participation, form)
    save_responses(attempt=attempt, answers={1: "A", 2: "B"})
    saved = save_responses(attempt=attempt, answers={2: None, 10: "C"})

    assert saved.responses == answers("A........C")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({1: "E"}, "Question 1 : « E » n'est pas une lettre de A à D."),
        ({1: ""}, "Question 1 : «  » n'est pas une lettre de A à D."),
        ({1: "AB"}, "Question 1 : « AB » n'est pas une lettre de A à D."),
    ],
)
def test_a_letter_that_is_no_choice_is_refused(
    participation: Participation, form: TestForm, given: dict[int, str], sentence: str
) -> None:
    with pytest.raises(AnswersMisfit) as refusal:
        save_responses(attempt=start(participation, form), answers=given)

    assert str(refusal.value) == sentence


def test_a_question_that_does_not_exist_is_refused(
    participation: Participation, form: TestForm
) -> None:
    with pytest.raises(CopyRefused, match="La question 11 n'existe pas"):
        save_responses(attempt=start(participation, form), answers={11: "A"})


def test_handing_in_scores_and_certifies(participation: Participation, form: TestForm) -> None:
    attempt = start(participation, form)
    save_responses(attempt=attempt, answers=dict(enumerate("AAAAAAABB", start=1)))

    handed_in = submit_attempt(attempt=attempt)

    participation.refresh_from_db()
    assert (handed_in.correct, handed_in.counted_items, handed_in.percent) == (7, 10, 70.0)
    assert (participation.status, participation.post_percent) == ("CERTIFIED", 70.0)


def test_handing_in_again_changes_nothing(participation: Participation, form: TestForm) -> None:
    attempt = start(participation, form)
    first = submit_attempt(attempt=attempt)

    again = submit_attempt(attempt=attempt)

    assert (again.submitted_at, again.percent) == (first.submitted_at, 0.0)


def test_a_copy_handed_in_takes_no_more_answers(
    participation: Participation, form: TestForm
) -> None:
    attempt = start(participation, form)
    submit_attempt(attempt=attempt)

    with pytest.raises(CopyAlreadySubmitted):
        save_responses(attempt=attempt, answers={1: "A"})


def test_a_pre_test_never_moves_the_ladder(participation: Participation, form: TestForm) -> None:
    make_copy(participation, form, "PRE", "AAAAAAAAAA")

    participation.refresh_from_db()
    assert (participation.status, participation.post_percent) == ("TRAINED", None)


def test_a_closed_test_takes_no_answer_but_is_handed_in(
    participation: Participation, form: TestForm
) -> None:
    plan_tests(session=participation.session, pre=[], post=[form])
    open_test(session=participation.session, occasion="POST")
    attempt = start(participation, form)
    save_responses(attempt=attempt, answers={1: "A"})
    close_test(session=participation.session, occasion="POST")

    with pytest.raises(CopyRefused, match="Le test est fermé"):
        save_responses(attempt=attempt, answers={2: "A"})
    assert submit_attempt(attempt=attempt).percent == 10.0


def test_a_cancelled_session_starts_no_copy(participation: Participation, form: TestForm) -> None:
    cancel_session(session=participation.session, reason="Route coupée")

    with pytest.raises(CopyRefused, match="ne reçoit plus de copie"):
        start(participation, form)


def test_a_closed_session_receives_no_copy_begun_before(
    participation: Participation, form: TestForm
) -> None:
    attempt = start(participation, form)
    cancel_session(session=participation.session, reason="Route coupée")

    with pytest.raises(CopyRefused, match="ne reçoit plus de copie"):
        submit_attempt(attempt=attempt)


def test_a_paper_copy_again_is_the_same_copy(participation: Participation, form: TestForm) -> None:
    first = make_copy(participation, form, "PRE", "ABCDABCDA.")

    assert make_copy(participation, form, "PRE", "ABCDABCDA.").pk == first.pk
    assert first.responses == answers("ABCDABCDA.")


def test_another_paper_copy_of_the_same_person_is_refused(
    participation: Participation, form: TestForm
) -> None:
    make_copy(participation, form, "PRE", "ABCDABCDAB")

    with pytest.raises(CopyAlreadyRecorded, match=r"Copie déjà enregistrée, différente."):
        make_copy(participation, form, "PRE", "ABCDABCDAA")


def test_a_phone_copy_never_handed_in_gives_way_to_paper(
    participation: Participation, form: TestForm
) -> None:
    begun = start(participation, form)

    recorded = make_copy(participation, form, "POST", "AAAAAAAAAA")

    participation.refresh_from_db()
    recorded.refresh_from_db()
    assert (recorded.pk, recorded.source, recorded.percent) == (begun.pk, "TYPED", 100.0)
    assert participation.status == "CERTIFIED"


def test_a_pile_of_paper_is_recorded_whole_or_not_at_all(
    participation: Participation, form: TestForm
) -> None:
    other = make_participation(participation.session)

    with pytest.raises(AnswersMisfit, match="La copie a 2 réponses, le test a 10 questions"):
        record_paper_copies(
            copies=[
                PaperCopy(participation, answers("AAAAAAAAAA")),
                PaperCopy(other, answers("AB")),
            ],
            form=form,
            occasion="POST",
            source="TYPED",
        )

    assert Attempt.objects.count() == 0


def test_a_pile_of_paper_takes_a_fixed_number_of_queries(
    form: TestForm, django_assert_num_queries: object
) -> None:
    session = make_session()
    for size, occasion in ((1, "PRE"), (3, "PRE")):
        people = [make_participation(session) for _ in range(size)]
        with django_assert_num_queries(6):
            record_paper_copies(
                copies=[PaperCopy(one, answers("AAAAAAAAAA")) for one in people],
                form=form,
                occasion=occasion,
                source="TYPED",
            )
