import pytest

from trainers.national_plan.amounts import (
    UnreadableAmount,
    fcfa,
    grouped,
    in_millions,
    read_amount,
    signed_fcfa,
)


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (0, "0\u00a0FCFA"),
        (950, "950\u00a0FCFA"),
        (1_250_000, "1\u202f250\u202f000\u00a0FCFA"),
        (None, "—"),
    ],
)
def test_fcfa_takes_narrow_spaces(amount: int | None, text: str) -> None:
    assert fcfa(amount) == text


@pytest.mark.parametrize(
    ("amount", "figure"),
    [
        (950_000, ("950\u202f000", "FCFA")),
        (1_500_000, ("1,5", "million de FCFA")),
        (2_470_000, ("2,47", "millions de FCFA")),
        (15_000_000, ("15", "millions de FCFA")),
        (1_234_560_000, ("1\u202f234,56", "millions de FCFA")),
    ],
)
def test_in_millions_fits_a_tile(amount: int, figure: tuple[str, str]) -> None:
    assert in_millions(amount) == figure


def test_signed_fcfa_says_which_way() -> None:
    assert [signed_fcfa(amount) for amount in (5000, -5000, 0)] == [
        "+5\u202f000\u00a0FCFA",
        "−5\u202f000\u00a0FCFA",
        "0\u00a0FCFA",
    ]
    assert grouped(1234) == "1\u202f234"


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("1 250 000", 1_250_000),
        ("1\u202f250\u202f000 FCFA", 1_250_000),
        ("1.250.000", 1_250_000),
        ("1250000,00", 1_250_000),
        (" 75000 f cfa ", 75_000),
        (1250000.0, 1_250_000),
        (0, 0),
        ("", None),
        (None, None),
    ],
)
def test_read_amount_takes_what_people_type(typed: object, amount: int | None) -> None:
    assert read_amount(typed) == amount


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("dix mille", "n'est pas un nombre entier de FCFA"),
        ("1,5", "n'est pas un nombre entier de FCFA"),
        (12.5, "n'est pas un nombre entier de FCFA"),
        ("-500", "n'est pas un nombre entier de FCFA"),
        (-500, "est négatif"),
        (True, "n'est pas un montant"),
        ("1" + "0" * 13, "est trop grand : vérifiez les zéros"),
    ],
)
def test_read_amount_refuses_the_rest(typed: object, sentence: str) -> None:
    with pytest.raises(UnreadableAmount, match=sentence):
        read_amount(typed)
