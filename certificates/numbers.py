"""The number printed on a certificate: « 2026-00042-K7QXM-C », read aloud without a mistake.

Year, rank in the year, five letters drawn at random, one check character. The rank tells the
committee how many were issued; the drawn letters (33 million) mean that knowing one number gives no
other; the check character refuses a slip of the finger before any search. The alphabet has no I, L,
O or U: those read as 1, 1, 0 and V.
"""

import re
from collections.abc import Callable

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
DRAWN = 5  # 32^5 = 33,554,432
_BASE = len(ALPHABET)
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})
_SHAPE = re.compile(rf"([0-9]{{4}})([0-9]{{5,6}})([{ALPHABET}]{{{DRAWN}}})([{ALPHABET}])")
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—_./]+")


class UnreadableNumber(ValueError):
    """What was typed is no certificate number; its text is a French sentence."""


def make_number(*, year: int, rank: int, draw: Callable[[str], str]) -> str:
    """Return the number of the certificate of that rank in the year; `draw` picks one letter."""
    drawn = "".join(draw(ALPHABET) for _ in range(DRAWN))
    check = check_character(f"{year}{rank:05}{drawn}")
    return f"{year}-{rank:05}-{drawn}-{check}"


def read_number(typed: str) -> str:
    """Return the number as it is kept, from what somebody typed. Raises `UnreadableNumber`.

    Spaces, dashes and lower case do not matter; O is read 0, I and L are read 1.
    """
    compact = _SEPARATORS.sub("", typed).upper().translate(_READ_AS)
    match = _SHAPE.fullmatch(compact)
    if match is None:
        raise UnreadableNumber(
            "Ce n'est pas un numéro d'attestation : recopiez-le en entier, "
            "comme « 2026-00042-K7QXM-C »."
        )
    year, rank, drawn, check = match.groups()
    if check_character(f"{year}{rank}{drawn}") != check:
        raise UnreadableNumber(
            "Ce numéro contient une erreur de copie : relisez-le sur l'attestation."
        )
    return f"{year}-{rank}-{drawn}-{check}"


def check_character(text: str) -> str:
    """Return the check character of ISO 7064's hybrid system over 32 signs (MOD 33,32).

    It catches every single wrong character, and all but a few swaps of two neighbours.
    """
    carried = _BASE
    for sign in text:
        carried = (carried + ALPHABET.index(sign)) % _BASE or _BASE
        carried = carried * 2 % (_BASE + 1)
    return ALPHABET[(1 - carried) % _BASE]
