"""What a report is made of, before it is a PDF or a document: headings, texts, tables. Pure."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Text:
    """A paragraph. `is_written` is the trainer's own; an empty one is still to be completed."""

    text: str
    is_written: bool = False
    is_note: bool = False


@dataclass(frozen=True)
class Facts:
    """Pairs of term and text."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Table:
    """Rows of texts under a head; `wide` columns take what is left, others are figures."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    wide: tuple[int, ...] = (0,)
    note: str = ""
    has_total: bool = False


@dataclass(frozen=True)
class Bullets:
    items: tuple[str, ...]


Block = Text | Facts | Table | Bullets


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Report:
    """The whole report; `annex` names people and is empty where names are not given."""

    title: str
    session: str
    subtitle: str
    made_on: str
    demo: str
    sections: tuple[Section, ...]
    annex: tuple[Section, ...] = field(default=())


def as_plain(report: Report) -> dict[str, Any]:
    """The report as JSON takes it; each block says its kind."""
    plain = asdict(report)
    for name in ("sections", "annex"):
        for section, known in zip(plain[name], getattr(report, name), strict=True):
            for block, kind in zip(section["blocks"], known.blocks, strict=True):
                block["kind"] = type(kind).__name__
    return plain


def cross_table(
    rows: Sequence[tuple[str, str, str]], *, columns: Sequence[str]
) -> list[tuple[str, str, tuple[int, ...]]]:
    """Count (first, second, column) triples: a line per pair, a cell per column, then the total.

    Lines are in alphabetical order of their two words. A column that is not among `columns` raises
    ValueError: cells always add up to the total.
    """
    counts: dict[tuple[str, str], list[int]] = {}
    for first, second, column in rows:
        counts.setdefault((first, second), [0] * len(columns))[list(columns).index(column)] += 1
    lines = [
        (first, second, (*cells, sum(cells))) for (first, second), cells in sorted(counts.items())
    ]
    totals = [sum(cells[place] for _f, _s, cells in lines) for place in range(len(columns) + 1)]
    return [*lines, ("", "", tuple(totals))]
