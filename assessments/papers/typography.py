"""French typography for print: curly apostrophes and spaces that do not break. Pure."""

import re

from accounts.plain_text import printable

NO_BREAK = "\u00a0"
THIN = "\u202f"
_BEFORE_HIGH = re.compile(r"[ \u00a0\u202f]+([;!?])")
_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+:")
_OPENING = re.compile(r"«[ \u00a0\u202f]*")
_CLOSING = re.compile(r"[ \u00a0\u202f]*»")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def set_french(text: str) -> str:
    """Return the text as a French printer sets it; a sign glued to its word stays glued."""
    text = printable(text).replace("'", "’")
    text = _BEFORE_HIGH.sub(rf"{THIN}\1", text)
    text = _BEFORE_COLON.sub(f"{NO_BREAK}:", text)
    text = _OPENING.sub(f"«{NO_BREAK}", text)
    text = _CLOSING.sub(f"{NO_BREAK}»", text)
    return _THOUSANDS.sub(THIN, text)
