"""Two people, or one impatient thumb, at the same moment: nothing lost, nothing twice."""

import datetime
import uuid

import pytest
from django.utils import timezone

from accounts.enums import Role
from tests.factories.accounts import make_region, make_user
from tests.factories.threads import at_once
from trainers.awareness.disseminations import record_dissemination
from trainers.awareness.events import EventFacts, record_event
from trainers.awareness.polls import cast_ballot, open_poll
from trainers.models import AwarenessEvent, Dissemination, EventBallot, Headcount

pytestmark = pytest.mark.django_db(transaction=True)


def facts() -> EventFacts:
    return {
        "kind": "COMMUNITY_DIALOGUE",
        "territory": make_region(),
        "place": "Marché",
        "held_on": timezone.localdate(),
        "headcounts": {("F", "ADULT"): 30},
    }


def test_two_entries_at_once_take_two_codes() -> None:
    told = facts()
    codes = at_once(*(lambda: record_event(**told).code for _ in range(2)))
    year = timezone.localdate().year
    assert sorted(codes) == [f"ACT-SEG-{year}-01", f"ACT-SEG-{year}-02"]


def test_the_same_entry_twice_at_once_is_one_event() -> None:
    told, same = facts(), uuid.uuid4()
    first, second = at_once(*(lambda: record_event(uuid=same, **told).pk for _ in range(2)))
    assert first == second
    assert (AwarenessEvent.objects.count(), Headcount.objects.count()) == (1, 1)


def test_the_same_hand_over_twice_at_once_is_one_line() -> None:
    region, same = make_region(), uuid.uuid4()

    def hand_over() -> int:
        return record_dissemination(
            uuid=same,
            document_kind="SHEET",
            title="Fiche",
            edition="1",
            copies=3,
            handed_on=datetime.date(2025, 3, 4),
            territory=region,
        ).pk

    first, second = at_once(hand_over, hand_over)
    assert first == second
    assert Dissemination.objects.count() == 1


def test_two_ballots_at_once_are_both_counted() -> None:
    event = open_poll(
        event=record_event(**facts()),
        by=make_user(Role.COMMITTEE),
        question="Est-ce un crime ?",
        answer="yes",
    )

    def answer() -> int:
        return cast_ballot(event=event, moment="AFTER", answer="yes", uuid=uuid.uuid4()).pk

    at_once(answer, answer)

    event.refresh_from_db()
    assert (event.post_answers, event.post_knowing) == (2, 2)
    assert EventBallot.objects.count() == 2
