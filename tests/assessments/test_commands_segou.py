"""The Ségou session through the real commands: expected.json's figures must come out."""

import json
import math
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.reference_data import load_reference_data
from assessments.models import Attempt
from tests.factories.trainers import make_curriculum
from trainers.models import Evidence, Participation
from trainers.participation.rule_sets import create_first_rule_set

SEGOU = Path(__file__).parents[1] / "data" / "session-segou"
EXPECTED = json.loads((SEGOU / "expected.json").read_text(encoding="utf-8"))
CODE = "SEG-2025-01"

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*[str(argument) for argument in arguments], stdout=out, stderr=StringIO())
    return out.getvalue()


def run_json(*arguments: object) -> dict:
    return json.loads(run(*arguments, "--json"))


def import_form() -> None:
    run("import_questions", SEGOU / "form.gift", "--bank", "segou", "--form", "segou-a")


def import_results(occasion: str, *more: str) -> dict:
    return run_json(
        "import_results", SEGOU / f"test_{occasion}.xlsx", "--session", CODE,
        "--form", "segou-a", "--occasion", occasion, *more,
    )  # fmt: skip


@pytest.fixture
def session() -> None:
    load_reference_data()
    create_first_rule_set()
    curriculum = make_curriculum()
    run(
        "create_session", CODE, "--curriculum", curriculum.slug, "--start", "2025-05-12",
        "--slots", 4, "--slot-hours", 3.5, "--territory", "segou",
    )  # fmt: skip
    run("import_attendance", SEGOU / "attendance.xlsx", "--session", CODE, "--apply")
    import_form()


@pytest.fixture
def results(session: None) -> None:
    import_results("pre", "--apply")
    import_results("post", "--apply")


def test_segou_summary_counts_as_expected(results: None) -> None:
    summary = run_json("session_summary", CODE)

    names = ("code", "persons", "present", "trained", "certified", "n_pre", "n_post")
    assert {name: summary[name] for name in names} == {name: EXPECTED[name] for name in names}
    assert summary["trained_by_category"] == EXPECTED["trained_by_category"]
    assert summary["trained_by_sex"] == EXPECTED["trained_by_sex"]
    assert summary["informed"] == 11


def test_segou_gain_is_as_expected(results: None) -> None:
    gain = run_json("knowledge_gain", "--session", CODE)

    for name in ("n_pre", "n_post", "n_paired"):
        assert gain[name] == EXPECTED[name], name
    for name in (
        "mean_pre", "mean_post", "gain", "cohen_d", "hake_of_means", "mastery70_post_share",
        "reliable_gain20_share",
    ):  # fmt: skip
        assert math.isclose(gain[name], EXPECTED[name], rel_tol=0, abs_tol=1e-9), name
    assert gain["ci95"] == pytest.approx(EXPECTED["ci95"], abs=1e-9)
    assert gain["pairing_rate"] == pytest.approx(29 * 100 / 35)
    assert gain["verdict"] == "gain établi"


def test_segou_items_are_as_expected(results: None) -> None:
    items = run_json("analyse_items", "--form", "segou-a", "--occasion", "post", "--session", CODE)

    assert items["n"] == 31
    assert math.isclose(items["kr20"], EXPECTED["kr20_post"], rel_tol=0, abs_tol=1e-9)
    assert items["item_difficulty"] == pytest.approx(EXPECTED["item_difficulty_post"], abs=1e-9)
    assert items["item_discrimination"] == pytest.approx(
        EXPECTED["item_discrimination_post"], abs=1e-9
    )
    assert sum(items["items"][0]["distractors"].values()) == 31


def test_a_check_writes_nothing(session: None) -> None:
    report = import_results("pre")

    assert (report["rows_in_file"], report["new_copies"], report["bad_rows"]) == (33, 33, 0)
    assert (report["applied"], report["recorded"]) == (False, 0)
    assert Attempt.objects.count() == 0
    assert Evidence.objects.filter(kind="RESULTS_FILE").count() == 0


def test_the_same_file_twice_changes_nothing(results: None) -> None:
    report = import_results("post", "--apply")

    assert (report["recorded"], report["unchanged_copies"]) == (0, 31)
    assert Attempt.objects.count() == 64
    assert Evidence.objects.filter(kind="RESULTS_FILE").count() == 2


def test_the_pre_test_file_given_as_post_test_is_refused_row_by_row(results: None) -> None:
    scores = list(Participation.objects.order_by("pk").values_list("post_percent", flat=True))

    report = run_json(
        "import_results", SEGOU / "test_pre.xlsx", "--session", CODE, "--form", "segou-a",
        "--occasion", "post",
    )  # fmt: skip

    assert report["new_copies"] == 4  # those who took only the pre-test
    assert report["bad_rows"] == 29
    assert report["warnings"] == [
        "Ce classeur est déjà enregistré pour un autre test : Pré-test. Vérifiez lequel c'est."
    ]
    assert {error for row in report["rows"] for error in row["errors"]} == {
        "Copie déjà enregistrée, différente."
    }
    assert scores == list(
        Participation.objects.order_by("pk").values_list("post_percent", flat=True)
    )


def test_importing_the_same_form_again_changes_nothing(session: None) -> None:
    report = run_json(
        "import_questions", SEGOU / "form.gift", "--bank", "segou", "--form", "segou-a"
    )

    assert (report["questions"], report["created"], report["unchanged"]) == (20, 0, 20)


def test_tables_for_people_are_in_french(results: None) -> None:
    assert "Formés par sexe : F 9, M 15" in run("session_summary", CODE)
    assert "Gain moyen (points)                                    21,2" in run(
        "knowledge_gain", "--session", CODE
    )
    items = run("analyse_items", "--form", "segou-a", "--occasion", "post")
    assert "KR-20 0,73" in items
    assert "31 copies : chiffres fragiles sous 100." in items


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("session_summary", "INCONNUE"), "Aucune session ne porte le code « INCONNUE »."),
        (
            ("analyse_items", "--form", "rien", "--occasion", "pre"),
            "Aucun formulaire de test ne porte le code « rien ».",
        ),
    ],
)
def test_an_unknown_name_is_one_clear_line(arguments: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(CommandError) as refusal:
        run(*arguments)

    assert str(refusal.value) == sentence
