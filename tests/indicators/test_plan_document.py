from pathlib import Path

import pytest

from accounts.reference_data import read_csv
from indicators.enums import Method
from indicators.plan_document import NoPlaceForSheets, render_sheets, with_sheets
from indicators.plan_loading import INDICATORS

DOCUMENT = Path(__file__).parents[2] / "docs" / "indicators.md"


def test_document_holds_the_sheets_as_the_files_say() -> None:
    text = DOCUMENT.read_text(encoding="utf-8")

    assert with_sheets(text) == text


def test_document_has_a_section_for_each_indicator_and_a_line_for_each_method() -> None:
    lines = DOCUMENT.read_text(encoding="utf-8").splitlines()

    codes = {row["code"] for row in read_csv(INDICATORS)}
    assert len(codes) == 39
    assert codes == {line.removeprefix("### ") for line in lines if line.startswith("### ")}
    assert {line.split("`")[1] for line in lines if line.startswith("| `")} >= set(Method.values)


def test_a_section_says_what_is_and_is_not_counted() -> None:
    sections = render_sheets().split("### ")
    section = next(text for text in sections if text.startswith("3.2.1-c"))

    assert "thèmes `techniques-speciales-enquete` ; chaîne pénale seulement" in section
    assert [line.partition(" : ")[0] for line in section.splitlines() if line.startswith("- ")] == [
        "- Plan", "- Départ", "- Méthode", "- Calcul", "- Source", "- Non compté"
    ]  # fmt: skip


def test_with_sheets_refuses_a_document_without_its_marks() -> None:
    with pytest.raises(NoPlaceForSheets):
        with_sheets("# Indicators")
