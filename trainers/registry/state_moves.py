"""From which state of the registry a trainer may move to which (domain §5). Plain values only."""

CANDIDATE, QUALIFIED, LAPSED, SUSPENDED = "CANDIDATE", "QUALIFIED", "LAPSED", "SUSPENDED"
ALLOWED: dict[str, frozenset[str]] = {
    "": frozenset({CANDIDATE}),
    CANDIDATE: frozenset({QUALIFIED, SUSPENDED}),
    QUALIFIED: frozenset({LAPSED, SUSPENDED}),
    LAPSED: frozenset({QUALIFIED, SUSPENDED}),
    SUSPENDED: frozenset({CANDIDATE, QUALIFIED, LAPSED}),
}


def may_move(from_state: str, to_state: str) -> bool:
    """Whether the registry allows that move."""
    return to_state in ALLOWED.get(from_state, frozenset())


def state_of(*, has_valid: bool, has_any: bool) -> str:
    """What the qualifications make of a trainer: held today, held once, never."""
    if has_valid:
        return QUALIFIED
    return LAPSED if has_any else CANDIDATE


def moves_due(current: str, *, has_valid: bool, has_any: bool) -> tuple[str, ...]:
    """The states to go through, so that the state says what the qualifications say.

    A suspension is lifted by a person, never by a date. A candidate whose old qualification is
    entered late was qualified before it lapsed.
    """
    target = state_of(has_valid=has_valid, has_any=has_any)
    if current in (SUSPENDED, target) or target == CANDIDATE:
        return ()
    return (target,) if may_move(current, target) else (QUALIFIED, target)
