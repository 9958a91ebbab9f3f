"""The knowledge methods: shares of paired participants, and of answers after an event.

Pairing is by participation only, across all the sessions of the period; forms must be the same or
declared parallel. Under 10 pairs or under 70 % paired a share is « non concluant » (domain §4).
"""

from collections.abc import Callable
from dataclasses import dataclass

from assessments.gain import share_as_delivered
from indicators.facts import TYPES_THAT_TRAIN, CopiesFact, Facts, Selection
from indicators.method_counts import PERSON_DIMENSIONS, person_item
from indicators.tallies import Counted, Dimension, Item, Pending, Shape

MIN_PAIRS = 10
MIN_PAIRING_RATE = 70
RELIABLE_GAIN = 20
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class PeriodPairing:
    """`pairing_rate` is, in percent, the pairs among participations with at least one copy.

    `reliable_gain20_exact_share` counts a gain of exactly 20 points: the figure for people. The
    other is the contract's, see `assessments.gain.share_as_delivered`.
    """

    n_pre: int
    n_post: int
    n_paired: int
    pairing_rate: float | None
    n_not_parallel: int
    reliable_gain20_share: float | None
    reliable_gain20_exact_share: float | None

    @property
    def is_conclusive(self) -> bool:
        return (
            self.n_paired >= MIN_PAIRS
            and self.pairing_rate is not None
            and self.pairing_rate >= MIN_PAIRING_RATE - _TOLERANCE
        )


def mastery_share(facts: Facts, selection: Selection) -> Counted:
    """Paired participants at or above the mastery threshold of their session at post-test."""
    return _paired_share(facts, selection, has_reached_mastery)


def reliable_gain_share(facts: Facts, selection: Selection) -> Counted:
    """Paired participants who gained 20 points or more."""
    return _paired_share(facts, selection, has_gained_reliably)


def event_knowing_share(facts: Facts) -> Counted:
    """Right answers among all answers after the awareness events; answers, not people."""
    return Counted(
        shape=Shape.SHARE,
        items=tuple(
            Item(
                part=event.post_knowing,
                whole=event.post_answers,
                is_validated=event.is_validated,
                record=Pending("event", event.id),
                region=event.region,
            )
            for event in facts.events
            if event.post_answers
        ),
        dimensions=(Dimension.REGION,),
        is_named=False,
    )


def pairing_of(facts: Facts, selection: Selection) -> PeriodPairing:
    """How many copies came in and how many of them pair, over the sessions concerned."""
    copies = retained_copies(facts, selection)
    paired = [one for one in copies if one.is_paired]
    reliable = sum(has_gained_reliably(one) for one in paired)
    return PeriodPairing(
        n_pre=sum(one.pre is not None for one in copies),
        n_post=sum(one.post is not None for one in copies),
        n_paired=len(paired),
        pairing_rate=len(paired) * 100 / len(copies) if copies else None,
        n_not_parallel=sum(
            not one.is_comparable and one.pre is not None and one.post is not None for one in copies
        ),
        reliable_gain20_share=share_as_delivered(
            [(one.pre, one.post) for one in paired if one.pre is not None and one.post is not None],
            RELIABLE_GAIN,
        ),
        reliable_gain20_exact_share=reliable * 100 / len(paired) if paired else None,
    )


def retained_copies(facts: Facts, selection: Selection) -> list[CopiesFact]:
    """Copies of training sessions within the sheet's selection, paired or not."""
    return [
        one
        for one in facts.copies
        if one.participation.session.type in TYPES_THAT_TRAIN
        and selection.retains(one.participation)
    ]


def has_reached_mastery(copies: CopiesFact) -> bool:
    """At or above the threshold at post-test; the threshold is the session's own."""
    threshold = copies.participation.session.mastery
    return copies.post is not None and copies.post >= threshold - _TOLERANCE


def has_gained_reliably(copies: CopiesFact) -> bool:
    """Gained 20 points or more: on 20 items, more than chance gives (domain §4)."""
    if copies.pre is None or copies.post is None:
        return False
    return copies.post - copies.pre >= RELIABLE_GAIN - _TOLERANCE


def _paired_share(
    facts: Facts, selection: Selection, has_succeeded: Callable[[CopiesFact], bool]
) -> Counted:
    return Counted(
        shape=Shape.SHARE,
        items=tuple(
            person_item(one.participation, part=int(has_succeeded(one)), whole=1)
            for one in retained_copies(facts, selection)
            if one.is_paired
        ),
        dimensions=PERSON_DIMENSIONS,
        is_named=True,
    )
