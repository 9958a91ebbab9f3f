"""Amounts and counts as French writes them, and read back as French people type them. Pure."""

import re

NARROW = "\u202f"  # between the thousands
BEFORE_UNIT = "\u00a0"
MAX_AMOUNT = 100_000_000_000  # FCFA: five times the whole plan; beyond it a finger slipped
_SPACES = re.compile(r"[\s.'’_]")
_UNIT = re.compile(r"(?:f\s?cfa|cfa|xof|f)$", re.IGNORECASE)
_CENTS = re.compile(r",0{1,2}$")


class UnreadableAmount(ValueError):
    """A text that is no whole amount of FCFA; its text is the end of a French sentence."""


def grouped(number: int) -> str:
    """Return 1250000 as « 1 250 000 », with narrow spaces that do not break."""
    return f"{number:,}".replace(",", NARROW)


def fcfa(amount: int | None) -> str:
    """Return an amount with its unit, « 1 250 000 FCFA »; a dash where the plan gives none."""
    return "—" if amount is None else f"{grouped(amount)}{BEFORE_UNIT}FCFA"


def in_millions(amount: int) -> tuple[str, str]:
    """Return a figure short enough for a tile, and its unit: 2470000 is 2,47 « millions de FCFA ».

    Rounded to ten thousand; under a million the amount is whole. Write the exact one beside.
    """
    if amount < 1_000_000:
        return grouped(amount), "FCFA"
    text = f"{amount / 1_000_000:.2f}".rstrip("0").rstrip(".")
    whole, _point, decimals = text.partition(".")
    figure = grouped(int(whole)) + (f",{decimals}" if decimals else "")
    return figure, "million de FCFA" if amount < 2_000_000 else "millions de FCFA"


def signed_fcfa(amount: int) -> str:
    """Return a difference with its sign: « +5 000 FCFA », « −5 000 FCFA »."""
    sign = "+" if amount > 0 else "−" if amount < 0 else ""
    return f"{sign}{fcfa(abs(amount))}"


def read_amount(value: object) -> int | None:
    """Return the whole FCFA of a cell or of a typed text, None for an empty one.

    « 1 250 000 FCFA », « 1.250.000 », 1250000.0 are read; a fraction, a sign, a word are refused.
    Raises `UnreadableAmount`.
    """
    if value is None or value == "":
        return None
    if isinstance(value, bool):
        raise UnreadableAmount("n'est pas un montant")
    if isinstance(value, int | float):
        if value != int(value):
            raise UnreadableAmount("n'est pas un nombre entier de FCFA")
        return _within(int(value))
    text = _UNIT.sub("", str(value).strip()).strip()
    bare = _SPACES.sub("", _CENTS.sub("", text))
    if not bare:
        return None
    if not bare.isdecimal():
        raise UnreadableAmount("n'est pas un nombre entier de FCFA")
    return _within(int(bare))


def _within(amount: int) -> int:
    if amount < 0:
        raise UnreadableAmount("est négatif")
    if amount > MAX_AMOUNT:
        raise UnreadableAmount("est trop grand : vérifiez les zéros")
    return amount
