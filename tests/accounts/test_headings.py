import pytest

from accounts.headings import (
    cell_text,
    find_header,
    is_blank,
    is_outside_the_list,
    read_heading,
)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("N°", "row_number"),
        ("#", "row_number"),
        ("N° d'ordre", "row_number"),
        ("NOM", "family_name"),
        ("Prénom(s)", "given_name"),
        ("Prénoms", "given_name"),
        ("Nom et prénom(s)", "full_name"),
        ("Prénoms et nom", "full_name"),
        ("Nom complet", "full_name"),
        ("Sexe (M/F)", "sex"),
        ("Genre", "sex"),
        ("Tél", "phone"),
        ("Tel.", "phone"),
        ("N° de téléphone", "phone"),
        ("Portable", "phone"),
        ("Adresse Email", "email"),
        ("E-mail", "email"),
        ("Courriel", "email"),
        ("Structure / Service", "organization"),
        ("Institution", "organization"),
        ("Fonction", "profession"),
        ("Qualité", "profession"),
        ("Région", "territory"),
        ("Lieu d'affectation", "territory"),
        ("Matricule", "matricule"),
        ("Année de naissance", "birth_year"),
        ("Observations", None),
        ("TRAORE", None),
        ("", None),
    ],
)
def test_heading_names_its_field(heading, field):
    assert read_heading(heading) == field


@pytest.mark.parametrize(
    ("titles", "columns"),
    [
        (["Numéro", "Nom", "Tel"], {"row_number": 0, "family_name": 1, "phone": 2}),
        (["N°", "Nom", "Numéro"], {"row_number": 0, "family_name": 1, "phone": 2}),
        (["Nom", "Prénom", "Numéro"], {"family_name": 0, "given_name": 1, "phone": 2}),
        (["Numéro", "Nom", "Prénom"], {"row_number": 0, "family_name": 1, "given_name": 2}),
    ],
)
def test_heading_numero_is_a_phone_or_a_row_number(titles, columns):
    assert find_header([titles]).columns == columns


def test_header_is_found_below_the_title_rows():
    rows = [["Liste de présence", ""], [None, None], ["Prénom", "Observations", "Nom", "Nom"]]
    header = find_header(rows)
    assert header.line_number == 3
    assert header.columns == {"given_name": 0, "family_name": 2}
    assert header.unknown == ("Observations",)
    assert header.repeated == ("Nom",)
    assert header.title("given_name") == "Prénom"
    assert header.value(["Awa"], "family_name") is None


def test_header_needs_a_column_that_names_people():
    assert find_header([["Région", "Structure"]]) is None


def test_header_is_not_searched_past_thirty_lines():
    assert find_header([[""]] * 29 + [["Nom", "Prénom"]]).line_number == 30
    assert find_header([[""]] * 30 + [["Nom", "Prénom"]]) is None


def test_header_keeps_the_columns_of_the_caller():
    header = find_header([["Nom", "Q1"]], lambda title: 1 if title == "Q1" else None)
    assert header.columns == {"family_name": 0, 1: 1}


@pytest.mark.parametrize(
    ("cell", "text"), [(None, ""), (12.0, "12"), (1.5, "1.5"), (" a\u00a0 b\n", "a b"), (0, "0")]
)
def test_cell_text_is_what_a_reader_sees(cell, text):
    assert cell_text(cell) == text


def test_row_with_only_its_number_is_blank():
    header = find_header([["N°", "Nom", "Tel"]])
    assert is_blank([7.0, "", None], header)
    assert not is_blank([7.0, "KONE", None], header)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["", "TOTAL", "36"], True),
        (["Fait à Ségou le 12 mai 2025", "", ""], True),
        (["Vu et approuvé", "", ""], True),
        (["N°", "Nom", "Tel"], True),
        ([3.0, "TOTAH", "76000001"], False),
        (["", "KONE", ""], False),
    ],
)
def test_row_outside_the_list_is_told_from_a_person(row, expected):
    header = find_header([["N°", "Nom", "Tel"]])
    assert is_outside_the_list(row, header) is expected
