"""Spending: written once, proved by a file, voided and never overwritten."""

import datetime
import uuid
from typing import Any

import pytest

from accounts.enums import Role
from tests.factories.accounts import make_user
from tests.factories.trainers import make_event, make_plan_item, make_session
from trainers.enums import EvidenceKind
from trainers.evidence import sha256_of
from trainers.models import Evidence, Expense
from trainers.national_plan.expenses import ExpenseRefused, Proof, record_expense, void_expense

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 5, 12)


def spend(**facts: Any) -> Expense:
    facts.setdefault("uuid", uuid.uuid4())
    facts.setdefault("spent_on", DAY)
    facts.setdefault("label", "Location de la salle")
    facts.setdefault("amount", 150_000)
    return record_expense(**facts)


def test_the_same_uuid_is_one_expense() -> None:
    item, once = make_plan_item(), uuid.uuid4()

    first = spend(uuid=once, on=item)
    again = spend(uuid=once, on=item, amount=999)

    assert again == first
    assert Expense.objects.get().amount == 150_000


def test_an_expense_is_of_one_thing_and_keeps_its_proof() -> None:
    session, event, item = make_session("SEG-1"), make_event("EVT-1"), make_plan_item()
    proof = Proof(b"facture 12", "facture.pdf")

    spent = [spend(on=on, proof=proof) for on in (session, event, item)]

    assert [(one.session, one.event, one.plan_item) for one in spent] == [
        (session, None, None),
        (None, event, None),
        (None, None, item),
    ]
    kept = list(Evidence.objects.order_by("pk").values_list("kind", "session", "event", "sha256"))
    sha256 = sha256_of(b"facture 12")
    assert kept == [
        (EvidenceKind.EXPENSE_PROOF, session.pk, None, sha256),
        (EvidenceKind.EXPENSE_PROOF, None, event.pk, sha256),
        (EvidenceKind.EXPENSE_PROOF, None, None, sha256),
    ]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"label": "  "}, "ce qui a été payé"),
        ({"label": "x" * 161}, "dépasse 160 caractères"),
        ({"amount": 0}, "plus grand que zéro"),
        ({"spent_on": datetime.date(2099, 1, 1)}, "pas d'avance"),
        ({"spent_on": datetime.date(2022, 12, 31)}, "commence en 2023"),
        ({"proof": Proof(b"", "facture.pdf")}, "est vide"),
        ({"proof": Proof(b"x", "facture.exe")}, "ni un PDF"),
    ],
)
def test_impossible_expenses_are_refused(facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ExpenseRefused, match=sentence):
        spend(on=make_plan_item(), **facts)
    assert not Expense.objects.exists()


def test_void_takes_a_reason_and_keeps_the_line() -> None:
    committee = make_user(Role.COMMITTEE)
    expense = spend(on=make_plan_item())

    with pytest.raises(ExpenseRefused, match="Dites pourquoi"):
        void_expense(expense=expense, by=committee, reason=" ")
    void_expense(expense=expense, by=committee, reason="Facture en double")
    void_expense(expense=expense, by=committee, reason="Encore")

    voided = Expense.objects.get()
    assert (voided.amount, voided.void_reason, voided.voided_by) == (
        150_000,
        "Facture en double",
        committee,
    )
