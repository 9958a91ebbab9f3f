"""The key of a frozen form: which letter is right, which items count, which letters exist."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments.models import FormItem, TestForm
from assessments.scoring import Score, right_or_wrong, score

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class AnswersMisfit(ValueError):
    """Answers that cannot belong to this form; the text is a French sentence."""


@dataclass(frozen=True)
class FormKey:
    """Item by item, in the frozen order: the right letter, the letters, and what was withdrawn.

    `withdrawn` holds positions from 0.
    """

    right: tuple[str, ...]
    letters: tuple[str, ...]
    withdrawn: frozenset[int]

    def __len__(self) -> int:
        return len(self.right)

    @property
    def counted_positions(self) -> tuple[int, ...]:
        """Positions, from 0, of the items that count."""
        return tuple(rank for rank in range(len(self)) if rank not in self.withdrawn)

    def score(self, responses: Sequence[str | None]) -> Score:
        """Score a copy on the items that count."""
        return score(responses, self.right, withdrawn=self.withdrawn)

    def points(self, responses: Sequence[str | None]) -> tuple[int, ...]:
        """1 or 0 for each item that counts."""
        return right_or_wrong(responses, self.right, withdrawn=self.withdrawn)

    def refuse_misfit(self, responses: Sequence[str | None]) -> None:
        """Raise AnswersMisfit unless there is one answer per item, each among its choices."""
        if len(responses) != len(self):
            raise AnswersMisfit(
                _("La copie a %(answers)s réponses, le test a %(items)s questions.")
                % {"answers": len(responses), "items": len(self)}
            )
        for position, (answer, letters) in enumerate(
            zip(responses, self.letters, strict=True), start=1
        ):
            if answer is not None and (len(answer) != 1 or answer not in letters):
                raise AnswersMisfit(
                    _("Question %(n)s : « %(answer)s » n'est pas une lettre de A à %(last)s.")
                    % {"n": position, "answer": answer, "last": letters[-1]}
                )


def form_key(form: TestForm) -> FormKey:
    """Read the key of a form, in one query."""
    return key_of_items(form.items.order_by("position"))


def key_of_items(items: Iterable[FormItem]) -> FormKey:
    """The key of items already read, in their frozen order."""
    items = list(items)
    return FormKey(
        right=tuple(right_letter(item) for item in items),
        letters=tuple(LETTERS[: len(item.choices)] for item in items),
        withdrawn=frozenset(rank for rank, item in enumerate(items) if item.withdrawn_at),
    )


def right_letter(item: FormItem) -> str:
    """The letter of the right choice of a frozen item."""
    ranks = (rank for rank, choice in enumerate(item.choices) if choice["is_correct"])
    return LETTERS[next(ranks)]
