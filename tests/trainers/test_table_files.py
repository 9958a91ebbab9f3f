"""Tables as files: text stays text in a spreadsheet, and French ones open them."""

from io import BytesIO

import openpyxl

from trainers.table_files import as_text, csv_bytes, new_workbook, set_headings, workbook_bytes


def test_what_looks_like_a_formula_is_written_as_text() -> None:
    cells = ["=1+1", "+22370000001", "-", "@x", "Awa", "", 3, None]

    assert [as_text(cell) for cell in cells] == [
        "'=1+1", "'+22370000001", "'-", "'@x", "Awa", "", 3, None,
    ]  # fmt: skip


def test_csv_opens_in_a_french_spreadsheet() -> None:
    content = csv_bytes([["Nom", "Téléphone"], ["Awa ; Diarra", "+22370000001"]])

    assert content.decode() == '\ufeffNom;Téléphone\r\n"Awa ; Diarra";\'+22370000001\r\n'


def test_headings_are_bold_and_columns_as_wide_as_asked() -> None:
    book, sheet = new_workbook("Actions")
    sheet.append(["Nature", "Lieu"])
    set_headings(sheet, (30, 12))

    read = openpyxl.load_workbook(BytesIO(workbook_bytes(book)))["Actions"]

    assert [cell.font.bold for cell in read[1]] == [True, True]
    assert [read.column_dimensions[letter].width for letter in "AB"] == [30, 12]
