"""The periods a figure may be asked for, written as one short code.

    2025        a year          2025-S1   a half-year (S1, S2)
    2025-03     a month         2025-T1   a quarter (T1 to T4)
    plan        the whole plan, 2023 to 2027

A session belongs to the period in which it ends; both bounds are included.
"""

import calendar
import datetime
import re
from dataclasses import dataclass
from enum import StrEnum

PLAN_YEARS = range(2023, 2028)
PLAN_CODE = "plan"
_CODE = re.compile(r"(?P<year>20\d\d)(?:-(?P<part>0[1-9]|1[0-2]|T[1-4]|S[12]))?")
_MONTHS_OF = {"T": 3, "S": 6}


class PeriodKind(StrEnum):
    PLAN = "PLAN"
    YEAR = "YEAR"
    HALF_YEAR = "HALF_YEAR"
    QUARTER = "QUARTER"
    MONTH = "MONTH"


class UnknownPeriod(ValueError):
    """The code names no period; its text is a French sentence."""


@dataclass(frozen=True)
class Period:
    code: str
    kind: PeriodKind
    starts_on: datetime.date
    ends_on: datetime.date

    @property
    def year(self) -> int:
        """Year of the period; for the whole plan, its last one."""
        return self.ends_on.year

    def holds(self, day: datetime.date) -> bool:
        return self.starts_on <= day <= self.ends_on


def parse_period(code: str) -> Period:
    """Return the period that a code names. Raises `UnknownPeriod`."""
    if code == PLAN_CODE:
        return whole_plan()
    match = _CODE.fullmatch(code)
    if match is None:
        raise UnknownPeriod(
            f"Période inconnue : « {code} ». Écrivez par exemple 2025, 2025-S1, 2025-T1, 2025-03 "
            "ou plan."
        )
    year, part = int(match["year"]), match["part"]
    if part is None:
        return year_period(year)
    if part[0] in _MONTHS_OF:
        length = _MONTHS_OF[part[0]]
        kind = PeriodKind.QUARTER if length == 3 else PeriodKind.HALF_YEAR
        return _months(code, kind, year, first=(int(part[1]) - 1) * length + 1, length=length)
    return _months(code, PeriodKind.MONTH, year, first=int(part), length=1)


def year_period(year: int) -> Period:
    """Return the calendar year."""
    return _months(str(year), PeriodKind.YEAR, year, first=1, length=12)


def whole_plan() -> Period:
    """Return the five years of the plan as one period."""
    return Period(
        code=PLAN_CODE,
        kind=PeriodKind.PLAN,
        starts_on=datetime.date(PLAN_YEARS[0], 1, 1),
        ends_on=datetime.date(PLAN_YEARS[-1], 12, 31),
    )


def _months(code: str, kind: PeriodKind, year: int, *, first: int, length: int) -> Period:
    last = first + length - 1
    return Period(
        code=code,
        kind=kind,
        starts_on=datetime.date(year, first, 1),
        ends_on=datetime.date(year, last, calendar.monthrange(year, last)[1]),
    )
