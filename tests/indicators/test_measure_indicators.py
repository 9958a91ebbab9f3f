import csv
import json

import pytest
from django.core.management import CommandError, call_command

from indicators.plan_loading import PlanTotals
from tests.factories.indicators import crowd, held_session, make_committee

pytestmark = pytest.mark.django_db
FIELDS = [
    "code", "axis", "label", "unit", "measured_by", "method", "compared_figure", "sheet_version",
    "baseline", "target", "printed_total", "computed_total", "value", "participations",
    "unique_persons", "coverage", "n", "numerator", "denominator", "validated_value", "validated",
    "status", "verdict", "pairing", "reliable_gain20_share",
    "reliable_gain20_exact_share", "response_rate", "pending_sessions",
    "sentence", "note", "warnings", "by",
]  # fmt: skip


def measured(capsys: pytest.CaptureFixture[str], *options: str) -> dict[str, dict[str, object]]:
    call_command("measure_indicators", "--json", *options)
    document = json.loads(capsys.readouterr().out)
    return {one["code"]: one for one in document["indicators"]}


def test_json_has_39_indicators_with_stable_fields(
    plan: PlanTotals, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("measure_indicators", "--period", "2025-S1", "--json")

    document = json.loads(capsys.readouterr().out)

    assert (document["period"], document["starts_on"], document["ends_on"]) == (
        "2025-S1", "2025-01-01", "2025-06-30"
    )  # fmt: skip
    assert [list(one) for one in document["indicators"]] == [FIELDS] * 39
    assert {one["target"] for one in document["indicators"]} == {None}


def test_json_gives_recorded_and_validated_apart(
    plan: PlanTotals, capsys: pytest.CaptureFixture[str]
) -> None:
    held_session("A", crowd(10, pre=40, post=90), validated_by=make_committee())
    held_session("B", crowd(2, pre=40, post=50))

    one = measured(capsys, "--period", "2025", "--by", "sex,region")["1.1-a"]

    assert one["value"] == pytest.approx(10 * 100 / 12)
    assert (one["validated_value"], one["status"], one["verdict"]) == (
        100.0, "REACHED", "concluant"
    )  # fmt: skip
    assert one["pairing"] == {
        "n_pre": 12, "n_post": 12, "n_paired": 12, "pairing_rate": 100.0, "n_not_parallel": 0
    }  # fmt: skip
    assert one["validated"] == {
        "value": 100.0, "participations": 10, "unique_persons": 10, "coverage": None,
        "n": 10, "numerator": 10, "denominator": 10,
    }  # fmt: skip
    by = one["by"]
    assert isinstance(by, dict)
    assert [(cell["code"], cell["label"], cell["participations"]) for cell in by["region"]] == [
        ("non-renseigne", "Non renseigné", 12)
    ]
    assert list(by) == ["sex", "region"]


def test_json_says_that_a_declared_indicator_has_no_reading(
    plan: PlanTotals, capsys: pytest.CaptureFixture[str]
) -> None:
    one = measured(capsys, "--period", "plan")["1.2.1-a"]

    assert (one["method"], one["status"], one["value"]) == ("DECLARED", "DECLARED", None)
    assert one["sentence"] == "Valeur déclarée par les points focaux ; aucun relevé saisi"
    assert (one["printed_total"], one["computed_total"], one["target"]) == (200, 800, 800)
    assert one["warnings"] == ["Total imprimé 200, total calculé 800."]


def test_csv_has_a_line_per_indicator_and_per_cell(
    plan: PlanTotals, capsys: pytest.CaptureFixture[str]
) -> None:
    held_session("A", [*crowd(2), *crowd(1, sex="M")])

    call_command("measure_indicators", "--period", "2025", "--by", "sex", "--csv")

    rows = list(csv.DictReader(capsys.readouterr().out.splitlines()))
    assert sum(not row["dimension"] for row in rows) == 39
    assert [
        (row["cell"], row["value"]) for row in rows if row["code"] == "1.1.2-b" and row["dimension"]
    ] == [("F", "2"), ("M", "1")]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        (("--period", "2025-X"), "Période inconnue : « 2025-X »"),
        (("--period", "2025", "--by", "sex,age"), "Ventilation inconnue : age."),
    ],
)
def test_a_wrong_option_is_one_clear_line(
    plan: PlanTotals, options: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(CommandError) as refusal:
        call_command("measure_indicators", *options)

    assert str(refusal.value).startswith(sentence)
    assert "\n" not in str(refusal.value)


def test_measuring_before_the_plan_is_loaded_is_refused() -> None:
    with pytest.raises(CommandError, match="lancez d'abord"):
        call_command("measure_indicators", "--period", "2025")
