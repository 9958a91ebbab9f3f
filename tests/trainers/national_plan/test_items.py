"""Lines of the plan: written once, changed with a trace, closed where something hangs on them."""

import datetime
import uuid
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from courses.models import Topic
from tests.factories.accounts import make_profession, make_region, make_user
from tests.factories.trainers import make_plan_item, make_session
from trainers.models import PlanItem
from trainers.national_plan.attachments import attach_session
from trainers.national_plan.expenses import record_expense, void_expense
from trainers.national_plan.items import (
    ItemFacts,
    ItemRefused,
    add_item,
    close_item,
    edit_item,
    remove_item,
    reopen_item,
)

pytestmark = pytest.mark.django_db
DUE = datetime.date(2025, 6, 30)


def facts_of(item: PlanItem, **changes: Any) -> ItemFacts:
    names = ItemFacts.__dataclass_fields__
    return ItemFacts(**{**{name: getattr(item, name) for name in names}, **changes})


def topic() -> Topic:
    return Topic.objects.get_or_create(code="identification", defaults={"name": "Identification"})[
        0
    ]


@pytest.mark.parametrize("has_topic", [True, False])
@pytest.mark.parametrize("has_category", [True, False])
def test_the_same_line_is_never_written_twice(has_topic: bool, has_category: bool) -> None:
    blanks = {
        "topic": topic() if has_topic else None,
        "category": make_profession().category if has_category else None,
    }
    item = make_plan_item(**blanks)

    with pytest.raises(ItemRefused, match="existe déjà"):
        make_plan_item(**blanks, budget=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanItem.objects.create(
            activity=item.activity,
            year=item.year,
            territory=item.territory,
            due_on=item.due_on,
            planned_sessions=9,
            **blanks,
        )
    assert PlanItem.objects.get().budget == 6_000_000


def test_lines_differ_by_one_blank_only() -> None:
    make_plan_item()
    make_plan_item(topic=topic())
    make_plan_item(category=make_profession().category)
    make_plan_item(topic=topic(), category=make_profession().category)

    assert PlanItem.objects.count() == 4


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"year": 2022, "due_on": datetime.date(2022, 6, 30)}, "Le plan va de 2023 à 2027"),
        ({"due_on": datetime.date(2026, 1, 1)}, "dans l'année de la ligne"),
        ({"planned_sessions": 0}, "de 1 à 1000 sessions"),
        ({"planned_people": 0}, "ou reste vide"),
        ({"budget": -1}, "hors de proportion"),
        ({"note": "n" * 201}, "dépasse 200 caractères"),
    ],
)
def test_impossible_lines_are_refused(changes: dict[str, Any], sentence: str) -> None:
    with pytest.raises(ItemRefused, match=sentence):
        make_plan_item(**changes)
    assert not PlanItem.objects.exists()


def test_change_keeps_who_and_why() -> None:
    committee = make_user(Role.COMMITTEE)
    item = make_plan_item(by=committee)

    edit_item(item=item, facts=facts_of(item, budget=7_000_000), by=committee, reason="Avenant 2")
    edit_item(item=item, facts=facts_of(item, budget=7_000_000), by=committee, reason="Encore")

    lines = item.history.order_by("history_id")
    assert [(line.budget, line.history_change_reason, line.history_user) for line in lines] == [
        (6_000_000, "Ligne inscrite", committee),
        (7_000_000, "Avenant 2", committee),
    ]


def test_change_into_another_line_is_refused() -> None:
    make_plan_item()
    other = make_plan_item(due_on=datetime.date(2025, 9, 30))

    with pytest.raises(ItemRefused, match="existe déjà"):
        edit_item(item=other, facts=facts_of(other, due_on=DUE))


def test_removed_line_stays_in_its_history() -> None:
    committee = make_user(Role.COMMITTEE)
    item = make_plan_item()

    with pytest.raises(ItemRefused, match="Dites pourquoi"):
        remove_item(item=item, by=committee, reason="  ")
    remove_item(item=item, by=committee, reason="Doublon")

    assert not PlanItem.objects.exists()
    last = PlanItem.history.latest("history_id")
    assert (last.history_type, last.history_change_reason, last.history_user) == (
        "-",
        "Doublon",
        committee,
    )


def test_line_in_use_is_closed_and_not_removed() -> None:
    item = make_plan_item()
    attach_session(session=make_session(), item=item)

    with pytest.raises(ItemRefused, match="fermez-la plutôt"):
        remove_item(item=item, reason="Doublon")
    with pytest.raises(ItemRefused, match="ne changent plus"):
        edit_item(item=item, facts=facts_of(item, territory=make_region("kayes", "Kayes")))

    closed = close_item(item=item, reason="Bailleur retiré", on=DUE)
    assert (closed.closed_on, closed.close_reason) == (DUE, "Bailleur retiré")
    with pytest.raises(ItemRefused, match="rouvrez-la"):
        edit_item(item=item, facts=facts_of(item, budget=1))
    assert reopen_item(item=item, reason="Nouveau bailleur").closed_on is None


def test_a_voided_expense_still_holds_its_line() -> None:
    item = make_plan_item()
    expense = record_expense(uuid=uuid.uuid4(), on=item, spent_on=DUE, label="Salle", amount=50_000)
    void_expense(expense=expense, reason="Erreur")

    with pytest.raises(ItemRefused, match="fermez-la plutôt"):
        remove_item(item=item, reason="Doublon")


def test_line_that_is_gone_is_told() -> None:
    item = make_plan_item()
    remove_item(item=PlanItem.objects.get(), reason="Doublon")

    with pytest.raises(ItemRefused, match="vient d'être retirée"):
        close_item(item=item, reason="Trop tard")


def test_the_same_facts_may_be_added_again_once_removed() -> None:
    item = make_plan_item()
    facts = facts_of(item)
    remove_item(item=item, reason="Erreur")

    assert add_item(facts=facts).budget == 6_000_000
