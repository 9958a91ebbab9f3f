"""The pieces that a report is made of."""

import pytest

from assessments.session_report.blocks import Report, Section, Table, Text, as_plain, cross_table


def test_cells_of_a_cross_table_add_up_to_the_total() -> None:
    rows = [
        ("Magistrats", "Ségou", "F"), ("Magistrats", "Ségou", "M"), ("Avocats", "Kayes", "M"),
        ("Magistrats", "Ségou", "M"), ("Avocats", "non renseigné", "?"),
    ]  # fmt: skip

    assert cross_table(rows, columns=["F", "M", "?"]) == [
        ("Avocats", "Kayes", (0, 1, 0, 1)),
        ("Avocats", "non renseigné", (0, 0, 1, 1)),
        ("Magistrats", "Ségou", (1, 2, 0, 3)),
        ("", "", (1, 3, 1, 5)),
    ]


def test_a_column_that_is_not_foreseen_is_an_error() -> None:
    with pytest.raises(ValueError, match="not in list"):
        cross_table([("a", "b", "X")], columns=["F"])


def test_plain_report_says_the_kind_of_each_block() -> None:
    report = Report(
        title="R", session="S", subtitle="", made_on="", demo="",
        sections=(Section("Une", (Text("a"), Table(("h",), (("1",),)))),),
    )  # fmt: skip

    blocks = as_plain(report)["sections"][0]["blocks"]

    assert [block["kind"] for block in blocks] == ["Text", "Table"]
    assert blocks[1]["rows"] == (("1",),)
