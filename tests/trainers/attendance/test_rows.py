import pytest

from trainers.attendance.rows import merge_duplicates, read_attendance
from trainers.attendance.slot_columns import SlotRef

SLOTS = (SlotRef(1, 1, "AM"), SlotRef(2, 1, "PM"))
HEADINGS = ["N°", "Nom", "Prénom", "Sexe", "Téléphone", "Profession", "J1 matin", "J1 après-midi"]


def read(*rows, headings=HEADINGS, slots=SLOTS):
    return read_attendance(
        [headings, *rows],
        slots=slots,
        professions={"avocat": "avocat", "greffier": "greffier"},
        territories={"segou": "segou", "district de bamako": "district-de-bamako"},
    )


def test_attendance_reads_a_row():
    sheet = read([1.0, "TRAORE", "Awa", "f", 76000001.0, "Avocat", "x", ""])
    (row,) = sheet.rows
    assert (row.line_number, row.family_name, row.given_name) == (2, "TRAORE", "Awa")
    assert (row.name_key, row.sex, row.phone) == ("awa traore", "F", "+22376000001")
    assert (row.profession_code, row.territory_code, row.present_positions) == ("avocat", "", (1,))
    assert (row.errors, row.warnings, row.duplicate_of_line) == ((), (), None)
    assert (sheet.rows_in_file, sheet.bad_rows, sheet.header_line) == (1, 0, 1)


def test_attendance_reads_columns_in_any_order():
    sheet = read(
        ["x", "Bamako", "76 00 00 01", "Awa TRAORE", "Barreau", "awa@exemple.ml", "M12", "1985"],
        headings=[
            "J1 après-midi",
            "Région",
            "Contact",
            "Nom et prénom(s)",
            "Structure",
            "Courriel",
            "Matricule",
            "Année de naissance",
        ],
    )
    (row,) = sheet.rows
    assert (row.family_name, row.given_name) == ("TRAORE", "Awa")
    assert (row.territory_code, row.organization) == ("district-de-bamako", "Barreau")
    assert (row.email, row.matricule, row.birth_year) == ("awa@exemple.ml", "M12", 1985)
    assert row.present_positions == (2,)


@pytest.mark.parametrize(
    ("heading", "cell", "names"),
    [
        ("Nom et prénom", "Traoré Awa Sira", ("Traoré", "Awa Sira")),
        ("Prénoms et nom", "Awa Sira Traoré", ("Traoré", "Awa Sira")),
        ("Nom complet", "Awa TRAORE", ("TRAORE", "Awa")),
        ("Nom", "TRAORE Awa", ("TRAORE", "Awa")),
    ],
)
def test_attendance_splits_a_full_name(heading, cell, names):
    (row,) = read([cell, "x"], headings=[heading, "J1 matin"]).rows
    assert (row.family_name, row.given_name) == names


def test_attendance_puts_inverted_names_right():
    (row,) = read([1, "Fatoumata", "KEITA", "", "", "", "x", ""]).rows
    assert (row.family_name, row.given_name) == ("KEITA", "Fatoumata")


def test_attendance_skips_titles_blanks_totals_and_repeated_headings():
    sheet = read_attendance(
        [
            ["LISTE DE PRÉSENCE"] + [""] * 7,
            [],
            HEADINGS,
            [1.0, "TRAORE", "Awa", "", "", "", "x", "x"],
            [2.0] + [""] * 7,
            HEADINGS,
            [3.0, "KONE", "Ali", "", "", "", "x"],
            ["", "TOTAL", "", "", "", "", 2.0, 1.0],
            ["Fait à Ségou, le 3 mars 2025", "", "", "", "", "", "", ""],
        ],
        slots=SLOTS,
        professions={},
        territories={},
    )
    assert sheet.header_line == 3
    assert [row.line_number for row in sheet.rows] == [4, 7]
    assert sheet.ignored_lines == (6, 8, 9)
    assert (sheet.rows_in_file, sheet.bad_rows) == (2, 0)


@pytest.mark.parametrize("label", ["Nombre de présents", "Effectif présent", "NB DE PRESENTS"])
def test_attendance_takes_a_count_of_marks_for_nobody(label):
    count = [label, None, 1, 1]
    sheet = read(
        ["KONE", "Ali", "x", "x"],
        count,
        headings=["Nom", "Prénom", "J1 matin", "J1 après-midi"],
    )
    assert (sheet.rows_in_file, sheet.bad_rows, sheet.ignored_lines) == (1, 0, (3,))


def test_attendance_lists_every_error_of_a_bad_row():
    sheet = read([1, "", "", "X", "12", "Astronaute", "?", "x"])
    assert sheet.bad_rows == 1
    assert sheet.rows[0].errors == (
        "Cette ligne n'a ni nom ni prénom.",
        "Colonne « Sexe » : « X » n'est pas lisible (écrivez M ou F).",
        (
            "Colonne « Téléphone » : « 12 » n'est pas un numéro de téléphone : écrivez 8 chiffres "
            "pour le Mali, ou « + » et l'indicatif du pays."
        ),
        "Colonne « Profession » : « Astronaute » n'est pas une profession connue.",
        "Colonne « J1 matin » : « ? » n'est pas une marque lisible (écrivez x ou laissez vide).",
    )
    assert merge_duplicates(sheet) == ()


def test_attendance_takes_empty_cells_as_not_told():
    (row,) = read([1, "TRAORE", "Awa", "", "", "", "", ""]).rows
    assert (row.sex, row.phone, row.profession_code, row.present_positions) == ("", None, "", ())
    assert row.errors == ()


def test_attendance_warns_of_an_unreadable_email_and_keeps_the_row():
    (row,) = read(["KONE", "Ali", "ali.exemple"], headings=["Nom", "Prénom", "E-mail"]).rows
    assert (row.email, row.errors) == ("", ())
    assert row.warnings == ("Colonne « E-mail » : « ali.exemple » n'est pas une adresse e-mail.",)


def test_attendance_unites_the_marks_of_a_repeated_person():
    sheet = read(
        [1, "MAIGA", "Boubacar", "M", "76000001", "", "x", ""],
        [2, "BOUBACAR", "Maiga", "M", "+223 76 00 00 01", "Avocat", "", "x"],
    )
    assert [row.duplicate_of_line for row in sheet.rows] == [None, 2]
    assert (sheet.rows_in_file, sheet.duplicate_rows, sheet.bad_rows) == (2, 1, 0)
    (person,) = merge_duplicates(sheet)
    assert (person.line_number, person.present_positions) == (2, (1, 2))
    assert (person.family_name, person.profession_code) == ("MAIGA", "avocat")


def test_attendance_follows_a_person_repeated_twice():
    sheet = read(
        [1, "MAIGA", "Boubacar", "", "", "", "x", ""],
        [2, "MAIGA", "Boubacar", "", "76000001", "", "", ""],
        [3, "MAIGA", "B.", "", "76000001", "", "", "x"],
    )
    assert [row.duplicate_of_line for row in sheet.rows] == [None, 2, 2]
    (person,) = merge_duplicates(sheet)
    assert (person.phone, person.present_positions) == ("+22376000001", (1, 2))


def test_attendance_never_merges_a_shared_phone_silently():
    sheet = read(
        [1, "MAIGA", "Boubacar", "", "76000001", "", "x", ""],
        [2, "DIALLO", "Awa", "", "76000001", "", "x", ""],
        [3, "MAIGA", "Boubacar", "", "66000001", "", "x", ""],
    )
    assert sheet.duplicate_rows == 0
    assert [row.warnings for row in sheet.rows] == [
        (),
        (
            (
                "Peut-être la même personne que la ligne 2 : Ce numéro de téléphone est déjà celui "
                "d'une autre personne, d'un autre nom."
            ),
        ),
        (
            (
                "Peut-être la même personne que la ligne 2 : Même nom qu'une personne connue, "
                "mais un autre téléphone."
            ),
        ),
    ]


def test_attendance_reports_columns_it_cannot_place():
    sheet = read(["KONE", "x", "x", "vu"], headings=["Nom", "J1 matin", "Lundi matin", "Visa"])
    assert sheet.unknown_columns == ("Lundi matin", "Visa")
    assert sheet.warnings == (
        "Aucune colonne pour la demi-journée « jour 1, après-midi » : personne n'y est présent.",
    )
    assert sheet.sheet_errors == ()


def test_attendance_refuses_a_slot_that_the_session_has_not():
    sheet = read(["KONE", "x"], headings=["Nom", "J2 matin"])
    assert sheet.sheet_errors == (
        (
            "La colonne « J2 matin » ne correspond à aucune demi-journée de la session, "
            "qui en compte 2."
        ),
    )


def test_attendance_refuses_a_slot_column_given_twice():
    sheet = read(["KONE", "x", ""], headings=["Nom", "J1 matin", "J1 matin"])
    assert sheet.sheet_errors == ("La colonne « J1 matin » est en double : gardez-en une seule.",)


def test_attendance_warns_of_a_second_column_of_the_same_field():
    sheet = read(["KONE", "Ségou", "Niono"], headings=["Nom", "Région", "Cercle"], slots=())
    assert sheet.sheet_errors == ()
    assert sheet.warnings == (
        "La colonne « Cercle » dit la même chose qu'une colonne à sa gauche : elle n'est pas lue.",
    )


def test_attendance_without_headings_is_refused():
    sheet = read_attendance([["KONE", "Ali"]], slots=SLOTS, professions={}, territories={})
    assert (sheet.rows, sheet.header_line) == ((), None)
    assert sheet.sheet_errors == (
        "Aucune ligne de titres avec une colonne « Nom » dans les 30 premières lignes.",
    )


def test_attendance_refuses_a_sheet_without_a_half_day():
    sheet = read(["KONE", "Ali", "A"], headings=["Nom", "Prénom", "Q1"])
    assert sheet.sheet_errors == (
        "Aucune colonne de demi-journée (« J1 matin », « J1 après-midi »…) : "
        "ce fichier ne dit pas qui était présent. "
        "Si c'est la liste des inscrits, cochez la case qui le dit.",
    )
