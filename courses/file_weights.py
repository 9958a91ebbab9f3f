"""What a file weighs, in words: a person who pays for each megabyte decides before the download."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

KIB, MIB = 1024, 1024 * 1024


def weight_text(size: int) -> str:
    """Return a number of bytes as « 420 ko » or « 1,3 Mo », never less than 1 ko."""
    if size >= MIB:
        return _("%(number)s Mo") % {"number": number_format(size / MIB, decimal_pos=1)}
    return _("%(number)s ko") % {"number": number_format(-(-size // KIB) or 1)}


def file_weight(file: Any) -> str:
    """Return what a stored file weighs; "" when it is no longer there."""
    try:
        return weight_text(file.size)
    except OSError:
        return ""
