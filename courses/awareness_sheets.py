"""The one-page sheet of an awareness page, to print, photocopy and hand over."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from django.utils import translation
from django.utils.translation import gettext as _

from courses.lesson_reading import MediaDrawer, parts_of
from courses.models import AwarenessPage
from courses.printing import SHEETS, compile_pdf
from courses.qr_codes import qr_svg
from courses.sheet_content import (
    FIRST_SENTENCES,
    LISTS_ONLY,
    Block,
    blocks_of,
    shortened,
    without_last_section,
)

# In points: under 9, a photocopy is not read any more.
SIZES = (14, 13, 12.5, 12, 11.5, 11, 10.5, 10, 9.5, 9)
SHORT_SIZES = (10, 9.5, 9)
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
DAY = 60 * 60 * 24


class DoesNotFit(ValueError):
    """Even abridged, the page does not fit on a sheet."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A PDF of one page; `is_abridged` when something of the page is left out."""

    pdf: bytes
    is_abridged: bool


def sheet_of(page: AwarenessPage, address: str) -> Sheet:
    """Return the sheet of a published page; made once for each text and address.

    `address` is the page's own, in full: it is printed, and drawn as a QR code.
    """
    text = f"{page.pk} {page.last_published_at} {address}"
    key = f"awareness-sheet-{hashlib.sha256(text.encode()).hexdigest()}"
    known: Sheet | None = cache.get(key)
    if known is None:
        known = make_sheet(page, address)
        cache.set(key, known, timeout=DAY)
    return known


def make_sheet(page: AwarenessPage, address: str) -> Sheet:
    """Set the page at the largest size at which it fits on one sheet; abridge only after that."""
    source = (SHEETS / "awareness_sheet.typ").read_text(encoding="utf-8")
    qr = qr_svg(address, quiet=0)
    with translation.override(page.locale.language_code):
        facts = _facts(page, address)
    blocks = blocks_of(parts_of(page.body, MediaDrawer()))
    for size, kept in _attempts(blocks):
        is_abridged = kept != blocks
        data = {**facts, "size": size, "blocks": kept, "is_abridged": is_abridged}
        pdf = compile_pdf(source, {"data": json.dumps(data), "qr": qr})
        if page_count(pdf) == 1:
            return Sheet(pdf, is_abridged)
    raise DoesNotFit(page.title)


def page_count(pdf: bytes) -> int:
    """How many pages Typst has set."""
    return len(PAGE.findall(pdf))


def _attempts(blocks: list[Block]) -> Iterator[tuple[float, list[Block]]]:
    """Smaller and smaller, then shorter and shorter; at last, section after section goes."""
    yield from ((size, blocks) for size in SIZES)
    for level in (FIRST_SENTENCES, LISTS_ONLY):
        short = shortened(blocks, level)
        yield from ((size, short) for size in SHORT_SIZES)
    left = shortened(blocks, LISTS_ONLY)
    while left:
        left = without_last_section(left)
        yield SHORT_SIZES[-1], left


def _facts(page: AwarenessPage, address: str) -> dict[str, Any]:
    return {
        "title": page.title,
        "summary": page.summary,
        "sources": page.sources,
        "address": address,
        "language": page.locale.language_code,
        "labels": {
            "author": _("Comité national de lutte contre la traite des personnes"),
            "sources": _("Sources :"),
            "online": _("À lire en ligne :"),
            "abridged": _("Texte abrégé : la page entière est en ligne."),
            "qr": _("Code QR vers la page"),
        },
    }
