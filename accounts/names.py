"""Names as people write them, brought to forms that can be compared."""

import re
import unicodedata
from functools import lru_cache

# Letters that Unicode does not decompose: French ligatures and the Malian alphabets
# (bamanankan, fulfulde, soŋoy...), each brought to the letter people type without that keyboard.
_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "æ": "ae",
        "ø": "o",
        "đ": "d",
        "ł": "l",
        "ı": "i",
        "ŋ": "n",
        "ɲ": "n",
        "ɛ": "e",
        "ɔ": "o",
        "ɓ": "b",
        "ɗ": "d",
        "ƴ": "y",
        "ŗ": "r",
        "ɣ": "g",
    }
)
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_ELISION = re.compile(r"\b([^\W\d_])['’‘ʼ`´]\s?(?=\w)")


def _without_marks(text: str) -> str:
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.category(char).startswith("M"))


def fold(text: object) -> str:
    """The searchable form of a text: lower case, no accents, words parted by one space.

    ``None`` gives an empty string. Everything that is neither letter nor digit becomes a space.
    Folding twice changes nothing.
    """
    return "" if text is None else _fold(str(text))


@lru_cache(maxsize=4096)  # a list repeats its structures, professions and regions
def _fold(text: str) -> str:
    if text.isascii():
        return " ".join(_ASCII_WORD.findall(text.lower()))
    plain = _without_marks(_without_marks(text).casefold()).casefold()
    words = "".join(char if char.isalnum() else " " for char in plain.translate(_LETTERS))
    return " ".join(words.split())


def name_key(*parts: object) -> str:
    """The key of a person's name: folded words, each once, in alphabetical order.

    Attendance sheets invert family and given names, so order is dropped. An elided particle joins
    its word: "N'Diaye" and "NDIAYE" have one key.
    """
    joined = " ".join("" if part is None else str(part) for part in parts)
    return " ".join(sorted(set(fold(_ELISION.sub(r"\1", joined)).split())))


def shared_tokens(a: str, b: str) -> frozenset[str]:
    """The words that two names have in common; single letters are initials and do not count."""
    common = set(fold(a).split()) & set(fold(b).split())
    return frozenset(token for token in common if len(token) > 1)
