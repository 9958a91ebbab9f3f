"""Text that leaves in a file."""

import pytest

from accounts.plain_text import printable, safe_cell


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("Brigade\x0bde Ségou", "Brigade de Ségou"),
        ("a\x00b\x1fc\ufffed", "a b c d"),
        ("deux\nlignes\tet nbsp\u00a0: ɲɛ", "deux\nlignes\tet nbsp\u00a0: ɲɛ"),
    ],
)
def test_signs_that_no_document_holds_become_spaces(text: str, clean: str) -> None:
    assert printable(text) == clean


@pytest.mark.parametrize("text", ["=1+1", "+223", "-3", "@SUM(A1)", "\t=1", "\r=1"])
def test_what_a_spreadsheet_would_compute_is_a_text(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert safe_cell("Awa = Ali") == "Awa = Ali"
