"""The table of « Encore en poste » as a file, for the committee."""

from django.utils.translation import gettext as _

from trainers.people.still_in_post import PostRow, StillInPost
from trainers.table_files import as_text, csv_bytes, new_workbook, workbook_bytes


def post_csv(found: StillInPost) -> bytes:
    """Return the table in UTF-8, with semicolons, as French spreadsheets open it."""
    return csv_bytes([_headings(), *(_cells(row) for row in found.rows)])


def post_xlsx(found: StillInPost) -> bytes:
    """Return the table as a workbook."""
    book, sheet = new_workbook(_("Encore en poste")[:31])
    sheet.append(_headings())
    for row in found.rows:
        sheet.append([as_text(cell) for cell in _cells(row)])
    sheet.freeze_panes = "A2"
    sheet.column_dimensions["A"].width = 46
    sheet.column_dimensions["B"].width = 24
    return workbook_bytes(book)


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
    return [row.name, row.where, *figures]
