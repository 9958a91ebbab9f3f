"""What an app above says of a trainer on their page (docs/architecture.md names the list)."""

from collections.abc import Callable
from dataclasses import dataclass

from trainers.models import Trainer


@dataclass(frozen=True)
class TrainerGain:
    """What the participants of a trainer's sessions learned, as text; counts and verdict always.

    `gain` and `interval` are "" where the pairs allow none. A trainer is one cause among many.
    """

    n_pre: int
    n_post: int
    n_paired: int
    pairing_rate: str
    gain: str
    interval: str
    verdict: str
    verdict_kind: str
    verdict_reason: str


TRAINER_GAINS: list[Callable[[Trainer], TrainerGain]] = []


def gains_of(trainer: Trainer) -> list[TrainerGain]:
    """What each app above says; [] where none is installed."""
    return [say(trainer) for say in TRAINER_GAINS]
