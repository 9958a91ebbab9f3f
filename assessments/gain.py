"""What a group learned between its pre-test and its post-test (domain, section 4).

No p-value, no mean of individual normalised gains, no share of "improved": the domain says why.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from assessments.figures import figure

INCONCLUSIVE = "non concluant"
ESTABLISHED = "gain établi"
NOT_ESTABLISHED = "gain non établi"
DECLINE = "recul établi"
_TOLERANCE = 1e-9
_CONFIDENCE = 0.95
_MOST_ITEMS = 1000


@dataclass(frozen=True)
class Gain:
    """Means and gain in points of 100, shares in percent, the interval at 95 %.

    A figure that the pairs do not allow is ``None``: no pair, a single pair, gains all equal, a
    pre-test already at 100.

    ``reliable_gain20_exact_share`` counts a gain of exactly 20 points; it is the figure for people.
    ``reliable_gain20_share`` is the contract's: see ``share_as_delivered``.
    """

    n_paired: int
    mean_pre: float | None
    mean_post: float | None
    gain: float | None
    ci95: tuple[float, float] | None
    cohen_d: float | None
    hake_of_means: float | None
    mastery70_post_share: float | None
    reliable_gain20_share: float | None
    reliable_gain20_exact_share: float | None
    verdict: str
    verdict_reason: str


def summarise(
    pairs: Sequence[tuple[float, float]],
    *,
    pairing_rate: float | None,
    mastery: float = 70.0,
    reliable: float = 20.0,
    min_pairs: int = 10,
    min_rate: float = 70.0,
) -> Gain:
    """Describe the paired gain of (pre, post) scores in points of 100.

    ``mastery`` and ``reliable`` are met exactly as well as exceeded. The verdict is « non
    concluant » under ``min_pairs`` pairs or ``min_rate`` percent paired, whatever the figures.
    """
    n = len(pairs)
    gains = [post - pre for pre, post in pairs]
    mean_pre = _mean([pre for pre, _ in pairs])
    mean_post = _mean([post for _, post in pairs])
    gain = _mean(gains)
    deviation = _deviation(gains)
    ci95 = _interval(gain, deviation, n)
    verdict, reason = _verdict(n, pairing_rate, ci95, min_pairs=min_pairs, min_rate=min_rate)
    return Gain(
        n_paired=n,
        mean_pre=mean_pre,
        mean_post=mean_post,
        gain=gain,
        ci95=ci95,
        cohen_d=gain / deviation if gain is not None and deviation else None,
        hake_of_means=_hake(mean_pre, mean_post),
        mastery70_post_share=_share([post for _, post in pairs], mastery),
        reliable_gain20_share=share_as_delivered(pairs, reliable),
        reliable_gain20_exact_share=_share(gains, reliable),
        verdict=verdict,
        verdict_reason=reason,
    )


def _mean(values: Sequence[float]) -> float | None:
    return math.fsum(values) / len(values) if values else None


def _deviation(values: Sequence[float]) -> float | None:
    """Standard deviation (n - 1); ``None`` when values are fewer than two or all equal."""
    mean = _mean(values)
    if mean is None or len(values) < 2:
        return None
    variance = math.fsum((value - mean) ** 2 for value in values) / (len(values) - 1)
    return math.sqrt(variance) if variance > _TOLERANCE else None


def _interval(gain: float | None, deviation: float | None, n: int) -> tuple[float, float] | None:
    """Student's interval of the mean paired gain.

    The quantile comes from scipy.special: scipy.stats takes seconds to import.
    """
    if gain is None or deviation is None:
        return None
    from scipy.special import stdtrit

    half = float(stdtrit(n - 1, (1 + _CONFIDENCE) / 2)) * deviation / math.sqrt(n)
    return gain - half, gain + half


def _hake(mean_pre: float | None, mean_post: float | None) -> float | None:
    if mean_pre is None or mean_post is None or mean_pre >= 100 - _TOLERANCE:
        return None
    return (mean_post - mean_pre) / (100 - mean_pre)


def _share(values: Sequence[float], threshold: float) -> float | None:
    if not values:
        return None
    return sum(value >= threshold - _TOLERANCE for value in values) * 100 / len(values)


def share_as_delivered(pairs: Sequence[tuple[float, float]], threshold: float) -> float | None:
    """The share as the delivered acceptance figures compute it, to the last bit.

    They divide and multiply each score in binary before comparing, so that a gain of exactly 20
    points is lost when it falls just under (11 then 15 right answers of 20: 19.999…). The field is
    kept equal to them because other tools check it; docs/indicators.md states the difference.
    """
    if not pairs:
        return None
    reached = sum(_as_delivered(post) - _as_delivered(pre) >= threshold for pre, post in pairs)
    return reached * 100 / len(pairs)


@lru_cache(maxsize=4096)  # a form has few possible scores
def _as_delivered(percent: float) -> float:
    """Right answers / items * 100 in binary, from a score that was rounded once.

    The fraction is found again first: on 15 or 30 items ``percent / 100`` may miss it by a bit.
    """
    return float(Fraction(percent / 100).limit_denominator(_MOST_ITEMS)) * 100


def _verdict(
    n: int,
    pairing_rate: float | None,
    ci95: tuple[float, float] | None,
    *,
    min_pairs: int,
    min_rate: float,
) -> tuple[str, str]:
    doubts = []
    if n < min_pairs:
        plural = "s" if n > 1 else ""
        doubts.append(f"{n} paire{plural} pour {min_pairs} au moins")
    if pairing_rate is None or pairing_rate < min_rate - _TOLERANCE:
        rate = figure(pairing_rate or 0.0)
        doubts.append(f"{rate} % d'appariement pour {figure(min_rate)} % au moins")
    if doubts:
        return INCONCLUSIVE, f"{' ; '.join(doubts)}."
    if ci95 is None:
        return INCONCLUSIVE, "Tous les gains sont identiques : vérifiez les copies."
    low, high = ci95
    interval = f"L'intervalle à 95 % va de {figure(low)} à {figure(high)} points"
    if low > 0:
        return ESTABLISHED, f"{interval} : il est tout entier au-dessus de zéro."
    if high < 0:
        return DECLINE, f"{interval} : il est tout entier au-dessous de zéro."
    return NOT_ESTABLISHED, f"{interval} : il contient zéro."
