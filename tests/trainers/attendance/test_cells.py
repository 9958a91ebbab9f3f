from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trainers.attendance.cells import (
    UnreadableCell,
    read_birth_year,
    read_email,
    read_mark,
    read_profession,
    read_sex,
    read_territory,
)

PROFESSIONS = {
    "magistrat du siege juge": "magistrat-siege",
    "magistrat du parquet procureur et substitut": "magistrat-parquet",
    "avocat": "avocat",
    "greffier": "greffier",
    "policier hors enquete": "police",
    "inspecteur du travail": "inspecteur-travail",
}
TERRITORIES = {
    "segou": "segou",
    "district de bamako": "district-de-bamako",
    "niono": "segou/niono",
    "n tillit": "gao/n-tillit",
}


@pytest.mark.parametrize(
    "cell",
    ["x", "X", " x ", "✓", "☑", "×", 1, 1.0, "1", "Oui", "o", "PRÉSENT", "présent(e)", "P", True],
)
def test_mark_says_present(cell):
    assert read_mark(cell) is True


@pytest.mark.parametrize(
    "cell", [None, "", " ", 0, 0.0, "0", "non", "Absent", "absent(e)", "a", "-", "–", "/", False]
)
def test_mark_says_absent(cell):
    assert read_mark(cell) is False


@pytest.mark.parametrize("cell", ["?", "malade", 2, 0.5, "xx", "*"])
def test_mark_that_says_neither_is_refused(cell):
    with pytest.raises(UnreadableCell):
        read_mark(cell)


@settings(deadline=None)
@given(
    st.sampled_from(["x", "oui", "présent", "non", "a", "-", "", "1", "0"]),
    st.sampled_from(["", " ", "\u00a0", "\n"]),
    st.booleans(),
)
def test_mark_does_not_see_case_or_spaces(mark, space, is_upper):
    typed = space + (mark.upper() if is_upper else mark) + space
    assert read_mark(typed) is read_mark(mark)


@pytest.mark.parametrize(
    ("cell", "sex"),
    [("M", "M"), ("f", "F"), ("Homme", "M"), ("FÉMININ", "F"), ("h", "M"), ("", ""), (None, "")],
)
def test_sex_is_read(cell, sex):
    assert read_sex(cell) == sex


def test_sex_that_says_neither_is_refused():
    with pytest.raises(UnreadableCell):
        read_sex("X")


@pytest.mark.parametrize(
    ("cell", "year"),
    [
        (1985.0, 1985),
        ("1985", 1985),
        ("12/03/1985", 1985),
        ("vers 1985", 1985),
        ("", None),
        (date(1985, 3, 12), 1985),
        ("-", None),
        (None, None),
    ],
)
def test_birth_year_is_read(cell, year):
    assert read_birth_year(cell) == year


@pytest.mark.parametrize("cell", [31000.0, "85", "1800", "1985-1990", "?2"])
def test_birth_year_that_is_none_is_refused(cell):
    with pytest.raises(UnreadableCell):
        read_birth_year(cell)


def test_email_is_read_in_lower_case():
    assert read_email(" Awa.T@Exemple.ML ") == "awa.t@exemple.ml"
    assert read_email("-") == ""
    with pytest.raises(UnreadableCell):
        read_email("awa.exemple.ml")


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Magistrat du siège (juge)", "magistrat-siege"),
        ("MAGISTRAT-PARQUET", "magistrat-parquet"),
        ("Magistrat du parquet", "magistrat-parquet"),
        ("Policier", "police"),
        ("Avocate", "avocat"),
        ("Avocats", "avocat"),
        ("Greffier en chef", "greffier"),
        ("", ""),
        (None, ""),
    ],
)
def test_profession_is_read(cell, code):
    assert read_profession(cell, PROFESSIONS) == code


def test_profession_that_fits_two_is_refused():
    with pytest.raises(UnreadableCell, match="peut désigner plusieurs professions"):
        read_profession("Magistrat", PROFESSIONS)


@pytest.mark.parametrize("cell", ["Astronaute", "i", "ins", "police des mœurs"])
def test_profession_that_is_unknown_or_too_short_is_refused(cell):
    with pytest.raises(UnreadableCell, match="n'est pas une profession connue"):
        read_profession(cell, PROFESSIONS)


def test_profession_is_read_from_its_first_four_letters():
    assert read_profession("insp", PROFESSIONS) == "inspecteur-travail"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("SEGOU", "segou"),
        ("Région de Ségou", "segou"),
        ("Bamako", "district-de-bamako"),
        ("District de Bamako", "district-de-bamako"),
        ("Cercle de Niono", "segou/niono"),
        ("segou/niono", "segou/niono"),
        ("N'Tillit", "gao/n-tillit"),
        ("", ""),
    ],
)
def test_territory_is_read(cell, code):
    assert read_territory(cell, TERRITORIES) == code


def test_territory_that_is_unknown_is_refused():
    with pytest.raises(UnreadableCell):
        read_territory("Atlantide", TERRITORIES)
