"""Text for a telephone message: the GSM alphabet, 160 signs, so that it costs one message."""

import unicodedata

MAX_LENGTH = 160
# GSM 03.38, basic table. « ê », « ç » and « î » are not in it: the bare letter is read as well.
_GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_READ_AS = str.maketrans(
    {
        "’": "'", "‘": "'", "«": '"', "»": '"', "“": '"', "”": '"', "–": "-", "—": "-", "…": "...",
        "\u00a0": " ", "\u202f": " ", "œ": "oe", "Œ": "OE",
        "ɛ": "e", "ɔ": "o", "ŋ": "n", "ɲ": "n", "Ɛ": "E", "Ɔ": "O", "Ŋ": "N", "Ɲ": "N",
    }
)  # fmt: skip


def gsm_text(text: str) -> str:
    """Return the text in the GSM alphabet: another sign as its bare letter, or « ? »."""
    return "".join(_gsm_sign(sign) for sign in text.translate(_READ_AS))


def fits_one_message(text: str) -> bool:
    """Whether the text is one message of 160 signs in the GSM alphabet."""
    return len(text) <= MAX_LENGTH and all(sign in _GSM for sign in text)


def _gsm_sign(sign: str) -> str:
    if sign in _GSM:
        return sign
    bare = unicodedata.normalize("NFD", sign)[0]
    return bare if bare in _GSM else "?"
