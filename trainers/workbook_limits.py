"""Refuse a workbook that would fill the memory, before any library opens it.

An .xlsx or .ods is a zip: a few kilobytes may unpack to gigabytes, and one filled cell in the last
corner makes a table of 17 billion cells. What the archive says of itself is not believed: every
member is unpacked in pieces, counted and thrown away.
"""

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import gettext as _

MAX_UNPACKED = 120 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELLS = 3_000_000  # of all sheets together, empty cells between the filled ones included

_PIECE = 256 * 1024
_LOCAL_HEADER = 30
_XLSX_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Za-z]{1,3})(\d{1,7})"[^>]*?(/?)>')
_XLSX_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="(?P<cell>[A-Za-z]{1,3}\d{1,7})"[^>]*>|(?P<formula><f\b)'
    rb"|(?P<value><v(?: [^>]*)?>[^<])|(?P<end></c>)"
)
_ODS_TAG = re.compile(rb"<(table:table-row|table:table-cell|table:table|text:p)(?=[\s/>])([^>]*)>")
_ODS_REPEATED = re.compile(rb'table:number-(?:rows|columns)-repeated="(\d{1,7})"')
_LONGEST_TAG = 2_000


class UnreadableWorkbook(ValueError):
    """A file that is not read as a table; its text is a French sentence."""


@dataclass
class _Extent:
    """The last filled row and column of a sheet, both from 1."""

    rows: int = 0
    columns: int = 0

    def reach(self, row: int, column: int) -> None:
        self.rows, self.columns = max(self.rows, row), max(self.columns, column)


def refuse_oversized_archive(content: bytes) -> None:
    """Raise `UnreadableWorkbook` when the zip is broken, unpacks to too much, or is too wide."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, UnicodeDecodeError, NotImplementedError) as error:
        raise damaged() from error
    if len(members) > MAX_MEMBERS:
        raise _too_big()
    unpacked = 0
    extents: list[_Extent] = []
    for member in members:
        counter = _OdsCells() if member.filename == "content.xml" else _XlsxCells()
        extents.append(counter.extent)
        for piece in _unpack(content, member):
            unpacked += len(piece)
            if unpacked > MAX_UNPACKED:
                raise _too_big()
            counter.read(piece)
        if isinstance(counter, _XlsxCells) and counter.unsolved:
            raise _unsolved(counter.unsolved)
    refuse_oversized_tables([(extent.rows, extent.columns) for extent in extents])


def refuse_oversized_tables(sizes: list[tuple[int, int]]) -> None:
    """Raise `UnreadableWorkbook` when a sheet, or all of them, hold more than we read."""
    if any(rows > MAX_ROWS or columns > MAX_COLUMNS for rows, columns in sizes):
        raise UnreadableWorkbook(
            _("Ce classeur dépasse 50 000 lignes ou 200 colonnes : gardez la liste seule.")
        )
    if sum(rows * columns for rows, columns in sizes) > MAX_CELLS:
        raise _too_big()


def damaged() -> UnreadableWorkbook:
    """The refusal of a file that is broken or is not a workbook at all."""
    return UnreadableWorkbook(
        _("Ce fichier n'est pas un classeur lisible : enregistrez-le en .xlsx, .ods ou .csv.")
    )


def _too_big() -> UnreadableWorkbook:
    return UnreadableWorkbook(
        _("Ce classeur est trop gros une fois ouvert : gardez la liste seule, sans image.")
    )


def _unsolved(cells: list[str]) -> UnreadableWorkbook:
    shown = ", ".join(cells[:5]) + (" …" if len(cells) > 5 else "")
    return UnreadableWorkbook(
        _(
            "Des cases contiennent une formule sans résultat (%(cells)s) : ouvrez ce classeur "
            "dans un tableur, enregistrez-le, puis déposez-le à nouveau."
        )
        % {"cells": shown}
    )


def _unpack(content: bytes, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield what a member really holds, in pieces, whatever sizes the archive declares."""
    start = member.header_offset
    header = content[start : start + _LOCAL_HEADER]
    if len(header) < _LOCAL_HEADER or member.flag_bits & 0x1:
        raise damaged()
    start += _LOCAL_HEADER + int.from_bytes(header[26:28], "little")
    start += int.from_bytes(header[28:30], "little")
    packed = content[start : start + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        yield packed
        return
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise damaged()
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        while packed and not unpacker.eof:
            yield unpacker.decompress(packed, _PIECE)
            packed = unpacker.unconsumed_tail
    except zlib.error as error:
        raise damaged() from error


class _FilledCells:
    """Follow the filled cells of a member through its pieces; a tag may straddle two of them."""

    def __init__(self) -> None:
        self.extent = _Extent()
        self._tail = b""

    def read(self, piece: bytes) -> None:
        """Look at one more piece."""
        text = self._tail + piece
        cut = text.rfind(b"<")
        whole = len(text) if cut < 0 else cut
        self.look(text[:whole])
        self._tail = text[whole:][:_LONGEST_TAG]

    def look(self, text: bytes) -> None:
        """Take the tags of a text that ends between two of them."""
        raise NotImplementedError


class _XlsxCells(_FilledCells):
    """References of the filled cells, wherever the archive keeps its sheets.

    `unsolved` holds the cells with a formula that no spreadsheet has computed: read as they are
    they would be empty, and somebody present would be absent.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unsolved: list[str] = []
        self._cell = b""
        self._has_formula = self._is_text = False

    def look(self, text: bytes) -> None:
        if b"<f" in text or self._has_formula:
            self._follow_formulas(text)
        for letters, digits, is_empty in _XLSX_CELL.findall(text):
            if not is_empty:
                self.extent.reach(int(digits), _column(letters.upper()))

    def _follow_formulas(self, text: bytes) -> None:
        for found in _XLSX_FORMULA.finditer(text):
            if found["cell"]:
                self._cell, self._has_formula = found["cell"], False
                self._is_text = b't="str"' in found[0]
            elif found["formula"]:
                # A text result may well be empty: it was computed.
                self._has_formula = not self._is_text
            elif found["value"]:
                self._has_formula = False
            elif self._has_formula:
                self.unsolved.append(self._cell.decode())
                self._has_formula = False


class _OdsCells(_FilledCells):
    """Rows and cells with their repetitions: LibreOffice repeats an empty row a million times.

    Only what is filled pushes the edge. The extent is that of the largest sheet.
    """

    def __init__(self) -> None:
        super().__init__()
        self._row = self._column = 0

    def look(self, text: bytes) -> None:
        for tag, attributes in _ODS_TAG.findall(text):
            self._follow(tag, attributes)

    def _follow(self, tag: bytes, attributes: bytes) -> None:
        found = _ODS_REPEATED.search(attributes)
        repeated = int(found[1]) if found else 1
        if tag == b"table:table":
            self._row = self._column = 0
        elif tag == b"table:table-row":
            self._row += repeated
            self._column = 0
        elif tag == b"table:table-cell":
            self._column += repeated
            if b"office:value" in attributes or b"table:formula" in attributes:
                self.extent.reach(self._row, self._column)
        else:
            self.extent.reach(self._row, self._column)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
