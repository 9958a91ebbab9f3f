"""The checks inside a lesson, as one reader sees them. Below the models: it receives a stream."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

CHECK = "check"  # its name in `courses.blocks.LessonStream`


@dataclass(frozen=True, slots=True)
class CheckOption:
    """One answer offered; `rank` counts from 0."""

    rank: int
    text: str
    feedback: str
    is_correct: bool
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class InlineCheck:
    """A check with the reader's last answer, if any. `id` is its block's id in the stream."""

    id: str
    question: str
    options: tuple[CheckOption, ...]

    @property
    def anchor(self) -> str:
        return f"verification-{self.id}"

    @property
    def is_answered(self) -> bool:
        return any(option.is_chosen for option in self.options)


def inline_checks(stream: Iterable[Any], answers: Mapping[str, int]) -> list[InlineCheck]:
    """Return the checks of a lesson in order; `answers` gives a rank by block id.

    An answer to a check that is gone is left out. One whose rank is no longer offered, because the
    check was rewritten, counts as no answer.
    """
    return [_check(block, answers.get(str(block.id))) for block in stream if is_check(block)]


def is_check(block: Any) -> bool:
    return bool(block.block_type == CHECK)


def _check(block: Any, chosen: int | None) -> InlineCheck:
    return InlineCheck(
        id=str(block.id),
        question=block.value["question"],
        options=tuple(
            CheckOption(
                rank=rank,
                text=choice["text"],
                feedback=choice["feedback"],
                is_correct=bool(choice["is_correct"]),
                is_chosen=rank == chosen,
            )
            for rank, choice in enumerate(block.value["choices"])
        ),
    )
