"""Pair the two tests of each participation (domain, section 4); unpaired ones are counted."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Pairing:
    """Pairs are (participation id, pre, post) in points of 100, in order of id.

    ``pairing_rate`` is, in percent, the share of pairs among the participations with at least one
    of the two tests; ``None`` when there is none.
    """

    pairs: tuple[tuple[int, float, float], ...]
    n_pre: int
    n_post: int
    n_paired: int
    pairing_rate: float | None


def pair(pre: Mapping[int, float], post: Mapping[int, float]) -> Pairing:
    """Bring together the scores of the participations that took both tests."""
    both = sorted(pre.keys() & post.keys())
    either = len(pre.keys() | post.keys())
    return Pairing(
        pairs=tuple((one, pre[one], post[one]) for one in both),
        n_pre=len(pre),
        n_post=len(post),
        n_paired=len(both),
        pairing_rate=len(both) * 100 / either if either else None,
    )
