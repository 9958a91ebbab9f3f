"""A file that the platform made, as an answer: named, to keep or to look at."""

from django.http import HttpResponse

CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def file_answer(content: bytes | str, name: str, kind: str = PDF) -> HttpResponse:
    """Return the file to be kept under that name."""
    return _answer(content, kind, f'attachment; filename="{name}"')


def shown_answer(content: bytes | str, name: str, kind: str = PDF) -> HttpResponse:
    """Return the file to be looked at in the browser; kept, it bears that name."""
    return _answer(content, kind, f'inline; filename="{name}"')


def _answer(content: bytes | str, kind: str, disposition: str) -> HttpResponse:
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
