"""The table of « Encore en poste » as a file, for the committee."""

import csv
from io import BytesIO, StringIO

from django.utils.translation import gettext as _

from trainers.people.still_in_post import PostRow, StillInPost

_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
_BYTE_ORDER_MARK = "\ufeff"  # French spreadsheets read UTF-8 only behind it


def post_csv(found: StillInPost) -> bytes:
    """Return the table in UTF-8, with semicolons, as French spreadsheets open it."""
    target = StringIO()
    target.write(_BYTE_ORDER_MARK)
    writer = csv.writer(target, delimiter=";", lineterminator="\r\n")
    writer.writerow(_headings())
    writer.writerows(_cells(row) for row in found.rows)
    return target.getvalue().encode()


def post_xlsx(found: StillInPost) -> bytes:
    """Return the table as a workbook."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = _("Encore en poste")[:31]
    sheet.append(_headings())
    for row in found.rows:
        sheet.append(_cells(row))
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width = 46
    sheet.column_dimensions["B"].width = 24
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def _headings() -> list[str]:
    return [
        _("Lieu"),
        _("Territoire"),
        _("Formées, en poste"),
        _("À rafraîchir"),
        _("Mutées ailleurs"),
        _("Parties"),
    ]


def _cells(row: PostRow) -> list[str | int]:
    figures = [
        "" if figure is None else figure for figure in (row.serving, row.due, row.moved, row.left)
    ]
    return [_as_text(row.name), _as_text(row.where), *figures]


def _as_text(value: str) -> str:
    # What a spreadsheet would take for a formula is written as text.
    return f"'{value}" if value.startswith(_FORMULA_SIGNS) else value
