import pytest

from assessments.result_rows import QuestionHeading, read_question_heading, read_results

HEADINGS = ["Téléphone", "Nom", "Prénom", "Q1", "Q2", "Q3"]


def read(*rows, headings=HEADINGS, letters=(4, 4, 2)):
    return read_results([headings, *rows], item_count=len(letters), letters_per_item=letters)


@pytest.mark.parametrize(
    ("title", "number"),
    [("Q1", 1), ("q 12", 12), ("Question 3", 3), ("Question n° 4", 4), ("05", 5), ("7", 7)],
)
def test_question_heading_is_read(title, number):
    assert read_question_heading(title) == QuestionHeading(number)


@pytest.mark.parametrize("title", ["Quand", "Q", "Nom", "Q1 bis", ""])
def test_question_heading_that_is_none(title):
    assert read_question_heading(title) is None


def test_results_reads_a_row():
    sheet = read([76000001.0, "TRAORE", "Awa", "a", " D ", None])
    (row,) = sheet.rows
    assert (row.line_number, row.phone, row.name_key) == (2, "+22376000001", "awa traore")
    assert (row.family_name, row.given_name) == ("TRAORE", "Awa")
    assert row.responses == ("A", "D", None)
    assert (row.errors, sheet.rows_in_file, sheet.bad_rows) == ((), 1, 0)


def test_results_reads_columns_in_any_order():
    sheet = read(
        ["B", 12.0, "A", "M-7", "D", "P03"],
        headings=["3", "N°", "Question 1", "Matricule", 2.0, "Code"],
    )
    (row,) = sheet.rows
    assert row.responses == ("A", "D", "B")
    assert (row.matricule, row.code, row.phone) == ("M-7", "P03", None)


@pytest.mark.parametrize("blank", ["", None, " ", "-", "–"])
def test_results_takes_a_blank_as_no_answer(blank):
    assert read(["76000001", "TRAORE", "", blank, "A", "B"]).rows[0].responses == (None, "A", "B")


@pytest.mark.parametrize("cell", ["C", "AB", "A/B", "?", "1", "E"])
def test_results_refuses_what_is_not_one_of_the_choices(cell):
    sheet = read(["76000001", "TRAORE", "Awa", "A", "A", cell])
    assert sheet.bad_rows == 1
    assert sheet.rows[0].responses == ("A", "A", None)
    assert sheet.rows[0].errors == (
        f"Colonne « Q3 » : « {cell} » n'est pas une réponse lisible (une lettre de A à B).",
    )


def test_results_accepts_a_letter_with_its_bracket():
    assert read(["76000001", "", "", "a)", "B.", "A"]).rows[0].responses == ("A", "B", "A")


def test_results_refuses_a_sheet_without_a_name():
    (row,) = read(["", "", "", "A", "A", "A"]).rows
    assert row.errors == (
        "Cette ligne ne dit pas de qui est la copie (téléphone, nom ou matricule).",
    )


def test_results_refuses_an_unreadable_phone():
    (row,) = read(["12", "TRAORE", "Awa", "A", "A", "A"]).rows
    assert row.errors == (
        (
            "Colonne « Téléphone » : « 12 » n'est pas un numéro de téléphone : écrivez 8 chiffres "
            "pour le Mali, ou « + » et l'indicatif du pays."
        ),
    )


@pytest.mark.parametrize(
    ("headings", "sentence"),
    [
        (["Nom", "Q1", "Q3"], "La colonne de la question 2 manque."),
        (
            ["Nom", "Q1", "Q2", "Q3", "Q4"],
            "La colonne « Q4 » est de trop : le formulaire a 3 questions.",
        ),
        (
            ["Nom", "Q1", "Q2", "Q3", "Question 3"],
            "La colonne « Question 3 » est en double : gardez-en une seule.",
        ),
        (
            ["Structure", "Q1"],
            (
                "Aucune ligne de titres avec « Téléphone » ou « Nom » et les questions (Q1, Q2…) "
                "dans les 30 premières lignes."
            ),
        ),
    ],
)
def test_results_of_another_form_are_refused(headings, sentence):
    sheet = read(["TRAORE", "A", "A", "A", "A"], headings=headings)
    assert sheet.sheet_errors == (sentence,)
    assert sheet.rows == ()


def test_results_skips_the_key_the_totals_and_blank_rows():
    sheet = read(
        ["Corrigé", "", "", "A", "B", "A"],
        [],
        ["76000001", "TRAORE", "Awa", "A", "B", "A"],
        ["", "Total", "", 1, 1, 1],
    )
    assert [row.line_number for row in sheet.rows] == [4]
    assert sheet.ignored_lines == (2, 5)


def test_results_points_a_second_sheet_to_the_first():
    sheet = read(
        ["76000001", "TRAORE", "Awa", "A", "B", "A"],
        ["66000001", "KONE", "Ali", "A", "B", "A"],
        ["+223 76 00 00 01", "Awa", "TRAORE", "D", "D", "B"],
        ["", "KONE", "Ali", "A", "B", "A"],
    )
    assert [row.duplicate_of_line for row in sheet.rows] == [None, None, 2, 3]
    assert sheet.duplicate_rows == 2


def test_results_of_one_code_are_of_one_person():
    sheet = read(["P1", "A", "B", "A"], ["p1", "A", "B", "A"], headings=["Code", "Q1", "Q2", "Q3"])
    assert [row.duplicate_of_line for row in sheet.rows] == [None, 2]


def test_results_needs_one_number_of_choices_per_item():
    with pytest.raises(ValueError, match="one number of choices per item"):
        read_results([HEADINGS], item_count=3, letters_per_item=[4])


def test_results_without_any_question_column_say_so_once():
    sheet = read_results(
        [["Nom", "Prénom", "J1 matin"], ["KONE", "Ali", "x"]],
        item_count=20,
        letters_per_item=[4] * 20,
    )
    assert sheet.sheet_errors == (
        "Aucune ligne de titres avec « Téléphone » ou « Nom » et les questions (Q1, Q2…) "
        "dans les 30 premières lignes.",
    )
