"""The short code of a participation: typed from a sheet, said aloud, read in a QR. Pure.

Twenty-three signs that nobody takes for another, even by hand: no 0, 1, I, L, O, Q, U or V; 2 and
not Z, 5 and not S, 6 and not G, 8 and not B, M and not W. Their number is prime: each place weighs
otherwise and the check sign makes the sum a multiple of 23, so that one wrong sign and two signs
exchanged, side by side or not, are always seen.
"""

ALPHABET = "23456789ACDEFHJKMNPRTXY"
_BASE = len(ALPHABET)
_LENGTH = 4  # without the check sign: 279,841 participations, then one sign more
_LONGEST = 12
_SEPARATORS = str.maketrans("", "", " -–—.·/\t\r\n\u00a0\u202f")


class BadShortCode(ValueError):
    """What was typed is not a code; its text is a French sentence."""


def short_code(participation_id: int) -> str:
    """The code of a participation: « 223E-X »."""
    digits: list[int] = []
    rest = participation_id
    while rest or len(digits) < _LENGTH:
        rest, digit = divmod(rest, _BASE)
        digits.append(digit)
    signs = "".join(ALPHABET[digit] for digit in reversed(digits))
    return f"{signs}-{ALPHABET[-_weighed(digits) % _BASE]}"


def read_short_code(text: str) -> int:
    """The participation's id of a code, in capitals or not, with its dash or not.

    Raises BadShortCode.
    """
    signs = text.upper().translate(_SEPARATORS)
    unknown = next((sign for sign in signs if sign not in ALPHABET), "")
    if unknown:
        raise BadShortCode(f"« {unknown} » n'est jamais dans un code : relisez « {text.strip()} ».")
    if not _LENGTH < len(signs) <= _LONGEST:
        raise BadShortCode("Un code a cinq signes, comme 223E-X.")
    *digits, check = (ALPHABET.index(sign) for sign in signs)
    if (_weighed(digits[::-1]) + check) % _BASE:
        raise BadShortCode(f"« {text.strip()} » est mal recopié : relisez chaque signe.")
    number = 0
    for digit in digits:
        number = number * _BASE + digit
    return number


def _weighed(digits: list[int]) -> int:
    """The sum of the digits, the last first, each times its place: 2, 3, 4… (the check sign: 1)."""
    return sum(weight * digit for weight, digit in enumerate(digits, start=2))
