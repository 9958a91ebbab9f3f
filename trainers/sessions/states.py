"""The life of a session: which move leads from which state to which. A table, and nothing else."""

from typing import Literal

State = Literal["PLANNED", "CONFIRMED", "RUNNING", "TO_VALIDATE", "VALIDATED", "CANCELLED"]
Move = Literal["confirm", "reopen", "start", "hand_in", "send_back", "validate", "cancel"]

# A session is planned, then confirmed (or planned again), runs from its first mark, is handed in,
# then validated or sent back. Cancelling takes a reason, and is the end.
MOVES: dict[Move, dict[State, State]] = {
    "confirm": {"PLANNED": "CONFIRMED"},
    "reopen": {"CONFIRMED": "PLANNED"},
    "start": {"PLANNED": "RUNNING", "CONFIRMED": "RUNNING"},
    "hand_in": {
        "PLANNED": "TO_VALIDATE",
        "CONFIRMED": "TO_VALIDATE",
        "RUNNING": "TO_VALIDATE",
    },
    "send_back": {"TO_VALIDATE": "RUNNING"},
    "validate": {"TO_VALIDATE": "VALIDATED"},
    "cancel": {
        "PLANNED": "CANCELLED",
        "CONFIRMED": "CANCELLED",
        "RUNNING": "CANCELLED",
        "TO_VALIDATE": "CANCELLED",
    },
}


def after(move: Move, state: str) -> State | None:
    """Return the state that a move leads to, or None when it is not allowed from `state`."""
    return next((to for start, to in MOVES[move].items() if start == state), None)


def moves_from(state: str) -> list[Move]:
    """Return the moves allowed from a state, in the order of a session's life."""
    return [move for move in MOVES if after(move, state) is not None]
