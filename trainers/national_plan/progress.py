"""Where a line of the training plan stands: planned against done, spent, late. Pure.

A line is done when as many of its sessions (or events) as planned are **validated**: the same rule
as for a target (domain §3). It is late when its due day is past and fewer than planned were even
**held**. Between the two it waits for validation, which is a delay of the file, not of the work.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

SOON_DAYS = 30


class LineState(StrEnum):
    """In the order in which somebody should look at them."""

    LATE = "LATE"
    DUE_SOON = "DUE_SOON"
    TO_VALIDATE = "TO_VALIDATE"
    TO_COME = "TO_COME"
    DONE = "DONE"
    CLOSED = "CLOSED"


@dataclass(frozen=True, slots=True)
class Done:
    """What hangs on a line: sessions and events, people, FCFA.

    `present` and `trained` are participations of held sessions; `reached` are the people of held
    events, counted without names: they are added to `present`, never to `trained`.
    """

    held: int = 0
    validated: int = 0
    present: int = 0
    trained: int = 0
    reached: int = 0
    spent: int = 0

    def __add__(self, other: "Done") -> "Done":
        names = [field.name for field in fields(Done)]
        return Done(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def people(self) -> int:
        """Present with a name, or reached without one."""
        return self.present + self.reached


@dataclass(frozen=True, slots=True)
class Line:
    """What one line plans, and what was done of it."""

    planned_sessions: int
    planned_people: int | None
    budget: int | None
    due_on: datetime.date
    is_closed: bool
    done: Done


@dataclass(frozen=True, slots=True)
class Total:
    """Lines added up. A people figure or a budget left blank is counted apart, never as zero.

    `planned` is in sessions or events. `aimed` are the people of the lines that plan a number of
    people: they alone are put beside `people`. A closed line no longer asks for anything: what it
    still planned is left out of `planned`, `people` and `late`; its budget and its work stay.
    """

    lines: int
    planned: int
    people: int
    aimed: int
    budget: int
    lines_without_budget: int
    lines_without_people: int
    late: int
    done_lines: int
    done: Done


def state_of(line: Line, day: datetime.date) -> LineState:
    """Return how a line stands that day; the due day itself is not late."""
    if line.is_closed:
        return LineState.CLOSED
    if line.done.validated >= line.planned_sessions:
        return LineState.DONE
    if line.done.held >= line.planned_sessions:
        return LineState.TO_VALIDATE
    if day > line.due_on:
        return LineState.LATE
    if line.due_on - day <= datetime.timedelta(days=SOON_DAYS):
        return LineState.DUE_SOON
    return LineState.TO_COME


def is_held(*, state: str, ended_on: datetime.date, day: datetime.date) -> bool:
    """Whether a session or an event took place: handed in, or begun and past its last day.

    A session that nobody marked stays planned: its dates alone prove nothing.
    """
    if state in ("TO_VALIDATE", "VALIDATED"):
        return ended_on <= day
    return state == "RUNNING" and ended_on < day


def total_of(lines: Iterable[Line], day: datetime.date) -> Total:
    """Add lines up; an empty list gives zeros."""
    kept = list(lines)
    states = [state_of(line, day) for line in kept]
    asked = [line for line in kept if not line.is_closed]
    return Total(
        lines=len(kept),
        planned=sum(line.planned_sessions for line in asked),
        people=sum(line.planned_people or 0 for line in asked),
        aimed=sum(line.done.people for line in kept if line.planned_people is not None),
        budget=sum(line.budget or 0 for line in kept),
        lines_without_budget=sum(line.budget is None for line in kept),
        lines_without_people=sum(line.planned_people is None for line in asked),
        late=states.count(LineState.LATE),
        done_lines=states.count(LineState.DONE),
        done=sum((line.done for line in kept), Done()),
    )


def percent(part: int, whole: int) -> int | None:
    """Return the whole percent, rounded down so that 100 means all; None of nothing."""
    return None if whole <= 0 else part * 100 // whole
