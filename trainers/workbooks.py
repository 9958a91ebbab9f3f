"""Read a spreadsheet into plain rows, safely: any format the field uses, none that can hurt."""

import codecs
import csv
from collections.abc import Iterator
from io import BytesIO, StringIO
from pathlib import PurePath

import python_calamine as calamine
from django.utils.translation import gettext as _

from accounts.plain_text import printable
from trainers.workbook_limits import (
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS,
    UnreadableWorkbook,
    damaged,
    refuse_oversized_archive,
    refuse_oversized_tables,
)

__all__ = ["MAX_CELLS", "UnreadableWorkbook", "read_sheets", "read_table"]

MAX_BYTES = 20 * 1024 * 1024
TEXT_SUFFIXES = frozenset({".csv", ".tsv", ".txt"})
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0"
_DELIMITERS = (";", "\t", ",", "|")

Rows = list[list[object]]


def read_table(content: bytes, *, name: str) -> Rows:
    """Return the first sheet that holds something; the first list is line 1 of the spreadsheet.

    Cells are what the file holds (text, number, date, True), "" where nothing is. `name` tells a
    text file from a workbook. Raises `UnreadableWorkbook`.
    """
    return next(read_sheets(content, name=name))


def read_sheets(content: bytes, *, name: str) -> Iterator[Rows]:
    """Yield every sheet that holds something, the visible ones first; at least one.

    Limits: 20 MB, 50,000 rows, 200 columns. Raises `UnreadableWorkbook`.
    """
    if not content:
        raise UnreadableWorkbook(_("Ce fichier est vide."))
    if len(content) > MAX_BYTES:
        raise UnreadableWorkbook(_("Ce fichier dépasse 20 Mo : gardez la liste seule."))
    if content.startswith((_ZIP, _OLD_EXCEL)):
        sheets = _workbook_sheets(content)
    elif PurePath(name).suffix.lower() in TEXT_SUFFIXES:
        sheets = iter([_text_rows(content)])
    else:
        raise _not_a_table(content)
    is_empty = True
    for read in sheets:
        rows = [
            [printable(cell) if isinstance(cell, str) else cell for cell in row] for row in read
        ]
        if any(cell not in ("", None) for row in rows for cell in row):
            is_empty = False
            yield rows
    if is_empty:
        raise UnreadableWorkbook(_("Ce classeur ne contient aucune ligne."))


def _workbook_sheets(content: bytes) -> Iterator[Rows]:
    if content.startswith(_ZIP):
        refuse_oversized_archive(content)
    try:
        with calamine.CalamineWorkbook.from_filelike(BytesIO(content)) as workbook:
            shown = calamine.SheetVisibleEnum.Visible
            ordered = sorted(workbook.sheets_metadata, key=lambda sheet: sheet.visible != shown)
            for sheet in ordered:
                if sheet.typ == calamine.SheetTypeEnum.WorkSheet:
                    table = workbook.get_sheet_by_name(sheet.name)
                    yield [list(row) for row in table.to_python(skip_empty_area=False)]
    except calamine.PasswordError as error:
        raise UnreadableWorkbook(
            _("Ce classeur est protégé par un mot de passe : enregistrez-le sans protection.")
        ) from error
    except calamine.CalamineError as error:
        raise damaged() from error


def _not_a_table(content: bytes) -> UnreadableWorkbook:
    """The refusal that says what the file is, where its first bytes tell."""
    start = content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<table")):
        return UnreadableWorkbook(
            _(
                "Ce fichier est une page web sous un nom de classeur : ouvrez-le dans un tableur, "
                "puis enregistrez-le en .xlsx."
            )
        )
    if start.startswith((b"%pdf", b"\xff\xd8\xff", b"\x89png")):
        return UnreadableWorkbook(
            _(
                "Ce fichier est un document à lire ou une image, pas un classeur : demandez la "
                "liste en .xlsx, ou gardez-le comme feuille signée."
            )
        )
    return damaged()


def _text_rows(content: bytes) -> Rows:
    if content[:4].lower() == b"%pdf" or content.lstrip()[:5].lower() in (b"<html", b"<!doc"):
        raise _not_a_table(content)
    text = _decoded(content)
    lines = [line for line in text.splitlines() if line.strip()][:30]
    delimiter = max(_DELIMITERS, key=lambda one: sum(line.count(one) for line in lines))
    rows: Rows = []
    columns = 0
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            rows.append([cell.strip() for cell in row])
            columns = max(columns, len(row))
            if len(rows) > MAX_ROWS or columns > MAX_COLUMNS:
                break
    except csv.Error as error:
        raise damaged() from error
    refuse_oversized_tables([(len(rows), columns)])
    return rows


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, UTF-16 (« Texte Unicode »), or what Windows writes here."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as error:
            raise damaged() from error
    if b"\x00" in content:
        raise damaged()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")
