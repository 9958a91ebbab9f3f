from assessments.pairing import Pairing, pair


def test_pairing_keeps_those_who_took_both_tests():
    assert pair({3: 40.0, 1: 50.0, 2: 60.0}, {1: 70.0, 3: 80.0, 9: 90.0}) == Pairing(
        pairs=((1, 50.0, 70.0), (3, 40.0, 80.0)),
        n_pre=3,
        n_post=3,
        n_paired=2,
        pairing_rate=50.0,
    )


def test_pairing_of_no_test_has_no_rate():
    assert pair({}, {}) == Pairing((), 0, 0, 0, None)


def test_pairing_without_a_pair_has_a_rate_of_zero():
    assert pair({1: 50.0}, {2: 50.0}).pairing_rate == 0.0
