"""How far a participation went, from enrolled to certified (domain, section 2).

Computed from marks, hours and a post-test score; nobody types a status.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Status = Literal["ENROLLED", "PRESENT", "INFORMED", "TRAINED", "CERTIFIED"]

# Sensitisation never counts as training (domain, section 2).
TYPES_THAT_TRAIN = frozenset({"TRAINING", "TOT"})
_MINUTES = 60
_TOLERANCE = 1e-9


@dataclass(frozen=True)
class Thresholds:
    """One version of the committee's rule: hours, percent of attendance, points of 100, hours."""

    min_hours: int | Decimal = 6
    min_attendance: int | Decimal = 80
    mastery: int | Decimal = 70
    donor_hours: int | Decimal = 15


@dataclass(frozen=True)
class Rung:
    """Where a participation stands, with the figures that put it there."""

    status: Status
    contact_minutes: int
    attendance_percent: float
    is_donor_hours: bool


def climb(
    *,
    session_type: str,
    slot_minutes: Sequence[int],
    attended_minutes: Sequence[int],
    post_percent: float | None,
    thresholds: Thresholds,
    is_over: bool,
) -> Rung:
    """Decide the rung of one participation.

    ``slot_minutes`` holds the length of every slot of the session, ``attended_minutes`` those of
    the slots that the person attended. ``post_percent`` is the post-test score in points of 100, or
    ``None``. Until the session ``is_over`` a person below the thresholds is still on the way and
    stays present. Attendance is the share of all planned minutes; both thresholds count when met
    exactly.
    """
    contact = sum(attended_minutes)
    planned = sum(slot_minutes)
    has_trained = (
        session_type in TYPES_THAT_TRAIN
        and bool(attended_minutes)
        and contact >= thresholds.min_hours * _MINUTES
        and contact * 100 >= thresholds.min_attendance * planned
    )
    return Rung(
        status=_status(
            session_type=session_type,
            is_present=bool(attended_minutes),
            has_trained=has_trained,
            has_mastered=_reaches(post_percent, thresholds.mastery),
            is_over=is_over,
        ),
        contact_minutes=contact,
        attendance_percent=contact * 100 / planned if planned else 0.0,
        is_donor_hours=contact >= thresholds.donor_hours * _MINUTES,
    )


def _status(
    *,
    session_type: str,
    is_present: bool,
    has_trained: bool,
    has_mastered: bool,
    is_over: bool,
) -> Status:
    if not is_present:
        return "ENROLLED"
    if has_trained:
        return "CERTIFIED" if has_mastered else "TRAINED"
    if is_over or session_type not in TYPES_THAT_TRAIN:
        return "INFORMED"
    return "PRESENT"


def _reaches(percent: float | None, mastery: int | Decimal) -> bool:
    return percent is not None and float(percent) >= float(mastery) - _TOLERANCE
