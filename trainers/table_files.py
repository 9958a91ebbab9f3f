"""Tables as files for a spreadsheet, .xlsx or .csv: what every export and blank model shares."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from typing import Any

from accounts.plain_text import safe_cell

_BYTE_ORDER_MARK = "\ufeff"  # French spreadsheets read UTF-8 only behind it


def as_text(cell: object) -> object:
    """Make a text fit for a cell: no formula, a phone included, no sign that XML refuses."""
    return safe_cell(cell) if isinstance(cell, str) else cell


def csv_bytes(rows: Iterable[Sequence[object]]) -> bytes:
    """Return rows as UTF-8 with semicolons, as French spreadsheets open it; text stays text."""
    target = StringIO()
    target.write(_BYTE_ORDER_MARK)
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerows([as_text(cell) for cell in row] for row in rows)
    return target.getvalue().encode()


def new_workbook(title: str) -> tuple[Any, Any]:
    """Return an empty .xlsx workbook and its one sheet, under that title."""
    import openpyxl  # slow to load, and few requests need it

    book = openpyxl.Workbook()
    book.active.title = title
    return book, book.active


def set_headings(sheet: Any, widths: Iterable[int], *, line: int = 1) -> None:
    """Make a line of headings bold, and give the columns their widths, in characters."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    for cell in sheet[line]:
        cell.font = Font(bold=True)
    for column, width in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(column)].width = width


def workbook_bytes(book: Any) -> bytes:
    """Return the .xlsx file."""
    target = BytesIO()
    book.save(target)
    return target.getvalue()
