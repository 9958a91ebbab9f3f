"""Workbooks as they really come: each is read, or refused in a sentence; nothing ever breaks."""

import datetime
import zipfile
from io import BytesIO

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Person
from accounts.reference_data import load_reference_data
from tests.factories.trainers import make_session, workbook
from trainers.attendance.import_report import AttendanceReport, ReportRow
from trainers.attendance.sheet_import import apply_attendance, check_attendance
from trainers.models import AttendanceMark, Participation
from trainers.workbooks import UnreadableWorkbook

pytestmark = pytest.mark.django_db

HEAD = ["Nom", "Prénom", "J1 matin", "J1 après-midi", "J2 matin", "J2 après-midi"]
ONE = ["KONE", "Awa", "x", "", "x", "x"]


@pytest.fixture(autouse=True)
def reference_data() -> None:
    load_reference_data()


def report_of(content: bytes, name: str = "liste.xlsx", **options: bool) -> AttendanceReport:
    return check_attendance(session=make_session(), content=content, name=name, **options)


def only_row(content: bytes, name: str = "liste.xlsx") -> ReportRow:
    (row,) = report_of(content, name).rows
    return row


def saved(book: openpyxl.Workbook) -> bytes:
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def positions(content: bytes) -> list[int]:
    apply_attendance(session=make_session(), content=content, name="liste.xlsx")
    marks = AttendanceMark.objects.order_by("slot__position")
    return list(marks.values_list("slot__position", flat=True))


def test_headings_on_two_lines_with_merged_days_are_read() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["LISTE DE PRÉSENCE"])
    sheet.append(["N°", "Nom", "Prénom", "J1", None, "J2", None])
    sheet.append([None, None, None, "Matin", "Après-midi", "Matin", "Après-midi"])
    for merged in ("A1:G1", "D2:E2", "F2:G2", "A2:A3", "B2:B3", "C2:C3"):
        sheet.merge_cells(merged)
    sheet.append([1, "KONE", "Awa", "x", None, "x", "x"])

    assert positions(saved(book)) == [1, 3, 4]


def test_days_written_above_the_line_of_headings_are_read() -> None:
    rows = [
        ["", "", "Jour 1", "", "Jour 2", ""],
        ["Nom", "Prénom", "Matin", "Soir", "Matin", "Soir"],
        ONE,
    ]
    assert positions(workbook(rows)) == [1, 3, 4]


@pytest.mark.parametrize(
    "first",
    [
        "12/05/2025 matin",
        "Lundi 12 mai matin",
        "matin 12/05/25",
        "2025-05-12 matin",
        "12 mai matin",
    ],
)
def test_half_days_named_by_their_date_are_read(first: str) -> None:
    assert positions(workbook([["Nom", "Prénom", first], ["KONE", "Awa", "x"]])) == [1]


def test_dates_in_cells_over_the_half_days_are_read() -> None:
    first, second = datetime.date(2025, 5, 12), datetime.date(2025, 5, 13)
    rows = [
        ["Nom", "Prénom", first, None, second, None],
        [None, None, "Matin", "Après-midi", "Matin", "Après-midi"],
        ONE,
    ]
    assert positions(workbook(rows)) == [1, 3, 4]


def test_half_day_of_another_date_is_refused() -> None:
    report = report_of(workbook([["Nom", "Prénom", "12/06/2025 matin"], ["KONE", "Awa", "x"]]))
    assert report.errors == (
        "La colonne « 12/06/2025 matin » ne correspond à aucune demi-journée de la session, "
        "qui en compte 4.",
    )


def test_totals_titles_and_five_thousand_blank_rows_are_nobody() -> None:
    rows = [["Atelier de Ségou"], [], HEAD, ONE, *[[None] * 6] * 5000]
    rows += [["TRAORE", "Ali", "x", "", "", ""], ["TOTAL", "", 2, 0, 1, 1], ["Fait à Ségou"]]
    report = report_of(workbook(rows))

    assert (report.persons, report.bad_rows, report.marks) == (2, 0, 4)
    assert [row.line for row in report.rows] == [4, 5005]


@pytest.mark.parametrize(
    ("mark", "marks"),
    [
        (word, 1)
        for word in ("présent", "P", 1, 1.0, "1,0", "x", "oui", "✓", "OK", "Présent(e)", True)
    ]
    + [(word, 0) for word in ("absent", "A", 0, "non", "excusé", "Excusé(e)", "abs.", "✗", False)],
)
def test_marks_are_read_as_people_write_them(mark: object, marks: int) -> None:
    row = only_row(workbook([["Nom", "Prénom", "J1 matin"], ["KONE", "Awa", mark]]))
    assert (row.errors, row.marks) == ((), marks)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_text_files_of_any_office_are_read(encoding: str, separator: str) -> None:
    text = "Nom;Prénom;J1 matin\r\nKONÉ;Zoé;présent\r\n".replace(";", separator)
    row = only_row(text.encode(encoding), "liste.csv")
    assert (row.person, row.marks) == ("Zoé KONÉ", 1)


def test_workbook_under_the_name_of_another_kind_is_read() -> None:
    content = workbook([HEAD, ONE])
    for name in ("liste.xls", "liste.csv", "liste.ods", "liste"):
        assert report_of(content, name).persons == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"<html><table><tr><td>Nom</td></tr></table></html>", "Ce fichier est une page web"),
        (b"%PDF-1.7 liste", "Ce fichier est un document à lire ou une image"),
        (b"\xff\xd8\xff\xe0 photo", "Ce fichier est un document à lire ou une image"),
        (b"Nom;Pr\xc3\xa9nom\n", "Ce fichier n'est pas un classeur lisible"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Ce fichier n'est pas un classeur"),
    ],
    ids=["html", "pdf", "photo", "text", "old"],
)
@pytest.mark.parametrize("name", ["liste.xlsx", "liste.xls"])
def test_file_that_is_no_workbook_is_refused_in_a_sentence(
    content: bytes, name: str, sentence: str
) -> None:
    with pytest.raises(UnreadableWorkbook) as refusal:
        report_of(content, name)
    assert str(refusal.value).startswith(sentence)


def test_zip_of_something_else_is_refused_in_a_sentence() -> None:
    target = BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(UnreadableWorkbook) as refusal:
        report_of(target.getvalue())
    assert str(refusal.value).startswith("Ce fichier n'est pas un classeur lisible")


def test_formula_that_nobody_computed_is_told_with_its_cell() -> None:
    with pytest.raises(UnreadableWorkbook) as refusal:
        report_of(workbook([["Nom", "Prénom", "J1 matin"], ["KONE", "Awa", '=IF(1=1,"x","")']]))
    assert str(refusal.value).startswith("Des cases contiennent une formule sans résultat (C2) :")


def with_result(content: bytes, kept: str) -> bytes:
    """The same workbook, its only formula with the result that a spreadsheet keeps beside it."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(target, "w") as new:
        for member in old.namelist():
            text = old.read(member)
            if member.endswith("sheet1.xml"):
                text = text.replace(b"<v></v>", kept.encode()).replace(b"<v />", kept.encode())
                text = text.replace(b'<c r="C2">', b'<c r="C2" t="str">')
            new.writestr(member, text)
    return target.getvalue()


@pytest.mark.parametrize(("kept", "marks"), [("<v>x</v>", 1), ("<v></v>", 0)])
def test_formula_with_its_result_is_read(kept: str, marks: int) -> None:
    plain = workbook([["Nom", "Prénom", "J1 matin"], ["KONE", "Awa", '=IF(1=1,"x","")']])
    assert only_row(with_result(plain, kept)).marks == marks


def test_several_lists_in_one_workbook_are_told() -> None:
    book = openpyxl.Workbook()
    book.active.append(["Nom", "Prénom", "J1 matin"])
    book.active.append(["KONE", "Awa", "x"])
    second = book.create_sheet("Jour 2")
    second.append(["Nom", "Prénom", "J2 matin"])
    second.append(["TRAORE", "Ali", "x"])
    hidden = book.create_sheet("Brouillon", 0)
    hidden.append(["Nom", "Prénom", "J1 matin"])
    hidden.sheet_state = "hidden"
    report = report_of(saved(book))

    assert [row.person for row in report.rows] == ["Awa KONE"]
    assert report.warnings[0] == (
        "2 autres feuilles de ce classeur ont aussi une liste : elles ne sont pas lues. "
        "Importez-les dans des fichiers à part."
    )


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        (76123456.0, "+22376123456"),
        ("76 12 34 56 / 66 12 34 56", "+22376123456"),
        ("76123456.0", "+22376123456"),
        ("Tél : 76.12.34.56", "+22376123456"),
    ],
)
def test_phones_of_spreadsheets_are_read(phone: object, kept: str) -> None:
    content = workbook([["Nom", "Téléphone", "J1 matin"], ["KONE Awa", phone, "x"]])
    apply_attendance(session=make_session(), content=content, name="a.xlsx")
    assert Person.objects.get().phone == kept


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Juge", "magistrat-siege"),
        ("Juge au tribunal de Niono", "magistrat-siege"),
        ("Procureur", "magistrat-parquet"),
        ("Substitut du Procureur", "magistrat-parquet"),
        ("Avocat général", "magistrat-parquet"),
        ("OPJ Gendarmerie", "opj-gendarmerie"),
        ("Assistante sociale", "travailleur-social"),
        ("Sage-femme", "professionnel-sante"),
        ("Imam", "leader-communautaire"),
        ("ONG", "osc"),
        ("Avocate", "avocat"),
    ],
)
@pytest.mark.parametrize("region", ["Ségou", "Segou", "SEGOU", "Région de Ségou"])
def test_usual_words_for_professions_and_regions_are_read(
    word: str, code: str, region: str
) -> None:
    head = ["Nom", "Prénom", "Profession", "Région", "J1 matin"]
    content = workbook([head, ["KONE", "Awa", word, region, "x"]])
    report = apply_attendance(session=make_session(), content=content, name="a.xlsx")

    assert report.bad_rows == 0
    one = Participation.objects.select_related("profession", "territory").get()
    assert one.profession is not None
    assert one.territory is not None
    assert (one.profession.code, one.territory.code) == (code, "segou")


def test_word_for_two_professions_lists_them() -> None:
    content = workbook([["Nom", "Profession", "J1 matin"], ["KONE Awa", "OPJ", "x"]])
    assert only_row(content).errors == (
        "Colonne « Profession » : « OPJ » peut désigner plusieurs professions : écrivez "
        "« Enquêteur de la police nationale (OPJ/APJ) » ou "
        "« Enquêteur de la gendarmerie nationale (OPJ/APJ) ».",
    )


def test_list_without_half_days_is_refused_then_taken_as_a_list_of_the_enrolled() -> None:
    session = make_session()
    content = workbook([["Nom", "Prénom"], ["KONE", "Awa"], ["TRAORE", "Ali"]])
    refused = check_attendance(session=session, content=content, name="a.xlsx")
    assert len(refused.errors) == 1
    for _turn in range(2):
        report = apply_attendance(
            session=session, content=content, name="a.xlsx", is_list_only=True
        )

    assert report.already_applied
    assert Participation.objects.filter(status="ENROLLED").count() == 2
    assert AttendanceMark.objects.count() == 0


def test_nul_bytes_and_endless_texts_are_kept_out() -> None:
    rows = [
        ["Nom", "Prénom", "E-mail", "Matricule", "Structure", "J1 matin"],
        ["K" * 500, "A" * 500, "a@" + "b" * 400 + ".ml", "M" * 200, "S" * 900, "x"],
    ]
    apply_attendance(session=make_session(), content=workbook(rows), name="a.xlsx")
    person = Person.objects.get()
    assert (len(person.family_name), len(person.matricule), person.email) == (80, 40, "")


CELLS = st.one_of(
    st.text(max_size=30),
    st.sampled_from([*HEAD, "Téléphone", "Profession", "x", "TOTAL", "KONE", "OPJ", "J1", "Matin"]),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=True, allow_infinity=True),
    st.booleans(),
    st.none(),
    st.dates(datetime.date(1900, 3, 1), datetime.date(2100, 1, 1)),
)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.lists(CELLS, max_size=8), max_size=12), has_head=st.booleans())
def test_no_cell_whatever_breaks_the_reading(rows: list[list[object]], has_head: bool) -> None:
    from trainers.attendance.rows import read_attendance
    from trainers.attendance.slot_columns import SlotRef

    sheet = read_attendance(
        [HEAD, *rows] if has_head else rows,
        slots=[SlotRef(1, 1, "AM", datetime.date(2025, 5, 12)), SlotRef(2, 1, "PM")],
        professions={"avocat": "avocat"},
        territories={"segou": "segou"},
    )
    assert sheet.rows_in_file == len(sheet.rows)


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    content=st.one_of(
        st.binary(max_size=400),
        st.text(max_size=300).map(lambda text: ("Nom;Prénom;J1 matin\n" + text).encode()),
        st.binary(max_size=200).map(lambda tail: workbook([HEAD, ONE])[:-200] + tail),
    ),
    name=st.sampled_from(["a.xlsx", "a.csv", "a.xls", "a.txt", "a"]),
)
def test_no_file_whatever_breaks_the_import(content: bytes, name: str) -> None:
    session = make_session()
    try:
        report = check_attendance(session=session, content=content, name=name)
    except UnreadableWorkbook:
        return
    assert report.rows_in_file == len(report.rows)
