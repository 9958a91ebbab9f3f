"""Text that leaves the platform in a file: no sign that a document cannot hold, no formula. Pure.

People paste from Word and from PDF: a vertical tab or a page break comes along, unseen. XML holds
neither, so that one such name would close a whole workbook or report.
"""

import re

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


def printable(text: str) -> str:
    """Return the text with a space for each sign that XML and PostgreSQL refuse."""
    return text if text.isprintable() else _UNFIT.sub(" ", text)


def safe_cell(text: str) -> str:
    """Return what is written in a cell: what a spreadsheet would take for a formula is a text."""
    clean = printable(text)
    return f"'{clean}" if clean.startswith(FORMULA_SIGNS) else clean
