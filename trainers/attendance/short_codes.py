"""A short code for each row of a sheet: read aloud, typed, and never one for another. Pure.

The alphabet has 23 signs, none of which a hand or a photocopy turns into another (no 0 and O, 1 and
I, 2 and Z, 5 and S, 8 and B, U and V). 23 is prime: with the check sign, one wrong sign or two
neighbours exchanged are always noticed.
"""

ALPHABET = "ACDEFGHJKLMNPRTWXY34679"
_BASE = len(ALPHABET)
_SIGNS = 3  # at least, before the check sign
_SEPARATORS = frozenset(" -.\t\u00a0\u202f")


class ShortCodeRefused(ValueError):
    """The text is no short code, or one sign of it is wrong; the text is a French sentence."""


def short_code(participation_id: int) -> str:
    """Return the code of a participation: four signs, five from the 12,167th on."""
    if participation_id < 0:
        raise ShortCodeRefused("Un code court vient d'un numéro positif.")
    ranks: list[int] = []
    rest = participation_id
    while rest or len(ranks) < _SIGNS:
        rest, rank = divmod(rest, _BASE)
        ranks.insert(0, rank)
    return "".join(ALPHABET[rank] for rank in (*ranks, _check(ranks)))


def read_short_code(text: str) -> int:
    """Return the participation of a code, whatever its case and spaces. Raises ShortCodeRefused."""
    signs = [sign for sign in text.upper() if sign not in _SEPARATORS]
    unknown = [sign for sign in signs if sign not in ALPHABET]
    if len(signs) <= _SIGNS or unknown:
        raise ShortCodeRefused(f"« {text.strip()} » n'est pas un code de feuille.")
    ranks = [ALPHABET.index(sign) for sign in signs]
    if _check(ranks[:-1]) != ranks[-1]:
        raise ShortCodeRefused(f"« {text.strip()} » : un signe de ce code est faux, relisez-le.")
    participation_id = 0
    for rank in ranks[:-1]:
        participation_id = participation_id * _BASE + rank
    return participation_id


def _check(ranks: list[int]) -> int:
    return sum(weight * rank for weight, rank in enumerate(reversed(ranks), start=2)) % _BASE
