"""Two at the same moment, on real connections: one line, one expense, one answer; none is lost."""

import datetime
import uuid
from collections.abc import Callable
from typing import Any

import pytest

from tests.factories.threads import at_once
from tests.factories.trainers import make_plan_item, make_session
from tests.trainers.national_plan.test_items import facts_of
from tests.trainers.national_plan.test_surveys import answer, make_survey, topics
from trainers.models import Expense, NeedsAnswer, NeedsRating, PlanItem, TrainingSession
from trainers.national_plan.attachments import attach_session
from trainers.national_plan.expenses import ExpenseRefused, record_expense
from trainers.national_plan.items import ItemRefused, add_item, remove_item

pytestmark = pytest.mark.django_db(transaction=True)
DAY = datetime.date(2025, 5, 12)


def outcome(call: Callable[[], object]) -> str:
    try:
        call()
    except (ItemRefused, ExpenseRefused):
        return "refused"
    return "done"


def test_the_same_line_typed_by_two_is_one_line() -> None:
    item = make_plan_item()
    facts = facts_of(item)
    item.delete()

    def add() -> str:
        return outcome(lambda: add_item(facts=facts))

    assert sorted(at_once(add, add)) == ["done", "refused"]
    assert PlanItem.objects.count() == 1


def test_the_same_expense_sent_twice_at_once_counts_once() -> None:
    session, key = make_session(), uuid.uuid4()

    def spend() -> int:
        return record_expense(uuid=key, on=session, spent_on=DAY, label="Salle", amount=150_000).pk

    first, second = at_once(spend, spend)
    assert first == second
    assert Expense.objects.get().amount == 150_000


def test_the_same_answer_sent_twice_at_once_counts_once() -> None:
    topics("law", "data")
    survey, key = make_survey(), uuid.uuid4()

    def send() -> Any:
        return answer(survey, {"law": (5, 1), "data": (3, 3)}, uuid=key).pk

    first, second = at_once(send, send)
    assert first == second
    assert (NeedsAnswer.objects.count(), NeedsRating.objects.count()) == (1, 2)


@pytest.mark.parametrize("what", ["session", "expense"])
def test_a_line_is_not_removed_under_what_is_being_hung_on_it(what: str) -> None:
    item, session = make_plan_item(), make_session()
    acts: dict[str, Callable[[], object]] = {
        "session": lambda: attach_session(session=session, item=item),
        "expense": lambda: record_expense(
            uuid=uuid.uuid4(), on=item, spent_on=DAY, label="Salle", amount=5_000
        ),
    }

    done = at_once(
        lambda: outcome(acts[what]), lambda: outcome(lambda: remove_item(item=item, reason="Trop"))
    )

    assert sorted(done) == ["done", "refused"]
    hung = TrainingSession.objects.exclude(plan_item=None).count() + Expense.objects.count()
    assert hung == PlanItem.objects.count()
