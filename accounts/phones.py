"""Phone numbers as field sheets write them, brought to one international form."""

import re
import unicodedata

from accounts.names import fold

MALI = "+223"
MALI_DIGITS = 8

_SAYS_NOTHING = frozenset({"", "neant", "aucun", "aucune", "sans", "ras", "n a", "non renseigne"})
_LABEL = re.compile(
    r"^\W*(?:t[ée]l[ée]?phone|t[ée]l|cel|gsm|portable|mobile|whatsapp)\b[\s.:]*", re.IGNORECASE
)
_BETWEEN_NUMBERS = re.compile(r"[/;,|&\n]|\bou\b|\bet\b|(?=\+)", re.IGNORECASE)
_SEPARATORS = re.compile(r"[\s.\-‐‑‒–—−_()\[\]/,'’‘ʼ`´\u200b-\u200f\u202a-\u202e\u2060]+")


class InvalidPhone(ValueError):
    """A filled cell that holds no phone number; its text is a French sentence."""


def normalise_phone(raw: object) -> str | None:
    """The number in international form: "+223" and eight digits for Mali.

    Takes what a spreadsheet cell may hold (text, whole number, 57468145.0). ``None`` when the cell
    is empty or says that there is no number. When a cell holds several numbers the first readable
    one is kept. Foreign numbers need "+" or "00" in front. Raises ``InvalidPhone`` otherwise.
    """
    text = _cell_text(raw)
    if text.isascii() and text.isdigit() and len(text) == MALI_DIGITS and text[0] not in "01":
        return MALI + text  # as most sheets write it
    if fold(text) in _SAYS_NOTHING and "+" not in text:
        return None
    for part in (text, *_BETWEEN_NUMBERS.split(text)):
        number = _read_one(part)
        if number is not None:
            return number
    raise InvalidPhone(
        f"« {text} » n'est pas un numéro de téléphone : écrivez 8 chiffres pour le Mali, "
        "ou « + » et l'indicatif du pays."
    )


def _cell_text(raw: object) -> str:
    if raw is None:
        return ""
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    return unicodedata.normalize("NFKC", str(raw)).strip()


def _read_one(text: str) -> str | None:
    whole = re.sub(r"^(\d{8,})\.0$", r"\1", text.strip())
    compact = _SEPARATORS.sub("", _LABEL.sub("", whole))
    if not re.fullmatch(r"\+?\d+", compact):
        return None
    digits = "".join(str(int(char)) for char in compact.lstrip("+"))
    if compact.startswith("+"):
        return _international(digits)
    if digits.startswith("00"):
        return _international(digits.removeprefix("00"))
    return _local(digits)


def _local(digits: str) -> str | None:
    """A number typed without a country: eight digits, "223" and eight, or two numbers run on."""
    if len(digits) == MALI_DIGITS + 3 and digits.startswith("223"):
        digits = digits.removeprefix("223")
    elif len(digits) == 2 * MALI_DIGITS:
        digits = digits[:MALI_DIGITS]
    return _malian(digits)


def _malian(digits: str) -> str | None:
    """Any eight digits that start with 2 to 9: operators open ranges faster than tables follow."""
    if len(digits) == MALI_DIGITS and digits[0] not in "01":
        return MALI + digits
    return None


def _international(digits: str) -> str | None:
    if digits.startswith("223"):
        return _malian(digits.removeprefix("223"))
    import phonenumbers

    try:
        number = phonenumbers.parse("+" + digits, None)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
