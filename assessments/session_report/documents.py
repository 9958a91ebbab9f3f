"""A report as a PDF to keep and as a .docx to complete: the same blocks, drawn twice."""

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from assessments.papers.typography import set_french
from assessments.session_report.blocks import (
    Block,
    Bullets,
    Facts,
    Report,
    Section,
    Table,
    Text,
    as_plain,
)
from courses.printing import compile_pdf

_FOLDER = Path(__file__).parent
PRINTED_IN = "fr"
GREEN = (0x0B, 0x5A, 0x41)


def report_pdf(report: Report) -> bytes:
    """The report as a PDF; the same report gives the same bytes."""
    with translation.override(PRINTED_IN):
        words = {
            "author": _("Comité national de lutte contre la traite des personnes"),
            "blank": _("Non renseigné par l'équipe de formation."),
            "annex": _("Annexe nominative, réservée à l'équipe de la session"),
            "page": _("page"),
            "signatures": _("Pour l'équipe de formation : nom, date et signature"),
        }
    data = {"report": _set(as_plain(report)), "words": _set(words)}
    return compile_pdf(_source("report.typ"), {"data": json.dumps(data)})


def report_docx(report: Report) -> bytes:
    """The report as a Word document whose empty texts wait for the trainer.

    Styles are Word's own (headings, table grid), so that its outline and its screen readers know
    them. python-docx is why: docs/adr/0009-report-in-docx.md.
    """
    import docx
    from docx.shared import Cm, Pt, RGBColor

    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2)
    page.top_margin = page.bottom_margin = Cm(2)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.color.rgb = "Calibri", RGBColor(*GREEN)
    document.core_properties.title = f"{report.title} {report.session}"
    document.core_properties.language = "fr-FR"
    with translation.override(PRINTED_IN):
        document.core_properties.author = _("Équipe de formation")
        document.add_heading(f"{report.title} {report.session}", level=0)
        for line in (report.subtitle, report.made_on, report.demo):
            if line:
                document.add_paragraph(set_french(line))
        for section in report.sections:
            _add_section(document, section)
        if report.annex:
            document.add_page_break()
            annex = _("Annexe nominative, réservée à l'équipe de la session")
            document.add_heading(set_french(annex), level=1)
        for section in report.annex:
            _add_section(document, section, level=2)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _add_section(document: Any, section: Section, level: int = 1) -> None:
    document.add_heading(set_french(section.title), level=level)
    for block in section.blocks:
        _add_block(document, block, section.title)


def _add_block(document: Any, block: Block, title: str) -> None:
    if isinstance(block, Facts):
        _add_table(document, (), block.pairs)
    elif isinstance(block, Table):
        _add_table(document, block.head, block.rows, has_total=block.has_total)
        if block.note:
            _add_text(document, block.note, is_note=True)
    elif isinstance(block, Bullets):
        for item in block.items:
            document.add_paragraph(set_french(item), style="List Bullet")
    elif isinstance(block, Text) and block.is_written and not block.text:
        words = _("[À compléter : %(title)s]") % {"title": title.lower()}
        document.add_paragraph().add_run(set_french(words)).italic = True
    elif isinstance(block, Text):
        _add_text(document, block.text, is_note=block.is_note)


def _add_text(document: Any, text: str, *, is_note: bool = False) -> None:
    from docx.shared import Pt

    for part in text.splitlines() or [""]:
        run = document.add_paragraph().add_run(set_french(part))
        if is_note:
            run.italic, run.font.size = True, Pt(9.5)


def _add_table(
    document: Any, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...], has_total: bool = False
) -> None:
    """A table of Word's own grid; its head is repeated on each page and named to screen readers."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    lines = [*([head] if head else []), *rows]
    if not lines:
        return
    table = document.add_table(rows=len(lines), cols=len(lines[0]))
    table.style = "Table Grid"
    for place, (row, line) in enumerate(zip(table.rows, lines, strict=True)):
        is_bold = (bool(head) and place == 0) or (has_total and place == len(lines) - 1)
        for rank, (cell, text) in enumerate(zip(row.cells, line, strict=True)):
            run = cell.paragraphs[0].add_run(set_french(text))
            run.font.size = Pt(8 if len(text) == 64 else 10)
            run.bold = is_bold or (not head and rank == 0)
    if head:
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def _set(value: Any) -> Any:
    """French typography in every text of the data."""
    if isinstance(value, str):
        return set_french(value)
    if isinstance(value, dict):
        return {name: _set(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_set(one) for one in value]
    return value


@cache
def _source(name: str) -> str:
    return (_FOLDER / name).read_text(encoding="utf-8")
