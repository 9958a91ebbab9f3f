"""Words to search by, and the passage around what was found. Below the models: plain texts.

« Ségou », « segou » and « SÉGOU » are one word; so are « enquête » and « enquêtes ». The same form
is kept in the index and made from what is typed, so both databases find the same pages.
"""

import html
import re
from dataclasses import dataclass

from accounts.names import fold

_WORD = re.compile(r"\w+")
_TAG = re.compile(r"<[^>]+>")
BEFORE, AFTER = 60, 120  # characters of a passage around the first word found
PLURAL_FROM = 4  # letters: « les », « pas » and « prix » keep their last one


def search_words(text: str) -> str:
    """Return the words of a text as they are compared: folded, without the mark of the plural."""
    return " ".join(form for match in _WORD.finditer(text) if (form := _form(match[0])))


def query_words(query: str) -> list[str]:
    """Return the words asked for, each once; a single letter says nothing, unless it is alone."""
    words = list(dict.fromkeys(search_words(query).split()))
    return [word for word in words if len(word) > 1] or words


def plain(rich_text: str) -> str:
    """Return a rich text without its tags, its entities written out."""
    return " ".join(html.unescape(_TAG.sub(" ", rich_text)).split())


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text around the word found; `found` is empty when the title alone matches."""

    before: str
    found: str
    after: str


def passage(text: str, words: list[str]) -> Passage:
    """Return the text around the first word that begins like one of `words`, cut between words."""
    text = " ".join(text.split())
    for match in _WORD.finditer(text):
        if _form(match[0]).startswith(tuple(words)):
            return Passage(
                before=_from_word(text[: match.start()]),
                found=match[0],
                after=_to_word(text[match.end() :], AFTER),
            )
    return Passage("", "", _to_word(text, BEFORE + AFTER))


def _form(word: str) -> str:
    folded = fold(word).replace(" ", "")
    is_plural = len(folded) > PLURAL_FROM and folded[-1] in "sx"
    return folded[:-1] if is_plural else folded


def _from_word(text: str) -> str:
    if len(text) <= BEFORE:
        return text
    return "… " + text[-BEFORE:].partition(" ")[2]


def _to_word(text: str, limit: int) -> str:
    if len(text) <= limit:
        return text
    return text[:limit].rpartition(" ")[0] + " …"
