import datetime

import pytest

from tests.factories.accounts import make_cercle, make_region
from tests.factories.trainers import make_session
from trainers.sessions.codes import propose_code

pytestmark = pytest.mark.django_db
DAY = datetime.date(2025, 5, 12)


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("segou", "Ségou", "SEG-2025-01"),
        ("bamako", "District de Bamako", "BAM-2025-01"),
        ("san", "San", "SAN-2025-01"),
    ],
)
def test_code_comes_from_the_region_and_the_year(code: str, name: str, expected: str) -> None:
    assert propose_code(make_region(code, name), DAY) == expected


def test_code_of_a_cercle_is_that_of_its_region_and_takes_the_first_free_number() -> None:
    make_session("SEG-2025-01")
    make_session("SEG-2025-03")
    assert propose_code(make_cercle(), DAY) == "SEG-2025-02"
