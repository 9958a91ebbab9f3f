"""What a run asks for besides its lessons. Below the models: apps above fill the list.

`RUN_STEPS` is where the tests of a run are told of (docs/architecture.md names the list).
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class RunStep:
    """Something to do now: the words of its button, where it leads, and one sentence why."""

    label: str
    url: str
    sentence: str


RUN_STEPS: list[Callable[[Any], RunStep | None]] = []


def step_of(run: Any) -> RunStep | None:
    """The first thing that this run asks for besides its lessons, or None."""
    steps = (offer(run) for offer in RUN_STEPS)
    return next((step for step in steps if step is not None), None)
