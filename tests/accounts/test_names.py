import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.names import fold, name_key, shared_tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (None, ""),
        ("", ""),
        ("  Ségou ", "segou"),
        ("SÉGOU", "segou"),
        ("District de Bamako", "district de bamako"),
        ("Sœur Cœurdéchâteau", "soeur coeurdechateau"),
        ("soŋoy dɔgɔsɔ ɲɛ", "sonoy dogoso ne"),
        ("Boû-Djébéha", "bou djebeha"),
        ("Enquêteur (OPJ/APJ)", "enqueteur opj apj"),
        ("Abeïbara\u00a0\t12", "abeibara 12"),
        ("J1 après-midi", "j1 apres midi"),
        ("✓", ""),
        (12, "12"),
    ],
)
def test_fold_gives_the_searchable_form(text, expected):
    assert fold(text) == expected


@settings(deadline=None)
@given(st.text())
def test_fold_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@settings(deadline=None)
@given(st.text(alphabet="abcéèçÀÛœŋɛɔ'- 7"))
def test_fold_does_not_see_case(text):
    assert fold(text.upper()) == fold(text.lower())


def test_name_key_ignores_the_order_and_the_case():
    assert name_key("KEITA", "Fatoumata") == "fatoumata keita"
    assert name_key("Fatoumata", "KEÏTA") == "fatoumata keita"
    assert name_key("Keita Fatoumata") == "fatoumata keita"


def test_name_key_keeps_each_word_once():
    assert name_key("TRAORE", "Awa Traoré", None) == "awa traore"


def test_name_key_joins_an_elided_particle():
    assert name_key("N'Diaye", "Awa") == name_key("NDIAYE", "awa") == "awa ndiaye"


def test_name_key_of_nothing_is_empty():
    assert name_key("", None, " - ") == ""


def test_shared_tokens_are_the_common_words():
    assert shared_tokens("boubacar maiga", "MAÏGA Boubacar Ali") == {"boubacar", "maiga"}


def test_shared_tokens_leaves_initials_out():
    assert shared_tokens("a traore", "a diarra") == frozenset()
