"""Short codes of the rows of a sheet."""

import pytest

from trainers.attendance.short_codes import (
    ALPHABET,
    ShortCodeRefused,
    read_short_code,
    short_code,
)


@pytest.mark.parametrize(
    ("participation_id", "code"),
    [(0, "AAAA"), (1, "AACD"), (24, "ACCG"), (12_166, "999T"), (12_167, "CAAAG")],
)
def test_short_code_is_the_number_with_a_check_sign(participation_id: int, code: str) -> None:
    assert short_code(participation_id) == code
    assert read_short_code(f" {code[:2].lower()}-{code[2:]} ") == participation_id


def test_short_code_notices_each_wrong_sign_and_each_exchange() -> None:
    code = short_code(4_321)
    wrong = {
        code[:place] + sign + code[place + 1 :]
        for place in range(len(code))
        for sign in ALPHABET
        if sign != code[place]
    } | {
        code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        for place in range(len(code) - 1)
        if code[place] != code[place + 1]
    }

    for text in wrong:
        with pytest.raises(ShortCodeRefused):
            read_short_code(text)


@pytest.mark.parametrize("text", ["", "AC", "O0I1", "AACDé"])
def test_short_code_refuses_what_is_none(text: str) -> None:
    with pytest.raises(ShortCodeRefused, match="n'est pas un code"):
        read_short_code(text)
