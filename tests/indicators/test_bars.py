import pytest

from indicators.bars import Bar, bar


@pytest.mark.parametrize(
    ("validated", "everything", "target", "is_percent", "expected"),
    [
        (500, 750, 1000, False, Bar(validated=50, pending=25, target=100)),
        (40, 40, 5, False, Bar(validated=100, pending=0, target=12)),
        (1, 1, 170_000, False, Bar(validated=1, pending=0, target=100)),
        (60.0, 55.0, 80, True, Bar(validated=60, pending=0, target=80)),
        (None, 30.0, 80, True, Bar(validated=0, pending=30, target=80)),
        (3, 3, 0, False, Bar(validated=100, pending=0, target=None)),
        (0, 0, 0, False, None),
        (None, None, 80, True, None),
    ],
)
def test_bar_shares_its_width(
    validated: float | None,
    everything: float | None,
    target: float,
    is_percent: bool,
    expected: Bar | None,
) -> None:
    assert (
        bar(validated=validated, everything=everything, target=target, is_percent=is_percent)
        == expected
    )
