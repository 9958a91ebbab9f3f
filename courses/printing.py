"""Turn a Typst source and its data into a PDF: sheets, attestations. The lowest place."""

import threading
from pathlib import Path

import typst

SHEETS = Path(__file__).parent / "sheets"  # all that a source may read: our own Typst files
# Unless the source says one: the hour of the print would make each copy another file.
NO_DATE = "#set document(date: none);"

# A compiler is not to be shared between threads, and a new one costs more than a page.
_of_thread = threading.local()


class CannotPrint(ValueError):
    """The source does not compile; the text is Typst's own message."""


def compile_pdf(source: str, inputs: dict[str, str]) -> bytes:
    """Return the PDF of a Typst source; the same source and inputs give the same bytes.

    The source is ours and never holds data: people's texts go in `inputs`, which it reads as
    `json(bytes(sys.inputs.NAME))` or `image(bytes(sys.inputs.NAME), format: "svg")`. So nothing
    typed by somebody is ever run. Only the fonts inside Typst are used (« Libertinus Serif »,
    « DejaVu Sans Mono »): a page looks the same on every machine. Raises CannotPrint.
    """
    try:
        dated = f"{NO_DATE}{source}".encode()
        pdf = _compiler().compile(input=dated, format="pdf", sys_inputs=inputs)
    except typst.TypstError as refusal:
        raise CannotPrint(str(refusal)) from refusal
    assert isinstance(pdf, bytes)
    return pdf


def _compiler() -> typst.Compiler:
    known: typst.Compiler | None = getattr(_of_thread, "compiler", None)
    if known is None:
        known = typst.Compiler(root=str(SHEETS), ignore_system_fonts=True)
        _of_thread.compiler = known
    return known
