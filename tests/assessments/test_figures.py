import pytest

from assessments.figures import figure


@pytest.mark.parametrize(
    ("value", "text"),
    [(37.695, "37,7"), (2.0, "2"), (0.04, "0"), (-0.04, "0"), (-14.45, "-14,4"), (100.0, "100")],
)
def test_figure_is_written_in_french(value, text):
    assert figure(value) == text
