"""The printed number: drawn, checked, and read as people copy it."""

import pytest

from certificates.numbers import (
    ALPHABET,
    UnreadableNumber,
    check_character,
    make_number,
    read_number,
)

NUMBER = make_number(year=2026, rank=42, draw=lambda alphabet: alphabet[20])


def test_make_number_holds_year_rank_drawn_letters_and_check() -> None:
    assert "2026-00042-MMMMM-" + check_character("202600042MMMMM") == NUMBER


def test_check_character_is_the_one_worked_out_by_hand() -> None:
    # « 1 »: (32 + 1) % 32 = 1, doubled 2; then (2 + c) % 32 must be 1: c = 31, the last sign.
    assert check_character("1") == "Z"
    # « 10 »: carried 2, plus 0, doubled 4; (4 + c) % 32 = 1: c = 29.
    assert check_character("10") == ALPHABET[29] == "X"


@pytest.mark.parametrize(
    "typed",
    [
        NUMBER.lower(),
        NUMBER.replace("-", ""),
        NUMBER.replace("-", " "),
        f"  {NUMBER} ",
        NUMBER.replace("0", "O"),
        NUMBER.replace("-", "–"),
    ],
)
def test_read_number_takes_what_people_type(typed: str) -> None:
    assert read_number(typed) == NUMBER


@pytest.mark.parametrize(
    "typed", ["", "2026", "bonjour", NUMBER + "7", NUMBER[:-2], "é" * 15, "２" + NUMBER[1:]]
)
def test_read_number_refuses_what_is_no_number(typed: str) -> None:
    with pytest.raises(UnreadableNumber, match="recopiez-le en entier"):
        read_number(typed)


def test_read_number_refuses_every_single_wrong_character() -> None:
    compact = NUMBER.replace("-", "")
    wrong = [
        compact[:place] + sign + compact[place + 1 :]
        for place in range(len(compact))
        for sign in (ALPHABET[:10] if place < 9 else ALPHABET)
        if sign != compact[place]
    ]

    taken = [typed for typed in wrong if is_read(typed)]

    assert (len(wrong), taken) == (9 * 9 + 6 * 31, [])


def test_read_number_refuses_almost_every_swap_of_neighbours() -> None:
    swaps = taken = 0
    for rank in range(300):
        number = make_number(year=2026, rank=rank, draw=lambda signs, r=rank: signs[r * 7 % 32])
        compact = number.replace("-", "")
        for place in range(len(compact) - 1):
            first, second = compact[place : place + 2]
            if first == second or (place < 9 and not (first + second).isdigit()):
                continue
            swaps += 1
            taken += is_read(compact[:place] + second + first + compact[place + 2 :])

    assert swaps > 1000
    assert taken / swaps < 0.02


def is_read(typed: str) -> bool:
    try:
        read_number(typed)
    except UnreadableNumber:
        return False
    return True
