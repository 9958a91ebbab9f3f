"""Rank the topics that people need, from two questions each; hide what could point at one. Pure.

**Need** of one answer = usefulness × (6 − ease), both from 1 to 5: 1 when the topic is of no use
and well mastered, 25 when it is of the greatest use and not mastered at all. The need of a topic is
the mean over those who rated it, on 25; *n* is how many they are. A product, not a difference: what
is of no use ranks low however little it is mastered.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SCALE = range(1, 6)
HIGHEST = 25
MASKED_UNDER = 5  # for anyone outside the committee (domain §6)
FRAGILE_UNDER = 10


@dataclass(frozen=True, slots=True)
class Rating:
    """One topic of one answer."""

    topic: str
    usefulness: int
    ease: int


@dataclass(frozen=True, slots=True)
class Need:
    """The need of a topic: means of its `n` ratings; `score` is on 25."""

    topic: str
    n: int
    score: float
    usefulness: float
    ease: float

    @property
    def is_fragile(self) -> bool:
        """Too few answers to decide alone."""
        return self.n < FRAGILE_UNDER


def need_of(usefulness: int, ease: int) -> int:
    """Return the need of one rating, from 1 to 25. Raises ValueError outside 1 to 5."""
    if usefulness not in SCALE or ease not in SCALE:
        raise ValueError("usefulness and ease go from 1 to 5")
    return usefulness * (6 - ease)


def ranked(ratings: Iterable[Rating]) -> list[Need]:
    """Return the topics by need, the greatest first; then the more useful, then by code."""
    by_topic: dict[str, list[Rating]] = {}
    for rating in ratings:
        by_topic.setdefault(rating.topic, []).append(rating)
    needs = [_need(topic, given) for topic, given in by_topic.items()]
    return sorted(needs, key=lambda need: (-need.score, -need.usefulness, need.topic))


def _need(topic: str, given: list[Rating]) -> Need:
    n = len(given)
    return Need(
        topic=topic,
        n=n,
        score=sum(need_of(one.usefulness, one.ease) for one in given) / n,
        usefulness=sum(one.usefulness for one in given) / n,
        ease=sum(one.ease for one in given) / n,
    )


def shown_cells(sizes: Mapping[str, int]) -> set[str]:
    """Return the cells that somebody outside the committee may see, from their numbers of answers.

    A cell under 5 is hidden. Where the hidden ones hold fewer than 5 together, a subtraction from
    the total would find them: the smallest cell shown is hidden too.
    """
    shown = {key for key, size in sizes.items() if size >= MASKED_UNDER}
    hidden = sum(size for key, size in sizes.items() if key not in shown)
    if 0 < hidden < MASKED_UNDER and shown:
        shown.remove(min(shown, key=lambda key: (sizes[key], key)))
    return shown
