"""Seats and rotating codes on plain values."""

import pytest

from trainers.registration.rotating_code import code_at, is_taken, seconds_left, step_of
from trainers.sessions.seats import (
    is_beyond_seats,
    next_in_line,
    seats_left,
    state_on_arrival,
)

SECRET = b"a secret of the tests"


@pytest.mark.parametrize(
    ("seats", "taken", "left"), [(None, 50, None), (20, 0, 20), (20, 20, 0), (20, 25, 0)]
)
def test_seats_left(seats: int | None, taken: int, left: int | None) -> None:
    assert seats_left(seats, taken) == left


@pytest.mark.parametrize(
    ("seats", "taken", "undecided", "state"),
    [
        (None, 500, 500, "PENDING"),
        (20, 18, 1, "PENDING"),
        (20, 18, 2, "WAITING"),
        (20, 20, 0, "WAITING"),
        (20, 22, 0, "WAITING"),
    ],
)
def test_request_waits_once_the_room_is_asked_for(
    seats: int | None, taken: int, undecided: int, state: str
) -> None:
    assert state_on_arrival(seats=seats, taken=taken, undecided=undecided) == state


@pytest.mark.parametrize(
    ("seats", "taken", "adding", "beyond"),
    [(None, 9, 99, False), (20, 19, 1, False), (20, 19, 2, True), (20, 21, 0, False)],
)
def test_going_beyond_the_seats_is_known(
    seats: int | None, taken: int, adding: int, beyond: bool
) -> None:
    assert is_beyond_seats(seats=seats, taken=taken, adding=adding) is beyond


def test_free_seats_go_by_order_of_arrival() -> None:
    assert next_in_line([7, 3, 5], seats=20, taken=18) == [7, 3]
    assert next_in_line([7, 3, 5], seats=20, taken=18, pending=1) == [7]
    assert next_in_line([7, 3], seats=20, taken=20) == []
    assert next_in_line([7, 3], seats=None, taken=20) == [7, 3]


def test_code_changes_with_the_half_day_the_session_the_time_and_the_secret() -> None:
    codes = {
        code_at(SECRET, session="1", slot=1, step=100),
        code_at(SECRET, session="2", slot=1, step=100),
        code_at(SECRET, session="1", slot=2, step=100),
        code_at(SECRET, session="1", slot=1, step=101),
        code_at(b"another", session="1", slot=1, step=100),
    }

    assert len(codes) == 5
    assert {len(code) for code in codes} == {6}


@pytest.mark.parametrize(("later", "taken"), [(-1, False), (0, True), (1, True), (2, False)])
def test_code_is_taken_in_its_step_and_the_next_one(later: int, taken: bool) -> None:
    code = code_at(SECRET, session="1", slot=1, step=100)

    assert is_taken(code, SECRET, session="1", slot=1, step=100 + later) is taken
    assert is_taken(f" {code[:3]} {code[3:]}", SECRET, session="1", slot=1, step=100)


@pytest.mark.parametrize("typed", ["", "abc", "0", "²²²²²²", "0000000"])
def test_what_is_no_code_is_not_taken(typed: str) -> None:
    assert not is_taken(typed, SECRET, session="1", slot=1, step=100)


def test_steps_last_ninety_seconds() -> None:
    assert (step_of(0), step_of(89.9), step_of(90)) == (0, 0, 1)
    assert (seconds_left(0), seconds_left(89.5), seconds_left(90)) == (90, 1, 90)
