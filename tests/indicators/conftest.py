import pytest

from indicators.plan_loading import PlanTotals, load_plan


@pytest.fixture
def plan(db: None) -> PlanTotals:
    """The plan of the project, loaded as `manage.py load_plan` does."""
    return load_plan()
