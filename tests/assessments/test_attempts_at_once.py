"""Two requests at the same time count once: real threads, real connections, real commits."""

import threading
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from assessments.attempts import (
    PaperCopy,
    record_paper_copies,
    save_responses,
    start_attempt,
    submit_attempt,
)
from assessments.models import Attempt
from tests.factories.assessments import answers, make_form, make_participation
from tests.factories.trainers import attend, make_session

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*calls: Callable[[], Any]) -> list[Any]:
    """Make the calls in one thread each, all let go at the same moment; their results in order."""
    barrier = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(rank: int, call: Callable[[], Any]) -> None:
        barrier.wait(timeout=10)
        try:
            results[rank] = call()
        except Exception as error:  # noqa: BLE001 - shown by the assertion of the test
            results[rank] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=each) for each in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def test_four_starts_at_once_make_one_copy() -> None:
    participation, form = make_participation(make_session()), make_form()

    def start(identifier: uuid.UUID) -> Callable[[], Attempt]:
        return lambda: start_attempt(
            uuid=identifier, participation=participation, occasion="PRE", form=form
        )

    same, other = uuid.UUID(int=1), uuid.UUID(int=2)
    found = at_once(start(same), start(same), start(other), start(other))

    assert Attempt.objects.count() == 1
    assert {attempt.pk for attempt in found} == {Attempt.objects.get().pk}


def test_submitting_twice_at_once_counts_once() -> None:
    participation, form = attend(make_session(), positions=(1, 2, 3, 4)), make_form(key="A" * 10)
    attempt = start_attempt(
        uuid=uuid.uuid4(), participation=participation, occasion="POST", form=form
    )
    save_responses(attempt=attempt, answers=dict(enumerate("AAAAAAAA", start=1)))

    found = at_once(*[lambda: submit_attempt(attempt=Attempt.objects.get(pk=attempt.pk))] * 4)

    participation.refresh_from_db()
    assert [one.percent for one in found] == [80.0] * 4
    assert len({one.submitted_at for one in found}) == 1
    assert (participation.status, participation.post_percent) == ("CERTIFIED", 80.0)


def test_a_room_submitting_at_once_loses_nobody() -> None:
    session, form = make_session(), make_form(key="A" * 10)
    people = [attend(session, positions=(1, 2, 3, 4)) for _ in range(6)]
    attempts = [
        start_attempt(uuid=uuid.uuid4(), participation=one, occasion="POST", form=form)
        for one in people
    ]
    for attempt in attempts:
        save_responses(attempt=attempt, answers=dict(enumerate("AAAAAAA", start=1)))

    at_once(*[lambda one=attempt: submit_attempt(attempt=one) for attempt in attempts])

    assert Attempt.objects.submitted().count() == 6
    assert [one.status for one in session.participations.all()] == ["CERTIFIED"] * 6


def test_the_same_pile_of_paper_twice_at_once_is_recorded_once() -> None:
    session, form = make_session(), make_form()
    people = [make_participation(session) for _ in range(5)]

    def record() -> tuple[int, int]:
        report = record_paper_copies(
            copies=[PaperCopy(one, answers("ABCDABCDAA")) for one in people],
            form=form,
            occasion="PRE",
            source="IMPORT",
        )
        return len(report.recorded), len(report.unchanged)

    assert sorted(at_once(record, record)) == [(0, 5), (5, 0)]
    assert Attempt.objects.count() == 5


def test_paper_and_phone_at_once_make_one_copy() -> None:
    participation, form = make_participation(make_session()), make_form()
    at_once(
        lambda: start_attempt(
            uuid=uuid.uuid4(), participation=participation, occasion="PRE", form=form
        ),
        lambda: record_paper_copies(
            copies=[PaperCopy(participation, answers("AAAAAAAAAA"))],
            form=form,
            occasion="PRE",
            source="TYPED",
        ),
    )

    assert Attempt.objects.submitted().count() == Attempt.objects.count() == 1
