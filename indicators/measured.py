"""What one indicator gives for one period: the three figures, the status, the cells, the doubts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from indicators.aggregation import target_status
from indicators.enums import ComparedFigure
from indicators.method_knowledge import PeriodPairing
from indicators.models import ReferenceSheet
from indicators.periods import Period
from indicators.plan_reading import Corps, PlannedIndicator
from indicators.tallies import Counted, Dimension, Shape, Tally

Number = int | float


class Status(StrEnum):
    """Where the validated figure stands; only REACHED, NEAR and BEHIND compare it with a target."""

    REACHED = "REACHED"
    NEAR = "NEAR"
    BEHIND = "BEHIND"
    NO_TARGET = "NO_TARGET"
    NO_DATA = "NO_DATA"
    PROVISIONAL = "PROVISIONAL"
    INCONCLUSIVE = "INCONCLUSIVE"
    MASKED = "MASKED"
    DECLARED = "DECLARED"


@dataclass(frozen=True)
class Figures:
    """`value` is the one held against the target; `coverage` and shares are in percent.

    `n` is the number the value rests on: pairs or answers for a share, facts for a count.
    """

    value: Number | None = None
    participations: int | None = None
    unique_persons: int | None = None
    coverage: float | None = None
    n: int = 0
    numerator: int | None = None
    denominator: int | None = None


@dataclass(frozen=True)
class MeasuredCell:
    """One cell of a disaggregation; a masked one shows no figure at all."""

    code: str
    label: str
    all: Figures
    validated: Figures
    is_masked: bool = False


@dataclass(frozen=True)
class Measure:
    """`all` holds everything recorded in the period, `validated` what counts against the target."""

    planned: PlannedIndicator
    period: Period
    sheet: ReferenceSheet
    status: Status
    all: Figures = field(default_factory=Figures)
    validated: Figures = field(default_factory=Figures)
    counted: Counted | None = None
    pairing: PeriodPairing | None = None
    validated_pairing: PeriodPairing | None = None
    corps: Corps | None = None
    pending_sessions: int = 0
    warnings: Sequence[str] = ()
    by: Mapping[Dimension, Sequence[MeasuredCell]] = field(default_factory=dict)

    @property
    def target(self) -> Decimal | None:
        return self.planned.target(self.period)

    @property
    def is_conclusive(self) -> bool:
        """False only for a knowledge share that rests on too few pairs."""
        return self.validated_pairing is None or self.validated_pairing.is_conclusive


def figures_of(
    tally: Tally, counted: Counted, sheet: ReferenceSheet, corps: Corps | None
) -> Figures:
    """Add the coverage, and pick the figure that the reference sheet compares with the target."""
    coverage = None
    if corps is not None and tally.unique_persons is not None:
        coverage = tally.unique_persons * 100 / corps.headcount
    value = tally.value
    if counted.is_named and counted.shape is Shape.COUNT:
        chosen = {
            ComparedFigure.PARTICIPATIONS: tally.value,
            ComparedFigure.UNIQUE_PERSONS: tally.unique_persons,
            ComparedFigure.COVERAGE: coverage,
        }
        value = chosen[ComparedFigure(sheet.compared_figure)]
    is_share = counted.shape is Shape.SHARE
    return Figures(
        value=value,
        participations=tally.participations,
        unique_persons=tally.unique_persons,
        coverage=coverage,
        n=tally.denominator,
        numerator=tally.numerator if is_share else None,
        denominator=tally.denominator if is_share else None,
    )


def status_of(
    everything: Figures,
    validated: Figures,
    target: Decimal | None,
    pairing: PeriodPairing | None,
) -> Status:
    """Compare the validated figure with the target, unless it cannot be compared.

    `pairing` is that of the validated copies, or of all of them while none is validated. A target
    printed 0 plans nothing: there is nothing to reach.
    """
    if not everything.n:
        return Status.NO_DATA
    if pairing is not None and not pairing.is_conclusive:
        return Status.INCONCLUSIVE
    if not validated.n or validated.value is None:
        return Status.PROVISIONAL
    if not target:
        return Status.NO_TARGET
    return Status(target_status(Decimal(str(validated.value)), target))
