"""Freezing a form, and withdrawing an item."""

import pytest

from assessments.forms_freeze import FormRefused, ItemNotWithdrawn, freeze_form, withdraw_item
from assessments.models import QuestionBank
from tests.factories.accounts import make_user
from tests.factories.assessments import make_copy, make_form, make_participation, make_questions
from tests.factories.trainers import attend, make_session

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank() -> QuestionBank:
    return QuestionBank.objects.create(code="banque", title="Banque")


def test_a_form_copies_its_questions_word_for_word(bank: QuestionBank) -> None:
    questions = make_questions(bank, "ABCDABCDAB")
    form = freeze_form(code="a", bank=bank, questions=questions)

    questions[0].stem = "Énoncé retouché"
    questions[0].save()

    item = form.items.get(position=1)
    assert item.stem == "Énoncé 1"
    assert item.choices[0] == {"text": "Réponse 1A", "is_correct": True, "feedback": "Retour 1A"}
    assert (form.parallel_group, form.mastery, form.title) == ("a", 70, "a")


def test_the_same_code_with_the_same_content_is_the_same_form(bank: QuestionBank) -> None:
    questions = make_questions(bank, "ABCDABCDAB")
    form = freeze_form(code="a", bank=bank, questions=questions)

    assert freeze_form(code="a", bank=bank, questions=questions).pk == form.pk
    assert form.items.count() == 10


def test_the_same_code_with_other_content_is_refused(bank: QuestionBank) -> None:
    questions = make_questions(bank, "ABCDABCDAB")
    freeze_form(code="a", bank=bank, questions=questions)

    with pytest.raises(FormRefused) as refusal:
        freeze_form(code="a", bank=bank, questions=list(reversed(questions)))

    assert str(refusal.value) == (
        "Le formulaire « a » est déjà figé avec un autre contenu : donnez un autre code."
    )


def test_a_form_that_guessing_passes_is_refused_with_the_figure(bank: QuestionBank) -> None:
    questions = make_questions(bank, "ABABABABAB", choices=2)

    with pytest.raises(FormRefused, match=r"37,7 %"):
        freeze_form(code="a", bank=bank, questions=questions, mastery=60)


def test_an_empty_form_is_refused(bank: QuestionBank) -> None:
    with pytest.raises(FormRefused, match="au moins une question"):
        freeze_form(code="a", bank=bank, questions=[])


def test_withdrawing_an_item_rescores_everyone_and_keeps_a_trace() -> None:
    session, user = make_session(), make_user()
    form = make_form(key="AAAAAAAAAA")
    strong = attend(session, positions=(1, 2, 3, 4))
    weak = make_participation(session)
    copy = make_copy(strong, form, "POST", "AAAAAABBBB")  # 6 of 10
    other = make_copy(weak, form, "POST", "BAAAAAAAAA")  # 9 of 10, first one wrong
    strong.refresh_from_db()
    assert (strong.status, strong.post_percent) == ("TRAINED", 60.0)

    for position in (7, 8):
        moved = withdraw_item(
            item=form.items.get(position=position), reason="Deux réponses justes", by=user
        )
        assert moved == 2

    copy.refresh_from_db()
    other.refresh_from_db()
    strong.refresh_from_db()
    assert (copy.correct, copy.counted_items, copy.percent) == (6, 8, 75.0)
    assert (other.correct, other.counted_items, other.percent) == (7, 8, 87.5)
    assert strong.status == "CERTIFIED"
    item = form.items.get(position=7)
    assert (item.withdrawal_reason, item.withdrawn_by) == ("Deux réponses justes", user)
    assert item.withdrawn_at is not None


def test_withdrawing_twice_changes_nothing() -> None:
    form = make_form()
    item = form.items.get(position=1)
    withdraw_item(item=item, reason="Ambiguë", by=None)

    assert withdraw_item(item=item, reason="Autre motif", by=None) == 0
    item.refresh_from_db()
    assert item.withdrawal_reason == "Ambiguë"


def test_withdrawing_needs_a_reason() -> None:
    with pytest.raises(ItemNotWithdrawn, match="motif"):
        withdraw_item(item=make_form().items.get(position=1), reason="  ", by=None)


def test_the_last_counted_item_stays(bank: QuestionBank) -> None:
    form = make_form(key="ABC", choices=6)
    for position in (1, 2):
        withdraw_item(item=form.items.get(position=position), reason="Ambiguë", by=None)

    with pytest.raises(ItemNotWithdrawn, match="dernier item"):
        withdraw_item(item=form.items.get(position=3), reason="Ambiguë", by=None)


def test_a_code_longer_than_its_column_is_refused(bank: QuestionBank) -> None:
    questions = make_questions(bank, "ABCDABCDAB")

    with pytest.raises(FormRefused, match="60 caractères au plus"):
        freeze_form(code="f" * 61, bank=bank, questions=questions)

    assert freeze_form(code="f" * 60, bank=bank, questions=questions).code == "f" * 60
