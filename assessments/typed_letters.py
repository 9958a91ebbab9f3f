"""A paper copy typed as one line of letters: « DDDBB ADC.B ». Pure."""

from collections.abc import Sequence

BLANKS = frozenset(".-_?0*")
_SEPARATORS = frozenset(" \t,;/|\u00a0\u202f")
SENTENCES_SHOWN = 3


class TypedCopyRefused(ValueError):
    """The line is no copy of this form; its text is one or more French sentences."""


def read_typed_copy(text: str, letters_per_item: Sequence[str]) -> tuple[str | None, ...]:
    """One letter per item in the form's frozen order; ``None`` where a sign says no answer.

    Small letters, spaces and separators do not matter; « . » and « - » are an item left blank.
    ``letters_per_item`` holds the letters of each item, for example "ABCD". Raises
    ``TypedCopyRefused`` when the count differs or a letter is not among the choices.
    """
    signs = [sign for sign in text.upper() if sign not in _SEPARATORS]
    expected = len(letters_per_item)
    if len(signs) != expected:
        plural = "s" if len(signs) > 1 else ""
        raise TypedCopyRefused(
            f"{len(signs)} réponse{plural} pour {expected} questions : "
            "tapez un point pour une question sans réponse."
        )
    wrong = [
        f"Question {number} : « {sign} » n'est pas une lettre de A à {letters[-1]}."
        for number, (sign, letters) in enumerate(zip(signs, letters_per_item, strict=True), start=1)
        if sign not in letters and sign not in BLANKS
    ]
    if wrong:
        more = len(wrong) - SENTENCES_SHOWN
        rest = [f"Et {more} autre{'s' if more > 1 else ''}."] if more > 0 else []
        raise TypedCopyRefused(" ".join([*wrong[:SENTENCES_SHOWN], *rest]))
    return tuple(None if sign in BLANKS else sign for sign in signs)


def split_form_letter(text: str) -> tuple[str, str]:
    """Return the letter of the form typed before a colon, "" if none, and the line of answers.

    « B: DDAB » is a copy on form B, whatever form was meant for that seat.
    """
    before, colon, after = text.partition(":")
    letter = before.strip().upper()
    if colon and len(letter) == 1 and letter.isalpha():
        return letter, after.strip()
    return "", text


def as_typed(responses: Sequence[str | None]) -> str:
    """The line of letters of a copy; a point where there is no answer."""
    return "".join(answer or "." for answer in responses)
