import pytest
from django.core.management import call_command

from accounts.models import Territory
from indicators.models import Indicator, ReferenceSheet, Target
from indicators.plan_loading import PlanTotals, load_plan
from indicators.plan_reading import read_plan
from trainers.models import PlanActivity, PlanActivityBudget, RuleSet

pytestmark = pytest.mark.django_db


def test_load_plan_counts_what_the_plan_holds(plan: PlanTotals) -> None:
    assert (plan.indicators, plan.measured_here, plan.declared) == (39, 16, 23)
    assert (plan.targets, plan.blank_targets, plan.reference_sheets) == (195, 2, 39)
    assert (plan.activities.activities, plan.activities.budget) == (30, 1_251_000_000)
    assert (plan.reference.regions, plan.reference.cercles) == (20, 159)


def test_load_plan_twice_changes_nothing(plan: PlanTotals) -> None:
    assert load_plan() == plan

    tables = (Indicator, Target, ReferenceSheet, PlanActivity, PlanActivityBudget, RuleSet)
    assert [table.objects.count() for table in tables] == [39, 195, 39, 30, 150, 1]
    assert Territory.objects.count() == 180


def test_load_plan_corrects_a_target_but_never_a_reference_sheet(plan: PlanTotals) -> None:
    Target.objects.filter(indicator__code="1.1.1-a", year=2025).update(value=1)
    ReferenceSheet.objects.filter(indicator__code="1.1-a").update(method="RELIABLE_GAIN_SHARE")

    load_plan()

    assert Target.objects.get(indicator__code="1.1.1-a", year=2025).value == 2000
    assert ReferenceSheet.objects.get(indicator__code="1.1-a").method == "RELIABLE_GAIN_SHARE"


def test_printed_totals_that_differ_are_the_two_known_ones(plan: PlanTotals) -> None:
    assert plan.gaps == (
        "1.2.1-a : total imprimé 200, total calculé 800",
        "1.2.1-b : total imprimé 50, total calculé 400",
    )


@pytest.mark.parametrize(
    ("code", "computed", "gap"),
    [("1.2.1-a", 800, -600), ("1.1-a", 79, None), ("1.2", 52.5, None), ("3.1.1-b", 7500, None)],
)
def test_totals_sum_counts_and_average_percentages(
    plan: PlanTotals, code: str, computed: float, gap: int | None
) -> None:
    planned = read_plan().find(code)

    assert (planned.computed_total, planned.printed_gap) == (computed, gap)


def test_blank_and_not_applicable_targets_are_not_zeros(plan: PlanTotals) -> None:
    book = read_plan()

    assert book.find("4.2-a").targets[2025] is None
    assert book.find("1.2").targets[2023] is None
    assert book.find("4.2-a").targets[2024] == 0


def test_every_note_of_the_source_has_its_french_sentence(plan: PlanTotals) -> None:
    from accounts.reference_data import read_csv
    from indicators.plan_loading import INDICATORS

    noted = {row["code"] for row in read_csv(INDICATORS) if row["note"]}

    assert noted <= {code for code, _note in plan.notes}


def test_corps_is_the_latest_known_at_the_period(plan: PlanTotals) -> None:
    book = read_plan()

    sizes = {
        year: book.corps_of(frozenset({"avocat"}), year) for year in (2020, 2021, 2022, 2023, 2026)
    }

    assert {year: size and size.headcount for year, size in sizes.items()} == {
        2020: 301, 2021: 301, 2022: 301, 2023: 305, 2026: 305
    }  # fmt: skip
    assert book.corps_of(frozenset({"avocat", "enqueteur"}), 2025) is None
    assert book.corps_of(frozenset(), 2025) is None


def test_load_plan_command_prints_the_totals(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_plan")

    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Territoires : 20 régions et district, 159 cercles."
    assert lines[4] == (
        "Indicateurs : 39, dont 16 mesurés par la plateforme et 23 déclarés ; "
        "fiches de référence : 39."
    )
