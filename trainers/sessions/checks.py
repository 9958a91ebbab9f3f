"""What apps above add to the checks of a session (docs/architecture.md names these lists).

`EXTRA_FLAGS` add red flags, `TEST_CHECKS` say whether the session has its tests, `PARTY_CHECKS`
whether an account wrote what the session is judged on. Upper apps append to them in
`AppConfig.ready()`.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.models import User
from trainers.models import TrainingSession


@dataclass(frozen=True)
class Flag:
    """Something to look into before validation: a stable code and a French sentence."""

    code: str
    sentence: str


EXTRA_FLAGS: list[Callable[[TrainingSession], list[Flag]]] = []
TEST_CHECKS: list[Callable[[TrainingSession], bool]] = []
PARTY_CHECKS: list[Callable[[TrainingSession, User], bool]] = []


def has_tests(session: TrainingSession) -> bool:
    """Whether an app above knows of pre-test and post-test results for this session."""
    return any(check(session) for check in TEST_CHECKS)
