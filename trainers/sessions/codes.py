"""Propose the code of a new session: three letters of its region, the year, a number."""

import datetime

from accounts.models import Territory
from accounts.names import fold
from trainers.models import TrainingSession

LETTERS = 3


def propose_code(territory: Territory, day: datetime.date) -> str:
    """Return the first free code: SEG-2025-01, SEG-2025-02…; « District de Bamako » gives BAM."""
    start = f"{_letters(territory)}-{day.year}-"
    taken = set(
        TrainingSession.objects.filter(code__startswith=start).values_list("code", flat=True)
    )
    number = 1
    while f"{start}{number:02}" in taken:
        number += 1
    return f"{start}{number:02}"


def dated_code(territory: Territory, day: datetime.date) -> str:
    """Return the code of an old session that has none: SEG-20230512, the same at each reading."""
    return f"{_letters(territory)}-{day:%Y%m%d}"


def _letters(territory: Territory) -> str:
    region = territory.parent if territory.parent and territory.parent.region_id else territory
    word = fold(region.name).removeprefix("district de ").replace(" ", "")
    return word[:LETTERS].upper()
