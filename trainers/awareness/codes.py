"""Propose the code of an event: ACT, three letters of its region, the year, a number."""

import datetime
import re

from accounts.models import Territory
from accounts.names import fold
from trainers.models import AwarenessEvent

LETTERS = 3
# Addresses under /actions/ that a code would hide behind.
RESERVED = frozenset({"nouvelle", "import", "fiche"})
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


def propose_event_code(territory: Territory, day: datetime.date) -> str:
    """Return the first code above those taken: ACT-SEG-2025-01, then 02…"""
    region = territory.parent if territory.parent and territory.parent.region_id else territory
    word = fold(region.name).removeprefix("district de ").replace(" ", "")
    start = f"ACT-{word[:LETTERS].upper()}-{day.year}-"
    taken = AwarenessEvent.objects.filter(code__startswith=start).values_list("code", flat=True)
    numbers = [int(tail) for code in taken if (tail := code.removeprefix(start)).isdigit()]
    return f"{start}{max(numbers, default=0) + 1:02}"


def is_fit_code(code: str) -> bool:
    """Letters, digits, dots and dashes, and not the address of a screen."""
    return bool(_CODE.fullmatch(code)) and code.lower() not in RESERVED
