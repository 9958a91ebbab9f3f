"""Rules of a session's life on plain values, against tables computed by hand."""

import datetime

import pytest

from trainers.sessions.agenda import TaughtModule, spread
from trainers.sessions.half_day_rules import (
    HalfDay,
    HalfDaysRefused,
    consecutive,
    moved,
    needed,
    ranked,
)
from trainers.sessions.next_step import SessionFacts, is_late, next_step
from trainers.sessions.states import MOVES, after, moves_from

MONDAY = datetime.date(2026, 6, 1)


def day(number: int) -> datetime.date:
    return MONDAY + datetime.timedelta(days=number - 1)


# --- States -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "moves"),
    [
        ("PLANNED", ["confirm", "start", "hand_in", "cancel"]),
        ("CONFIRMED", ["reopen", "start", "hand_in", "cancel"]),
        ("RUNNING", ["hand_in", "cancel"]),
        ("TO_VALIDATE", ["send_back", "validate", "cancel"]),
        ("VALIDATED", []),
        ("CANCELLED", []),
    ],
)
def test_state_allows_these_moves_only(state: str, moves: list[str]) -> None:
    assert moves_from(state) == moves


def test_move_leads_to_its_state_or_nowhere() -> None:
    assert after("confirm", "PLANNED") == "CONFIRMED"
    assert after("reopen", "CONFIRMED") == "PLANNED"
    assert after("confirm", "RUNNING") is None
    assert after("cancel", "VALIDATED") is None
    assert {to for table in MOVES.values() for to in table.values()} == {
        "PLANNED", "CONFIRMED", "RUNNING", "TO_VALIDATE", "VALIDATED", "CANCELLED",
    }  # fmt: skip


# --- Half-days ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nominal", "count", "minutes"),
    [(840, 4, 210), (900, 5, 180), (1050, 5, 210), (1260, 6, 210), (60, 1, 60), (10, 1, 30),
     (211, 2, 120), (0, 1, 30), (20000, 60, 345)],
)  # fmt: skip
def test_curriculum_takes_as_few_half_days_as_possible(
    nominal: int, count: int, minutes: int
) -> None:
    assert needed(nominal) == (count, minutes)
    assert count * minutes >= nominal


def test_half_days_follow_each_other_by_default() -> None:
    assert consecutive(MONDAY, 3, 200) == [
        HalfDay(day(1), "AM", 200), HalfDay(day(1), "PM", 200), HalfDay(day(2), "AM", 200),
    ]  # fmt: skip


def test_half_days_are_numbered_in_the_order_in_which_they_are_held() -> None:
    typed = [HalfDay(day(8), "AM"), HalfDay(day(1), "PM"), HalfDay(day(1), "AM")]

    assert [(one.position, one.day_number, one.half_day.half) for one in ranked(typed)] == [
        (1, 1, "AM"),
        (2, 1, "PM"),
        (3, 2, "AM"),
    ]


def test_half_days_moved_keep_their_distances() -> None:
    typed = [HalfDay(day(8), "AM", 90), HalfDay(day(1), "PM")]

    assert moved(typed, day(3)) == [HalfDay(day(3), "PM"), HalfDay(day(10), "AM", 90)]


@pytest.mark.parametrize(
    "typed",
    [
        [],
        [HalfDay(day(1), "AM"), HalfDay(day(1), "AM", 60)],
        [HalfDay(day(1), "AM", 29)],
        [HalfDay(day(1), "AM", 721)],
        [HalfDay(day(1), "AM"), HalfDay(day(400), "AM")],
        [HalfDay(day(number), half) for number in range(1, 32) for half in ("AM", "PM")],
    ],
)
def test_half_days_that_cannot_be_are_refused(typed: list[HalfDay]) -> None:
    with pytest.raises(HalfDaysRefused):
        ranked(typed)


# --- Agenda -------------------------------------------------------------------------------------


def test_modules_share_the_time_by_their_weight() -> None:
    agenda = spread([TaughtModule("A", ("a",), 10), TaughtModule("B", ("b",), 20)], [210, 210])

    # 420 minutes less 30 to open and 30 to close: A has 120, B 60 before lunch and 180 after it.
    assert [(one.opening, one.closing) for one in agenda] == [(30, 0), (0, 30)]
    assert [
        [(line.title, line.minutes, line.contents, line.is_continued) for line in one.lines]
        for one in agenda
    ] == [
        [("A", 120, ("a",), False), ("B", 60, ("b",), False)],
        [("B", 180, (), True)],
    ]


def test_module_that_ends_near_a_half_day_ends_with_it() -> None:
    # 360 minutes: A would end 5 minutes after lunch (185 of 180 + 180).
    agenda = spread([TaughtModule("A", (), 185), TaughtModule("B", (), 175)], [210, 210])

    assert [[(line.title, line.minutes) for line in one.lines] for one in agenda] == [
        [("A", 180)],
        [("B", 180)],
    ]


@pytest.mark.parametrize("slots", [[60], [210], [210, 210, 120], [30, 30]])
@pytest.mark.parametrize("weights", [(0, 0), (5,), (1, 1, 1, 97), ()])
def test_every_minute_has_its_use(slots: list[int], weights: tuple[int, ...]) -> None:
    agenda = spread([TaughtModule(str(one), (), one) for one in weights], slots)

    used = [one.opening + one.closing + sum(line.minutes for line in one.lines) for one in agenda]
    assert used == slots or not weights


def test_session_without_half_day_has_no_agenda() -> None:
    assert spread([TaughtModule("A")], []) == []


# --- Next step ----------------------------------------------------------------------------------

READY = SessionFacts(
    state="PLANNED",
    starts_on=day(10),
    ends_on=day(11),
    has_trainer=True,
    has_terms=True,
    enrolled=20,
)


def with_(**facts: object) -> SessionFacts:
    return SessionFacts(**{**READY.__dict__, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("facts", "today", "step"),
    [
        (with_(has_trainer=False, has_terms=False, enrolled=0), 1, "APPOINT"),
        (with_(has_terms=False, enrolled=0), 1, "TERMS"),
        (with_(enrolled=0), 1, "ENROL"),
        (READY, 1, "CONFIRM"),
        (with_(state="CONFIRMED"), 1, "READY"),
        (with_(requests=2, has_trainer=False), 1, "REQUESTS"),
        (with_(has_turn=True), 1, "FREED"),
        (with_(has_turn=True, requests=1), 1, "REQUESTS"),
        (with_(has_turn=True, has_marks=True), 12, "HAND_IN"),
        (READY, 10, "CALL"),
        (with_(state="RUNNING"), 11, "CALL"),
        (with_(declared=3), 10, "DECLARED"),
        (with_(enrolled=0), 10, "ENROL"),
        (with_(is_online=True), 10, "FOLLOW"),
        (READY, 12, "NO_MARK"),
        (with_(is_online=True, missing=1), 12, "COMPLETE"),
        (with_(has_marks=True, missing=2), 12, "COMPLETE"),
        (with_(has_marks=True), 12, "HAND_IN"),
        (with_(state="TO_VALIDATE", requests=2), 12, "WAIT"),
        (with_(state="VALIDATED"), 12, "DONE"),
        (with_(state="CANCELLED"), 1, "CANCELLED"),
    ],
)
def test_session_asks_for_one_thing(facts: SessionFacts, today: int, step: str) -> None:
    assert next_step(facts, day(today)) == step


@pytest.mark.parametrize(
    ("state", "days", "late"),
    [
        ("RUNNING", 7, False),
        ("RUNNING", 8, True),
        ("PLANNED", 30, True),
        ("TO_VALIDATE", 30, False),
    ],
)
def test_session_is_late_a_week_after_its_end(state: str, days: int, late: bool) -> None:
    assert is_late(state, MONDAY, MONDAY + datetime.timedelta(days=days)) is late
