"""What hangs on a line: the same year, within the territory, and the same activity."""

import datetime

import pytest

from accounts.models import Territory
from tests.factories.accounts import make_cercle, make_country, make_region
from tests.factories.trainers import make_event, make_plan_item, make_session
from trainers.models import TrainingSession
from trainers.national_plan.attachments import (
    CannotAttach,
    attach_event,
    attach_session,
    detach_event,
    detach_session,
    events_fitting,
    items_fitting,
    sessions_fitting,
)
from trainers.national_plan.items import close_item
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db


def place(name: str) -> Territory:
    return {
        "country": make_country,
        "region": make_region,
        "cercle": make_cercle,
        "elsewhere": lambda: make_region("kayes", "Kayes"),
    }[name]()


@pytest.mark.parametrize(
    ("line", "session", "fits"),
    [
        ("region", "region", True),
        ("region", "cercle", True),
        ("country", "cercle", True),
        ("cercle", "region", False),
        ("region", "elsewhere", False),
    ],
)
def test_session_lies_within_the_territory_of_its_line(line: str, session: str, fits: bool) -> None:
    item = make_plan_item(territory=place(line))
    opened = make_session("SEG-1", territory=place(session))

    assert sessions_fitting(item).exists() is fits
    assert items_fitting(opened.territory, opened.starts_on).exists() is fits
    if fits:
        assert attach_session(session=opened, item=item).plan_activity == item.activity
    else:
        with pytest.raises(CannotAttach, match="n'est pas dans le territoire"):
            attach_session(session=opened, item=item)


def test_session_of_another_year_is_refused() -> None:
    session = make_session(starts_on=datetime.date(2024, 5, 13))

    with pytest.raises(CannotAttach, match="La ligne est de 2025, et la date est de 2024"):
        attach_session(session=session, item=make_plan_item())


def test_closed_line_and_cancelled_session_take_nothing_more() -> None:
    item, session = make_plan_item(), make_session()
    close_item(item=item, reason="Bailleur retiré")
    with pytest.raises(CannotAttach, match="close"):
        attach_session(session=session, item=item)
    cancel_session(session=session, reason="Route coupée")

    with pytest.raises(CannotAttach, match="annulée"):
        attach_session(session=session, item=make_plan_item(due_on=datetime.date(2025, 7, 1)))


def test_session_moves_and_leaves_with_its_history() -> None:
    first, second = make_plan_item(), make_plan_item(activity="A3.1.1-02")
    session = attach_session(session=make_session(), item=first)
    attach_session(session=session, item=second)
    attach_session(session=session, item=second)
    detached = detach_session(session=session)
    detach_session(session=session)

    assert (detached.plan_item, detached.plan_activity) == (None, second.activity)
    reasons = TrainingSession.history.order_by("history_id").values_list(
        "history_change_reason", flat=True
    )
    assert list(reasons)[1:] == [
        "Rattachée au plan de formation",
        "Rattachée au plan de formation",
        "Détachée du plan de formation",
    ]


def test_event_follows_the_same_rules() -> None:
    item = make_plan_item(activity="A1.1.1-04")
    event = make_event("EVT-1")
    assert [one.code for one in events_fitting(item)] == ["EVT-1"]

    assert attach_event(event=event, item=item).plan_activity == item.activity
    assert not events_fitting(item).exists()
    assert detach_event(event=event).plan_item is None
    with pytest.raises(CannotAttach, match="n'est pas dans le territoire"):
        attach_event(event=event, item=make_plan_item(territory=make_region("kayes", "Kayes")))
