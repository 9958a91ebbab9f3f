"""Figures as plain records for JSON and CSV: the stable contract of docs/indicators.md."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, Protocol

from indicators.measured import Figures, Measure, MeasuredCell
from indicators.method_knowledge import PeriodPairing
from indicators.places import NOT_GIVEN
from indicators.plan_reading import PlannedIndicator
from indicators.tallies import Dimension
from indicators.wording import declared_sentence, verdict_words

Record = dict[str, Any]


class Writable(Protocol):
    """Anything text can be written to: a file, an HTTP response."""

    def write(self, text: str, /) -> object: ...


CSV_COLUMNS = (
    "period", "code", "label", "method", "unit", "measured_by", "baseline", "target", "dimension",
    "cell", "cell_label", "value", "validated_value", "status", "verdict", "participations",
    "unique_persons", "coverage", "n", "numerator", "denominator", "pending_sessions", "note",
)  # fmt: skip


def as_record(measure: Measure) -> Record:
    """One indicator as the JSON contract states it; null means « no figure », never zero."""
    indicator = measure.planned.indicator
    pairing = measure.pairing
    return {
        "code": indicator.code,
        "axis": indicator.axis,
        "label": indicator.label,
        "unit": indicator.unit,
        "measured_by": indicator.measured_by,
        "method": measure.sheet.method,
        "compared_figure": measure.sheet.compared_figure,
        "sheet_version": measure.sheet.version,
        "baseline": plain(indicator.baseline),
        "target": plain(measure.target),
        **_totals(measure.planned),
        **_figures(measure.all),
        "validated_value": measure.validated.value,
        "validated": _figures(measure.validated),
        "status": measure.status.value,
        "verdict": verdict_words(pairing),
        "pairing": _pairing(pairing),
        "reliable_gain20_share": pairing.reliable_gain20_share if pairing else None,
        "reliable_gain20_exact_share": pairing.reliable_gain20_exact_share if pairing else None,
        "response_rate": measure.counted.extra.get("response_rate") if measure.counted else None,
        "pending_sessions": measure.pending_sessions,
        "sentence": "" if indicator.is_measured_here else declared_sentence(),
        "note": indicator.note,
        "warnings": list(measure.warnings),
        "by": {
            dimension.value: [_cell(cell) for cell in cells]
            for dimension, cells in measure.by.items()
        },
    }


def as_document(measures: Sequence[Measure]) -> Record:
    """The whole answer for a period."""
    period = measures[0].period
    return {
        "period": period.code,
        "starts_on": period.starts_on.isoformat(),
        "ends_on": period.ends_on.isoformat(),
        "indicators": [as_record(measure) for measure in measures],
    }


def write_csv(measures: Iterable[Measure], out: Writable) -> None:
    """One line per indicator, then one per cell of each dimension asked for."""
    writer = csv.DictWriter(out, CSV_COLUMNS, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for measure in measures:
        record = {**as_record(measure), "period": measure.period.code}
        writer.writerow(record)
        for dimension, cells in record["by"].items():
            writer.writerows(_cell_line(record, dimension, cell) for cell in cells)


def plain(value: Decimal | None) -> int | float | None:
    """A decimal as JSON has it: whole when it is whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)


def _totals(planned: PlannedIndicator) -> Record:
    return {
        "printed_total": plain(planned.indicator.printed_total),
        "computed_total": plain(planned.computed_total),
    }


def _figures(figures: Figures) -> Record:
    return asdict(figures)


def _pairing(pairing: PeriodPairing | None) -> Record | None:
    if pairing is None:
        return None
    return {
        "n_pre": pairing.n_pre,
        "n_post": pairing.n_post,
        "n_paired": pairing.n_paired,
        "pairing_rate": pairing.pairing_rate,
        "n_not_parallel": pairing.n_not_parallel,
    }


def _cell(cell: MeasuredCell) -> Record:
    return {
        "code": cell.code or NOT_GIVEN,
        "label": cell.label,
        "is_masked": cell.is_masked,
        **_figures(cell.all),
        "validated_value": cell.validated.value,
        "validated": _figures(cell.validated),
    }


def _cell_line(record: Record, dimension: Dimension | str, cell: Record) -> Record:
    head = {
        key: record[key] for key in ("period", "code", "label", "method", "unit", "measured_by")
    }
    return {
        **head,
        **cell,
        "code": record["code"],
        "label": record["label"],
        "dimension": str(dimension),
        "cell": cell["code"],
        "cell_label": cell["label"],
    }
