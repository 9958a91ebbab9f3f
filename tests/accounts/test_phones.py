import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.phones import InvalidPhone, normalise_phone


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        (57468145, "+22357468145"),
        (57468145.0, "+22357468145"),
        ("57468145.0", "+22357468145"),
        ("66-39-53-22", "+22366395322"),
        ("57 728378", "+22357728378"),
        ("0022376974821", "+22376974821"),
        ("+223 77 73 56 43", "+22377735643"),
        ("(+223) 77.73.56.43", "+22377735643"),
        ("223 77735643", "+22377735643"),
        (22377735643.0, "+22377735643"),
        ("76\u00a012\u202f34\u00a056", "+22376123456"),
        ("'76123456", "+22376123456"),
        ("76/12/34/56", "+22376123456"),
        ("Tél. : 76 12 34 56", "+22376123456"),
        ("76 12 34 56 / 66 12 34 56", "+22376123456"),
        ("12 / 66 12 34 56", "+22366123456"),
        ("76123456 ou 66123456", "+22376123456"),
        ("76123456 66123456", "+22376123456"),
        ("+22376123456 +22366123456", "+22376123456"),
        ("٧٦١٢٣٤٥٦", "+22376123456"),
        ("+33 6 12 34 56 78", "+33612345678"),
        ("00225 07 07 07 07 07", "+2250707070707"),
    ],
)
def test_phone_is_brought_to_its_international_form(raw, expected):
    assert normalise_phone(raw) == expected


@pytest.mark.parametrize("raw", [None, "", "  ", "-", "néant", "N/A", "\u00a0"])
def test_phone_left_empty_is_none(raw):
    assert normalise_phone(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        "12",
        12.0,
        12.5,
        "abc",
        "761234567",
        "06123456",
        "00",
        "+223 7612",
        True,
        "33612345678",
        "++",
    ],
)
def test_phone_that_cannot_be_read_is_refused(raw):
    with pytest.raises(InvalidPhone):
        normalise_phone(raw)


def test_phone_refusal_is_a_sentence_with_the_value():
    with pytest.raises(InvalidPhone) as refusal:
        normalise_phone(12.0)
    assert str(refusal.value) == (
        "« 12 » n'est pas un numéro de téléphone : écrivez 8 chiffres pour le Mali, "
        "ou « + » et l'indicatif du pays."
    )


@settings(deadline=None)
@given(st.integers(min_value=20_000_000, max_value=99_999_999), st.sampled_from(" .-'"))
def test_phone_does_not_depend_on_the_separator(number, separator):
    digits = str(number)
    typed = separator.join(digits[start : start + 2] for start in range(0, 8, 2))
    assert normalise_phone(typed) == normalise_phone(number) == f"+223{digits}"


@settings(deadline=None)
@given(st.text(alphabet="0123456789+ -./"))
def test_phone_normalised_twice_is_unchanged(text):
    try:
        once = normalise_phone(text)
    except InvalidPhone:
        return
    assert normalise_phone(once) == once
