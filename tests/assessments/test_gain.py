import math

import pytest

from assessments.gain import summarise


def test_gain_of_ten_pairs_worked_out_by_hand():
    # Gains: five of 10 and five of 30. Mean 20, deviation sqrt(10 * 100 / 9), t(9) = 2.262157.
    pairs = [(40.0, 50.0)] * 5 + [(40.0, 70.0)] * 5
    found = summarise(pairs, pairing_rate=100.0)
    deviation = math.sqrt(1000 / 9)
    half = 2.2621571627409915 * deviation / math.sqrt(10)
    assert (found.n_paired, found.mean_pre, found.mean_post, found.gain) == (10, 40.0, 60.0, 20.0)
    assert found.ci95 == pytest.approx((20 - half, 20 + half), abs=1e-9)
    assert found.cohen_d == pytest.approx(20 / deviation, abs=1e-12)
    assert found.hake_of_means == pytest.approx(20 / 60)
    assert (found.mastery70_post_share, found.reliable_gain20_share) == (50.0, 50.0)
    assert found.verdict == "gain établi"
    assert found.verdict_reason == (
        "L'intervalle à 95 % va de 12,5 à 27,5 points : il est tout entier au-dessus de zéro."
    )


@pytest.mark.parametrize(
    ("pairs", "verdict", "reason"),
    [
        (
            [(50.0, 45.0)] * 5 + [(50.0, 55.0)] * 5,
            "gain non établi",
            "L'intervalle à 95 % va de -3,8 à 3,8 points : il contient zéro.",
        ),
        (
            [(60.0, 50.0)] * 5 + [(60.0, 30.0)] * 5,
            "recul établi",
            (
                "L'intervalle à 95 % va de -27,5 à -12,5 points : il est tout entier au-dessous "
                "de zéro."
            ),
        ),
        (
            [(50.0, 60.0)] * 10,
            "non concluant",
            "Tous les gains sont identiques : vérifiez les copies.",
        ),
    ],
)
def test_gain_verdict_reads_the_interval(pairs, verdict, reason):
    found = summarise(pairs, pairing_rate=100.0)
    assert (found.verdict, found.verdict_reason) == (verdict, reason)


@pytest.mark.parametrize(
    ("n", "rate", "reason"),
    [
        (9, 100.0, "9 paires pour 10 au moins."),
        (1, 100.0, "1 paire pour 10 au moins."),
        (10, 69.9, "69,9 % d'appariement pour 70 % au moins."),
        (
            9,
            45.0,
            "9 paires pour 10 au moins ; 45 % d'appariement pour 70 % au moins.",
        ),
        (0, None, "0 paire pour 10 au moins ; 0 % d'appariement pour 70 % au moins."),
    ],
)
def test_gain_on_too_little_is_inconclusive(n, rate, reason):
    pairs = [(40.0, 60.0 + position) for position in range(n)]
    found = summarise(pairs, pairing_rate=rate)
    assert (found.verdict, found.verdict_reason) == ("non concluant", reason)


def test_gain_at_exactly_seventy_percent_paired_is_read():
    pairs = [(40.0, 60.0 + position) for position in range(10)]
    assert summarise(pairs, pairing_rate=0.7 * 100).verdict == "gain établi"


def test_gain_counts_exact_ties():
    # 0.7 * 100 and 70.1 - 50.1 both fall short of their thresholds in binary fractions.
    found = summarise([(50.1, 70.1), (50.0, 0.7 * 100)], pairing_rate=100.0)
    assert 0.7 * 100 < 70 or 70.1 - 50.1 < 20
    assert (found.mastery70_post_share, found.reliable_gain20_exact_share) == (100.0, 100.0)


def test_gain_of_no_pair_has_no_figure():
    found = summarise([], pairing_rate=None)
    assert (found.n_paired, found.mean_pre, found.mean_post, found.gain) == (0, None, None, None)
    assert (found.ci95, found.cohen_d, found.hake_of_means) == (None, None, None)
    assert (found.mastery70_post_share, found.reliable_gain20_share) == (None, None)


def test_gain_of_one_pair_has_no_interval():
    found = summarise([(40.0, 60.0)], pairing_rate=100.0)
    assert (found.gain, found.ci95, found.cohen_d) == (20.0, None, None)
    assert found.mastery70_post_share == 0.0


def test_gain_of_equal_gains_has_no_interval():
    found = summarise([(40.1, 60.1), (30.2, 50.2)], pairing_rate=100.0)
    assert (found.ci95, found.cohen_d) == (None, None)


def test_gain_from_a_perfect_pre_test_has_no_normalised_gain():
    assert summarise([(100.0, 95.0), (100.0, 100.0)], pairing_rate=100.0).hake_of_means is None


@pytest.mark.parametrize(
    ("items", "pre", "post", "delivered"),
    [(15, 2, 5, 0.0), (15, 7, 10, 0.0), (15, 0, 3, 100.0), (30, 5, 11, 100.0), (30, 4, 10, 0.0)],
)
def test_gain_as_delivered_divides_right_answers_by_items(items, pre, post, delivered):
    # All gain exactly 20 points; the delivered figures lose those that binary rounds down.
    found = summarise([(pre * 100 / items, post * 100 / items)], pairing_rate=100.0)
    assert (post / items * 100 - pre / items * 100 >= 20) is (delivered == 100.0)
    assert found.reliable_gain20_share == delivered
    assert found.reliable_gain20_exact_share == 100.0
