"""Version 1 of the reference sheets, read from the file that the project carries.

The file is `indicators/plan/reference_sheets.yaml`: French sentences that the committee can read.
"""

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from indicators.enums import ComparedFigure, Method

SHEETS = Path(__file__).parent / "plan" / "reference_sheets.yaml"


class InvalidReferenceSheet(ValueError):
    """A sheet of the file cannot be used; its text is a French sentence."""


@dataclass(frozen=True)
class FirstSheet:
    """How one indicator is measured, and the remark on what the plan prints."""

    method: str
    compared_figure: str
    topics: list[str]
    categories: list[str]
    chain_only: bool
    formula: str
    source: str
    not_counted: str
    note: str


@dataclass(frozen=True)
class SheetBook:
    effective_on: datetime.date
    reason: str
    sheets: dict[str, FirstSheet]


def read_reference_sheets(path: Path = SHEETS) -> SheetBook:
    """Return the sheets by reference of the plan. Raises `InvalidReferenceSheet`."""
    document = yaml.safe_load(path.read_text(encoding="utf-8"))
    return SheetBook(
        effective_on=document["effective_on"],
        reason=document["reason"],
        sheets={code: _sheet(code, entry) for code, entry in document["sheets"].items()},
    )


def _sheet(code: str, entry: dict[str, Any]) -> FirstSheet:
    sheet = FirstSheet(
        method=entry["method"],
        compared_figure=entry.get("compared_figure", ComparedFigure.PARTICIPATIONS),
        topics=entry.get("topics", []),
        categories=entry.get("categories", []),
        chain_only=entry.get("chain_only", False),
        formula=entry["formula"],
        source=entry["source"],
        not_counted=entry["not_counted"],
        note=entry.get("note", ""),
    )
    if sheet.method not in Method.values:
        raise InvalidReferenceSheet(f"Fiche {code} : méthode inconnue « {sheet.method} ».")
    if sheet.compared_figure not in ComparedFigure.values:
        raise InvalidReferenceSheet(
            f"Fiche {code} : chiffre comparé inconnu « {sheet.compared_figure} »."
        )
    return sheet
