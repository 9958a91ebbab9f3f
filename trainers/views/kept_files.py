"""A piece that somebody left, sent to whoever the view has let in."""

from django.http import FileResponse

from accounts.models import User
from trainers.evidence import open_evidence
from trainers.models import Evidence


def kept_file_answer(evidence: Evidence, user: User) -> FileResponse:
    """Send a file and log who asked for it. It is never shown inside the page."""
    return FileResponse(
        open_evidence(evidence=evidence, user=user),
        as_attachment=True,
        filename=evidence.original_name,
        content_type="application/octet-stream",
    )
