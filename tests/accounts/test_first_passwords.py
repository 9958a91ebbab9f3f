"""First passwords: readable aloud, typed without accents, and never twice the same."""

import re

from django.contrib.auth.password_validation import validate_password

from accounts.first_passwords import DIGITS, WORDS, first_password


def test_words_are_256_different_ones_without_accents() -> None:
    assert len(WORDS) == len(set(WORDS)) == 256
    assert [word for word in WORDS if not re.fullmatch("[a-z]{3,8}", word)] == []


def test_digits_leave_out_those_read_as_letters() -> None:
    assert sorted(set("0123456789") - set(DIGITS)) == ["0", "1"]


def test_first_password_is_three_words_and_four_digits() -> None:
    password = first_password()

    assert re.fullmatch(r"[a-z]+-[a-z]+-[a-z]+-[2-9]{4}", password)
    assert set(password.split("-")[:3]) <= set(WORDS)
    validate_password(password)


def test_first_passwords_differ() -> None:
    assert len({first_password() for _ in range(200)}) == 200
