import itertools

import pytest

from trainers.registry.state_moves import may_move, moves_due, state_of

STATES = ("", "CANDIDATE", "QUALIFIED", "LAPSED", "SUSPENDED")


def test_registry_allows_these_moves_and_no_other() -> None:
    allowed = {pair for pair in itertools.product(STATES, STATES) if may_move(*pair)}
    assert allowed == {
        ("", "CANDIDATE"),
        ("CANDIDATE", "QUALIFIED"),
        ("CANDIDATE", "SUSPENDED"),
        ("QUALIFIED", "LAPSED"),
        ("QUALIFIED", "SUSPENDED"),
        ("LAPSED", "QUALIFIED"),
        ("LAPSED", "SUSPENDED"),
        ("SUSPENDED", "CANDIDATE"),
        ("SUSPENDED", "QUALIFIED"),
        ("SUSPENDED", "LAPSED"),
    }


@pytest.mark.parametrize(
    ("current", "has_valid", "has_any", "expected"),
    [
        ("CANDIDATE", False, False, ()),
        ("CANDIDATE", True, True, ("QUALIFIED",)),
        ("CANDIDATE", False, True, ("QUALIFIED", "LAPSED")),
        ("QUALIFIED", True, True, ()),
        ("QUALIFIED", False, True, ("LAPSED",)),
        ("LAPSED", True, True, ("QUALIFIED",)),
        ("LAPSED", False, True, ()),
        ("SUSPENDED", True, True, ()),
        ("SUSPENDED", False, True, ()),
    ],
)
def test_state_follows_the_qualifications(
    current: str, has_valid: bool, has_any: bool, expected: tuple
) -> None:
    assert moves_due(current, has_valid=has_valid, has_any=has_any) == expected


@pytest.mark.parametrize(
    ("has_valid", "has_any", "expected"),
    [(True, True, "QUALIFIED"), (False, True, "LAPSED"), (False, False, "CANDIDATE")],
)
def test_state_is_what_is_held(has_valid: bool, has_any: bool, expected: str) -> None:
    assert state_of(has_valid=has_valid, has_any=has_any) == expected
