"""The Ségou session, imported by the real commands, in the plan's figures of 2025."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from indicators.plan_loading import PlanTotals
from tests.factories.indicators import curriculum_about

SEGOU = Path(__file__).parents[1] / "data" / "session-segou"
EXPECTED = json.loads((SEGOU / "expected.json").read_text(encoding="utf-8"))
CODE = "SEG-2025-01"

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*[str(argument) for argument in arguments], stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def figures(plan: PlanTotals) -> dict[str, dict[str, Any]]:
    """The indicators of 2025 by reference, once the whole session is imported."""
    curriculum = curriculum_about("identification", "cadre-juridique")
    run(
        "create_session", CODE, "--curriculum", curriculum.slug, "--start", "2025-05-12",
        "--slots", 4, "--slot-hours", 3.5, "--territory", "segou",
    )  # fmt: skip
    run("import_attendance", SEGOU / "attendance.xlsx", "--session", CODE, "--apply")
    run("import_questions", SEGOU / "form.gift", "--bank", "segou", "--form", "segou-a")
    for occasion in ("pre", "post"):
        run(
            "import_results", SEGOU / f"test_{occasion}.xlsx", "--session", CODE,
            "--form", "segou-a", "--occasion", occasion, "--apply",
        )  # fmt: skip
    document = run("measure_indicators", "--period", "2025", "--by", "sex,category", "--json")
    return {one["code"]: one for one in json.loads(document)["indicators"]}


def test_segou_counts_enter_the_plan_as_expected(figures: dict[str, dict[str, Any]]) -> None:
    trained = figures["1.1.2-b"]

    assert trained["value"] == EXPECTED["trained"] == 24
    assert figures["1.1.1-a"]["value"] == EXPECTED["present"] == 35
    assert figures["1.1.2-c"]["value"] == 1
    for dimension in ("sex", "category"):
        counted = {cell["code"]: cell["value"] for cell in trained["by"][dimension]}
        assert counted == EXPECTED[f"trained_by_{dimension}"]


def test_segou_knowledge_enters_the_plan_as_expected(figures: dict[str, dict[str, Any]]) -> None:
    for code in ("1.1-a", "2.2.a-1", "2.2.a-2"):
        share = figures[code]

        assert share["value"] == pytest.approx(EXPECTED["mastery70_post_share"], abs=1e-9)
        assert share["reliable_gain20_share"] == pytest.approx(
            EXPECTED["reliable_gain20_share"], abs=1e-9
        )
        assert share["reliable_gain20_exact_share"] == pytest.approx(17 * 100 / 29, abs=1e-9)
        assert {name: share["pairing"][name] for name in ("n_pre", "n_post", "n_paired")} == {
            name: EXPECTED[name] for name in ("n_pre", "n_post", "n_paired")
        }
        assert (share["n"], share["verdict"]) == (29, "concluant")


def test_segou_counts_against_no_target_before_its_validation(
    figures: dict[str, dict[str, Any]],
) -> None:
    trained = figures["1.1.2-b"]

    assert (trained["validated_value"], trained["status"], trained["pending_sessions"]) == (
        0, "PROVISIONAL", 1
    )  # fmt: skip
