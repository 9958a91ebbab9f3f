"""Read one cell of an old file: a day, a number of half-days, hours, an effective."""

import datetime
import re

from accounts.headings import cell_text
from accounts.names import fold

_FIRST_SERIAL, _LAST_SERIAL = 36_526, 54_788  # 2000 and 2050, as spreadsheets number days
_EPOCH = datetime.date(1899, 12, 30)
_MONTHS = [
    "janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre",
    "octobre", "novembre", "decembre",
]  # fmt: skip
_DAY_FIRST = re.compile(
    r"(?:\w+ )??(\d{1,2})(?: ?er)? (\d{1,2}|[a-z]+) (\d{4}|\d{2})(?: 00 00 00)?"
)
_YEAR_FIRST = re.compile(r"(\d{4}) (\d{1,2}) (\d{1,2})(?: 00 00 00)?")


class UnreadableFact(ValueError):
    """A filled cell that no rule reads; its text is the end of a French sentence."""


def read_day(value: object) -> datetime.date | None:
    """The day in a date, in « 12/05/2023 », « 12 mai 2023 », « 2023-05-12 » or a serial number."""
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    text = cell_text(value)
    folded = fold(text)
    if not folded:
        return None
    if folded.isdecimal() and _FIRST_SERIAL <= int(folded) <= _LAST_SERIAL:
        return _EPOCH + datetime.timedelta(days=int(folded))
    if found := _YEAR_FIRST.fullmatch(folded):
        year, month, day = found[1], found[2], found[3]
    elif found := _DAY_FIRST.fullmatch(folded):
        day, month, year = found[1], found[2], found[3]
    else:
        raise UnreadableFact("n'est pas une date (écrivez 12/05/2023)")
    if month in _MONTHS:
        month = str(_MONTHS.index(month) + 1)
    try:
        return datetime.date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError as error:
        raise UnreadableFact("n'est pas une date du calendrier") from error


def read_whole(value: object) -> int | None:
    """A whole number from 0, or None for an empty cell."""
    text = cell_text(value).replace(" ", "")
    if not text:
        return None
    if not text.isdecimal() or len(text) > 6:
        raise UnreadableFact("n'est pas un nombre entier")
    return int(text)


def read_minutes(value: object) -> int | None:
    """Minutes from hours: « 3,5 », 3.5, « 3h30 », « 4 h »; None for an empty cell."""
    text = cell_text(value).lower().replace(" ", "").replace(",", ".")
    if not text:
        return None
    if found := re.fullmatch(r"(\d{1,2})(?:h|heures?)(\d{2})?", text):
        return int(found[1]) * 60 + int(found[2] or 0)
    if not re.fullmatch(r"\d{1,2}(?:\.\d{1,2})?", text):
        raise UnreadableFact("n'est pas un nombre d'heures (écrivez 3,5)")
    return round(float(text) * 60)
