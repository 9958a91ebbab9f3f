"""French typography of what is printed."""

import pytest

from assessments.papers.typography import set_french


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("L'aveu", "L’aveu"),
        ("Que faire ?", "Que faire\u202f?"),
        ("Retenir : non ; partir !", "Retenir\u00a0: non\u202f; partir\u202f!"),
        ("Il dit « Oui »", "Il dit «\u00a0Oui\u00a0»"),
        ("2 000 000 FCFA en 2023", "2\u202f000\u202f000 FCFA en 2023"),
        ("https://exemple/?a:b", "https://exemple/?a:b"),
    ],
)
def test_text_is_set_as_a_french_printer_does(written: str, printed: str) -> None:
    assert set_french(written) == printed
    assert set_french(printed) == printed
