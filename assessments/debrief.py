"""The results by question of one session, before and after, to discuss with the room. Reads."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assessments.debrief_order import ItemOutcome, acquired, to_discuss
from assessments.enums import Occasion
from assessments.form_key import LETTERS, right_letter
from assessments.models import Attempt, FormItem, TestForm
from trainers.models import TrainingSession

Responses = Sequence[str | None]


@dataclass(frozen=True)
class Debrief:
    """What to discuss, and what the room knows; `n_pre` and `n_post` are copies handed in."""

    discussed: list[ItemOutcome]
    acquired: list[ItemOutcome]
    n_pre: int
    n_post: int


def debrief_of(session: TrainingSession) -> Debrief:
    """Read the copies handed in and order the questions. Two queries, and one for each form."""
    copies: dict[tuple[int, str], list[Responses]] = {}
    forms: dict[int, TestForm] = {}
    handed_in = Attempt.objects.submitted().filter(
        participation__session=session, occasion__in=(Occasion.PRE, Occasion.POST)
    )
    for attempt in handed_in.select_related("form").order_by("form__code", "pk"):
        forms[attempt.form_id] = attempt.form
        copies.setdefault((attempt.form_id, attempt.occasion), []).append(attempt.responses)
    items = [
        _outcome(
            form,
            item,
            copies.get((form.pk, Occasion.PRE), []),
            copies.get((form.pk, Occasion.POST), []),
        )
        for form in forms.values()
        for item in form.items.filter(withdrawn_at=None).order_by("position")
    ]
    return Debrief(
        discussed=to_discuss(items),
        acquired=acquired(items),
        n_pre=sum(len(found) for (_f, one), found in copies.items() if one == Occasion.PRE),
        n_post=sum(len(found) for (_f, one), found in copies.items() if one == Occasion.POST),
    )


def _outcome(
    form: TestForm, item: FormItem, pre: Sequence[Responses], post: Sequence[Responses]
) -> ItemOutcome:
    rank = item.position - 1
    right = right_letter(item)
    texts = {LETTERS[place]: choice["text"] for place, choice in enumerate(item.choices)}
    before = Counter(copy[rank] for copy in pre)
    after = Counter(copy[rank] for copy in post)
    wrong = sorted(
        (
            (count, letter)
            for letter, count in after.items()
            if letter is not None and letter != right
        ),
        key=lambda one: (-one[0], one[1]),
    )
    count, letter = wrong[0] if wrong else (0, "")
    return ItemOutcome(
        label=f"{form.letter}{item.position}",
        stem=item.stem,
        right_text=texts[right],
        right_pre=before[right],
        n_pre=len(pre),
        right_post=after[right],
        n_post=len(post),
        wrong_letter=letter,
        wrong_text=texts.get(letter, ""),
        wrong_count=count,
    )
