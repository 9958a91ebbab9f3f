import datetime

import pytest
import time_machine

from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.models import TrainerUnavailability
from trainers.registry.activity import Activity, activity_of
from trainers.registry.availability import (
    PeriodRefused,
    add_unavailability,
    remove_unavailability,
    sessions_during,
)
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2025, 6, 2)
MONDAY, FRIDAY = datetime.date(2025, 6, 9), datetime.date(2025, 6, 13)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2025, 6, 2, 8, tzinfo=datetime.UTC), tick=False):
        yield


def test_same_days_are_noted_once_and_taken_off_by_their_owner_only() -> None:
    trainer, other = make_trainer(), make_trainer()
    first = add_unavailability(trainer=trainer, starts_on=MONDAY, ends_on=FRIDAY, reason=" Congé ")
    assert add_unavailability(trainer=trainer, starts_on=MONDAY, ends_on=FRIDAY) == first
    assert first.reason == "Congé"
    assert remove_unavailability(trainer=other, pk=first.pk) is False
    assert remove_unavailability(trainer=trainer, pk=first.pk) is True
    assert TrainerUnavailability.objects.count() == 0


@pytest.mark.parametrize(
    ("first", "last"),
    [("2025-06-13", "2025-06-09"), ("2025-05-01", "2025-06-01"), ("2025-06-09", "2026-06-11")],
)
def test_unfit_days_are_refused(first: str, last: str) -> None:
    with pytest.raises(PeriodRefused):
        add_unavailability(
            trainer=make_trainer(),
            starts_on=datetime.date.fromisoformat(first),
            ends_on=datetime.date.fromisoformat(last),
        )


def test_sessions_of_those_days_are_named() -> None:
    trainer = make_trainer()
    staff(make_session("AVANT", starts_on=datetime.date(2025, 6, 6)), trainer)
    during = make_session("PENDANT", starts_on=FRIDAY)
    staff(during, trainer)
    period = add_unavailability(trainer=trainer, starts_on=MONDAY, ends_on=FRIDAY)
    assert [one.code for one in sessions_during(trainer, period)] == ["PENDANT"]
    cancel_session(session=during, reason="Report")
    assert sessions_during(trainer, period) == []


def test_activity_counts_what_was_animated_and_is_over() -> None:
    trainer = make_trainer(qualified=True)
    led = make_session(starts_on=datetime.date(2025, 5, 12))
    staff(led, trainer, "LEAD_TRAINER")
    attend(led)
    attend(led)
    attend(led, positions=[])  # enrolled, never came
    shared = make_session(starts_on=datetime.date(2025, 3, 3), slot_count=1, slot_minutes=90)
    staff(shared, trainer, "CO_TRAINER")
    attend(shared)
    staff(make_session(starts_on=datetime.date(2025, 7, 1)), trainer)
    staff(make_session(starts_on=datetime.date(2025, 2, 3)), trainer, "OBSERVER")
    cancelled = make_session(starts_on=datetime.date(2025, 4, 7))
    staff(cancelled, trainer)
    cancel_session(session=cancelled, reason="Report")

    assert activity_of(trainer) == Activity(
        sessions=2,
        led=1,
        validated=0,
        minutes=4 * 210 + 90,
        present=3,
        last_on=datetime.date(2025, 5, 13),
    )
