from itertools import combinations

import pytest

from trainers.attendance.short_codes import ALPHABET, BadShortCode, read_short_code, short_code

IDS = (0, 1, 22, 23, 934, 279_840, 279_841, 123_456_789)


def test_code_worked_out_by_hand() -> None:
    """934 = 1 x 529 + 17 x 23 + 14; 2 x 14 + 3 x 17 + 4 x 1 = 83, and 9 more make 4 x 23."""
    assert short_code(934) == "23NJ-C"
    assert read_short_code("23NJ-C") == 934


@pytest.mark.parametrize("number", IDS)
def test_code_is_read_back_as_people_write_it(number: int) -> None:
    code = short_code(number)
    assert read_short_code(code) == number
    assert read_short_code(f" {code.lower().replace('-', ' ')} ") == number


@pytest.mark.parametrize("number", IDS)
def test_one_wrong_sign_and_two_exchanged_are_always_seen(number: int) -> None:
    signs = short_code(number).replace("-", "")
    wrong = [
        signs[:place] + sign + signs[place + 1 :]
        for place in range(len(signs))
        for sign in ALPHABET
        if sign != signs[place]
    ]
    for one, two in combinations(range(len(signs)), 2):
        if signs[one] != signs[two]:
            exchanged = list(signs)
            exchanged[one], exchanged[two] = signs[two], signs[one]
            wrong.append("".join(exchanged))
    for text in wrong:
        with pytest.raises(BadShortCode, match="mal recopié"):
            read_short_code(text)


def test_codes_hold_no_sign_taken_for_another() -> None:
    assert set("0OQ1ILZSGBUVW").isdisjoint(ALPHABET)
    assert len(set(ALPHABET)) == 23


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("O3NJ-D", "« O » n'est jamais dans un code : relisez « O3NJ-D »."),
        ("23", "Un code a cinq signes, comme 223E-X."),
        ("", "Un code a cinq signes, comme 223E-X."),
        ("2" * 40, "Un code a cinq signes, comme 223E-X."),
    ],
)
def test_what_is_no_code_is_refused_in_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(BadShortCode) as refusal:
        read_short_code(text)
    assert str(refusal.value) == sentence
