import datetime
import zipfile
from io import BytesIO

import openpyxl
import pytest

from tests.factories.trainers import workbook
from trainers.workbook_limits import MAX_ROWS
from trainers.workbooks import UnreadableWorkbook, read_sheets, read_table

TOO_WIDE = "Ce classeur dépasse 50 000 lignes ou 200 colonnes : gardez la liste seule."
TOO_BIG = "Ce classeur est trop gros une fois ouvert : gardez la liste seule, sans image."
DAMAGED = "Ce fichier n'est pas un classeur lisible : enregistrez-le en .xlsx, .ods ou .csv."
ODS_HEAD = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
    '<office:spreadsheet><table:table table:name="A">'
)
ODS_FOOT = "</table:table></office:spreadsheet></office:body></office:document-content>"
CELL = '<table:table-cell office:value-type="string"><text:p>Nom</text:p></table:table-cell>'
EMPTY_ROWS = (
    '<table:table-row table:number-rows-repeated="1048535">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def refusal_of(content: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(UnreadableWorkbook) as refusal:
        read_table(content, name=name)
    return str(refusal.value)


def archive(**members: bytes | str) -> bytes:
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in members.items():
            book.writestr(name, text)
    return target.getvalue()


def ods(rows: str) -> bytes:
    return archive(
        **{
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": (
                "<manifest:manifest xmlns:manifest="
                '"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
            ),
            "content.xml": f"{ODS_HEAD}{rows}{ODS_FOOT}",
        }
    )


def test_workbook_gives_plain_values_from_its_first_line() -> None:
    content = workbook([[], ["Nom", None, 12], ["KONE", datetime.date(2025, 1, 2), True]])
    assert read_table(content, name="a.xlsx") == [
        ["", "", ""],
        ["Nom", "", 12.0],
        ["KONE", datetime.date(2025, 1, 2), True],
    ]


def test_first_sheet_with_content_comes_before_hidden_ones() -> None:
    book = openpyxl.Workbook()
    book.active.title = "vide"
    hidden = book.create_sheet("codes")
    hidden.append(["code"])
    hidden.sheet_state = "hidden"
    book.create_sheet("liste").append(["Nom"])
    target = BytesIO()
    book.save(target)

    assert list(read_sheets(target.getvalue(), name="a.xlsx")) == [[["Nom"]], [["code"]]]


@pytest.mark.parametrize(
    ("content", "rows"),
    [
        ("Nom;Prénom\r\nKONE;Awa\r\n".encode("cp1252"), [["Nom", "Prénom"], ["KONE", "Awa"]]),
        ("\ufeffNom,Prénom\nKONE, Awa\n".encode(), [["Nom", "Prénom"], ["KONE", "Awa"]]),
        (b"Nom\tTel\nKONE\t76 00 00 01\n", [["Nom", "Tel"], ["KONE", "76 00 00 01"]]),
        (b'Nom;Lieu\nKONE;"A;B\nC"\n', [["Nom", "Lieu"], ["KONE", "A;B\nC"]]),
    ],
)
def test_text_file_is_read_whatever_its_separator(content: bytes, rows: list) -> None:
    assert read_table(content, name="liste.CSV") == rows


def test_opendocument_is_read_with_its_million_empty_rows() -> None:
    rows = f"<table:table-row>{CELL}{CELL}</table:table-row>{EMPTY_ROWS}"
    assert read_table(ods(rows), name="a.ods") == [["Nom", "Nom"]]


def test_cell_in_the_last_corner_is_refused_before_opening() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "Nom"
    book.active["XFD1048576"] = "x"
    target = BytesIO()
    book.save(target)
    assert refusal_of(target.getvalue()) == TOO_WIDE


@pytest.mark.parametrize(
    "rows",
    [
        f"{EMPTY_ROWS}<table:table-row>{CELL}</table:table-row>",
        f'<table:table-row table:number-rows-repeated="60000">{CELL}</table:table-row>',
        "<table:table-row>"
        '<table:table-cell office:value-type="float" office:value="1" '
        'table:number-columns-repeated="16000"/></table:table-row>',
    ],
    ids=["far", "repeated-rows", "repeated-columns"],
)
def test_opendocument_that_unfolds_is_refused(rows: str) -> None:
    assert refusal_of(ods(rows), "a.ods") == TOO_WIDE


def test_archive_that_unpacks_to_gigabytes_is_refused() -> None:
    content = archive(**{"xl/worksheets/sheet1.xml": b"0" * (121 * 1024 * 1024)})
    assert len(content) < 200_000
    assert refusal_of(content) == TOO_BIG


def test_size_declared_by_the_archive_is_not_believed() -> None:
    real = (121 * 1024 * 1024).to_bytes(4, "little")
    content = archive(**{"xl/worksheets/sheet1.xml": b"0" * (121 * 1024 * 1024)})
    assert refusal_of(content.replace(real, (10).to_bytes(4, "little"))) == TOO_BIG


def test_many_wide_sheets_are_refused() -> None:
    cell = '<c r="GR50000"><v>1</v></c>'
    assert refusal_of(archive(**{"xl/worksheets/sheet1.xml": cell})) == TOO_BIG


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"", "a.xlsx", "Ce fichier est vide."),
        (b"bonjour", "a.xlsx", DAMAGED),
        (b"PK\x03\x04 casse", "a.xlsx", DAMAGED),
        (b"\xd0\xcf\x11\xe0 vieux", "a.xls", DAMAGED),
        (b"Nom;\x00", "a.csv", DAMAGED),
        (b" \n;;\n", "a.csv", "Ce classeur ne contient aucune ligne."),
        (b"x\n" * (MAX_ROWS + 2), "a.csv", TOO_WIDE),
        (b";" * 300, "a.csv", TOO_WIDE),
        (b"0" * (20 * 1024 * 1024 + 1), "a.csv", "Ce fichier dépasse 20 Mo : gardez la liste"),
    ],
    ids=["empty", "text", "broken-zip", "broken-xls", "binary", "blank", "long", "wide", "heavy"],
)
def test_unreadable_file_is_refused_in_a_sentence(content: bytes, name: str, sentence: str) -> None:
    assert refusal_of(content, name).startswith(sentence)


def test_signs_that_the_database_refuses_are_read_as_spaces() -> None:
    content = "Nom;Prénom\nTRA\x00ORÉ;A\x0bwa".encode("utf-16")

    assert read_table(content, name="a.csv") == [["Nom", "Prénom"], ["TRA ORÉ", "A wa"]]
