"""Planned against done, counted by hand on a small plan."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.accounts import make_cercle, make_region, make_user
from tests.factories.trainers import (
    attend,
    complete_file,
    make_event,
    make_plan_item,
    make_session,
)
from trainers.models import PlanActivityBudget, PlanItem
from trainers.national_plan.attachments import attach_event, attach_session
from trainers.national_plan.board import (
    Asked,
    asked_for,
    by_activity,
    by_territory,
    by_year,
    rows_of,
)
from trainers.national_plan.expenses import record_expense, void_expense
from trainers.national_plan.progress import Done, LineState
from trainers.sessions.planning import cancel_session, submit_session, validate_session

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 7, 1)
ALL = (1, 2, 3, 4)


def spend(on: object, amount: int) -> object:
    return record_expense(
        uuid=uuid.uuid4(),
        on=on,  # type: ignore[arg-type]
        spent_on=datetime.date(2025, 5, 20),
        label="Dépense",
        amount=amount,
    )


def plan_with_work() -> PlanItem:
    """Three planned; one validated, one running and past, one cancelled, one to come."""
    item = make_plan_item()
    validated = make_session("SEG-1")
    attend(validated, positions=ALL)
    attend(validated, positions=ALL)
    attend(validated, positions=(1,))
    attend(validated, positions=())
    complete_file(validated)
    submit_session(session=validated, by=None)
    validate_session(session=validated, by=make_user("COMMITTEE"), has_tests=False)
    running = make_session("SEG-2")
    attend(running, positions=ALL)
    cancelled = make_session("SEG-3")
    planned = make_session("SEG-4", starts_on=datetime.date(2025, 9, 1))
    for session in (validated, running, cancelled, planned):
        attach_session(session=session, item=item)
    cancel_session(session=cancelled, reason="Route coupée")
    spend(item, 100_000)
    spend(validated, 1_000_000)
    spend(cancelled, 20_000)  # what was paid is paid
    void_expense(expense=spend(running, 999), reason="Erreur")  # type: ignore[arg-type]
    return item


def test_line_gathers_its_sessions_people_and_money() -> None:
    item = plan_with_work()

    row = rows_of(PlanItem.objects.all(), DAY)[0]

    assert row.item == item
    assert row.line.done == Done(
        held=2, validated=1, present=4, trained=3, reached=0, spent=1_120_000
    )
    assert row.state == LineState.LATE


def test_event_adds_its_public_apart_from_named_people() -> None:
    item = make_plan_item(activity="A1.1.1-04", planned_sessions=1)
    event = attach_event(event=make_event(people=85), item=item)
    spend(event, 75_000)

    row = rows_of(PlanItem.objects.all(), DAY)[0]

    assert row.line.done == Done(held=1, validated=0, reached=85, spent=75_000)
    assert row.state == LineState.TO_VALIDATE


def test_totals_stand_beside_the_printed_budget() -> None:
    item = make_plan_item(budget=6_000_000)
    make_plan_item(budget=4_000_000, due_on=datetime.date(2025, 9, 30))
    make_plan_item(year=2026, territory=make_cercle(), budget=None)
    for year, amount in ((2025, 15_000_000), (2026, 12_000_000), (2027, None)):
        PlanActivityBudget.objects.create(activity=item.activity, year=year, amount=amount)
    rows = rows_of(PlanItem.objects.all(), DAY)

    years = by_year(rows, Asked(), DAY)
    activities = by_activity(rows, Asked(), DAY)
    territories = by_territory(rows, DAY)

    assert [(one.key, one.total.budget, one.printed, one.difference) for one in years] == [
        ("2025", 10_000_000, 15_000_000, -5_000_000),
        ("2026", 0, 12_000_000, -12_000_000),
    ]
    assert [(one.key, one.printed, one.total.lines_without_budget) for one in activities] == [
        ("A3.2.1-03", 27_000_000, 1)
    ]
    assert [(one.key, one.total.lines, one.printed) for one in territories] == [("segou", 3, None)]


def test_a_part_of_the_country_is_not_held_against_the_national_budget() -> None:
    item = make_plan_item()
    PlanActivityBudget.objects.create(activity=item.activity, year=2025, amount=15_000_000)
    asked = Asked(territory=make_region())
    rows = rows_of(asked_for(PlanItem.objects.all(), asked), DAY)

    assert [one.printed for one in by_year(rows, asked, DAY)] == [None]


def test_region_asked_for_holds_its_cercles() -> None:
    make_plan_item(territory=make_cercle())
    make_plan_item(territory=make_region("kayes", "Kayes"))

    found = asked_for(PlanItem.objects.all(), Asked(territory=make_region()))

    assert [item.territory.code for item in found] == ["segou/niono"]


@pytest.mark.parametrize("lines", [1, 3])
def test_rows_take_four_queries(lines: int) -> None:
    for day in range(1, lines + 1):
        attach_session(
            session=make_session(), item=make_plan_item(due_on=datetime.date(2025, 6, day))
        )

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(rows_of(PlanItem.objects.all(), DAY)) == lines

    assert len(queries) == 4
