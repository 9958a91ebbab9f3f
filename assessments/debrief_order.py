"""In which order a trainer discusses the questions after the post-test. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

ACQUIRED_FROM = 0.9  # from nine in ten, a question needs no discussion


@dataclass(frozen=True)
class ItemOutcome:
    """One question of one form: right answers and copies before and after, most chosen error.

    `label` names it in the room (« A3 »). Whoever took the form before and whoever took it after
    may be two halves of the group: each share goes with its n.
    """

    label: str
    stem: str
    right_text: str
    right_pre: int
    n_pre: int
    right_post: int
    n_post: int
    wrong_letter: str = ""
    wrong_text: str = ""
    wrong_count: int = 0

    @property
    def share_pre(self) -> float | None:
        return self.right_pre / self.n_pre if self.n_pre else None

    @property
    def share_post(self) -> float | None:
        return self.right_post / self.n_post if self.n_post else None

    @property
    def has_declined(self) -> bool:
        """Fewer right answers after than before: something was said that misled the room."""
        pre, post = self.share_pre, self.share_post
        return pre is not None and post is not None and post < pre

    @property
    def is_acquired(self) -> bool:
        return self.share_post is not None and self.share_post >= ACQUIRED_FROM


def to_discuss(items: Iterable[ItemOutcome]) -> list[ItemOutcome]:
    """Questions still missed after the training, the least known first.

    Among equals: one that fell since the pre-test, then the error that most people share (a
    misunderstanding is mended better than scattered guesses), then the order of the form.
    """
    missed = [item for item in items if item.share_post is not None and not item.is_acquired]
    return sorted(
        missed,
        key=lambda item: (
            round(item.share_post or 0.0, 4),
            not item.has_declined,
            -(item.wrong_count / item.n_post),
        ),
    )


def acquired(items: Iterable[ItemOutcome]) -> list[ItemOutcome]:
    """Questions that at least nine in ten know now, in the order of the form."""
    return [item for item in items if item.is_acquired]
