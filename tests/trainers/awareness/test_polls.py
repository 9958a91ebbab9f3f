"""The question asked without names: counted once, limited, closed when it should be."""

import datetime
import uuid
from typing import Any

import pytest

from accounts.enums import Role
from tests.factories.accounts import make_region, make_user
from trainers.awareness import polls
from trainers.awareness.events import EventRefused, cancel_event, change_event, record_event
from trainers.awareness.polls import BallotRefused, cast_ballot, close_poll, open_poll
from trainers.models import AwarenessEvent, EventBallot

pytestmark = pytest.mark.django_db
DAY = datetime.date(2026, 11, 19)


def facts() -> dict[str, Any]:
    return {
        "kind": "COMMUNITY_DIALOGUE",
        "territory": make_region(),
        "place": "Marché",
        "held_on": DAY,
        "headcounts": {("F", "ADULT"): 30},
    }


@pytest.fixture
def event() -> AwarenessEvent:
    recorded = record_event(**facts())
    return open_poll(
        event=recorded, by=make_user(Role.FOCAL_POINT), question="Est-ce un crime ?", answer="yes"
    )


def cast(event: AwarenessEvent, answer: str, moment: str = "AFTER", **more: Any) -> EventBallot:
    return cast_ballot(
        **{
            "event": event, "moment": moment, "answer": answer, "uuid": uuid.uuid4(), "on": DAY,
            **more,
        }
    )  # fmt: skip


def counts(event: AwarenessEvent) -> tuple[int | None, ...]:
    event.refresh_from_db()
    return event.pre_answers, event.pre_knowing, event.post_answers, event.post_knowing


def test_ballots_give_the_counts_of_the_event(event: AwarenessEvent) -> None:
    for answer in ("yes", "no", "no"):
        cast(event, answer, "BEFORE")
    for answer in ("yes", "yes", "no"):
        cast(event, answer)
    assert counts(event) == (3, 1, 3, 2)


def test_ballot_sent_twice_counts_once(event: AwarenessEvent) -> None:
    same = uuid.uuid4()
    assert cast(event, "yes", uuid=same) == cast(event, "no", uuid=same)
    assert counts(event) == (None, None, 1, 1)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"answer": "peut-être"}, "Choisissez oui ou non."),
        ({"moment": "DURING"}, "Choisissez oui ou non."),
        (
            {"on": DAY - datetime.timedelta(days=2)},
            "Ce questionnaire est fermé. Merci d'avoir voulu répondre.",
        ),
        (
            {"on": DAY + datetime.timedelta(days=8)},
            "Ce questionnaire est fermé. Merci d'avoir voulu répondre.",
        ),
    ],
)
def test_unfit_ballot_is_not_counted(
    event: AwarenessEvent, facts: dict[str, Any], sentence: str
) -> None:
    with pytest.raises(BallotRefused) as refusal:
        cast(event, **{"answer": "yes", **facts})
    assert str(refusal.value) == sentence
    assert EventBallot.objects.count() == 0


def test_event_takes_a_limited_number_of_ballots(
    event: AwarenessEvent, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(polls, "MOST_ANSWERS", 2)
    cast(event, "yes")
    cast(event, "yes")
    with pytest.raises(BallotRefused):
        cast(event, "yes")
    assert counts(event) == (None, None, 2, 2)


@pytest.mark.parametrize("way", ["close", "cancel"])
def test_closed_link_takes_no_more(event: AwarenessEvent, way: str) -> None:
    by = make_user(Role.FOCAL_POINT)
    cast(event, "yes")
    if way == "close":
        close_poll(event=event, by=by)
    else:
        cancel_event(event=event, by=by, reason="Essai.")
    with pytest.raises(BallotRefused):
        cast(event, "yes")
    assert counts(event) == (None, None, 1, 1)


def test_question_stays_once_somebody_answered(event: AwarenessEvent) -> None:
    by = make_user(Role.FOCAL_POINT)
    token = event.poll_token
    assert open_poll(event=event, by=by, question="Autre ?", answer="no").poll_token == token
    cast(event, "yes")
    with pytest.raises(EventRefused) as refusal:
        open_poll(event=event, by=by, question="Une troisième ?", answer="yes")
    assert str(refusal.value) == "Des personnes ont déjà répondu : la question ne change plus."


def test_numbers_typed_never_replace_ballots(event: AwarenessEvent) -> None:
    cast(event, "yes")
    change_event(event=event, by=make_user(Role.FOCAL_POINT), **facts(), post=(90, 90))
    assert counts(event) == (None, None, 1, 1)
    assert event.poll_question == "Est-ce un crime ?"


def test_ballot_keeps_nobody(event: AwarenessEvent) -> None:
    cast(event, "yes")
    assert {field.name for field in EventBallot._meta.fields} == {
        "id", "uuid", "event", "moment", "is_right",
    }  # fmt: skip
