"""A file as an answer: named, never kept by a cache that is not the reader's own."""

from django.http import HttpResponse

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def pdf_answer(content: bytes, name: str, content_type: str = PDF) -> HttpResponse:
    """Return the file, offered under that name."""
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
