"""Keep the files that prove, and log who opens them (domain §3)."""

import hashlib
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.models import AwarenessEvent, Evidence, EvidenceAccess, TrainingSession
from trainers.models.evidence import evidence_storage

MAX_BYTES = 20 * 1024 * 1024
ACCEPTED_SUFFIXES = frozenset(
    {".pdf", ".jpg", ".jpeg", ".png", ".webp", ".heic"}
    | {".doc", ".docx", ".odt", ".xls", ".xlsx", ".ods", ".csv", ".txt"}
)


class EvidenceRefused(ValueError):
    """A file that is not kept; its text is a French sentence."""


def sha256_of(content: bytes) -> str:
    """Return the checksum of a file's content, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@transaction.atomic
def store_evidence(
    *,
    kind: str,
    content: bytes,
    name: str,
    session: TrainingSession | None = None,
    event: AwarenessEvent | None = None,
    by: User | None = None,
    replaces: Evidence | None = None,
) -> Evidence:
    """Keep a file with its checksum; the same content for the same thing is kept once.

    The file's path is its checksum: writing it again after a cancelled transaction changes nothing.
    `replaces` makes a new version, the old one stays. Raises `EvidenceRefused`.
    """
    cleaned = _fit_name(content, name)
    same = Evidence.objects.filter(
        sha256=sha256_of(content), kind=kind, session=session, event=event
    )
    if session is None and event is None:  # nobody's file is another's: each keeps what they sent
        same = same.filter(uploaded_by=by)
    known = same.first()
    if known is not None:
        return known
    return Evidence.objects.create(
        session=session,
        event=event,
        kind=kind,
        uploaded_by=by,
        replaces=replaces,
        **_kept(content, cleaned),
    )


@transaction.atomic
def store_evidence_of_new(
    *,
    kind: str,
    content: bytes,
    name: str,
    sessions: Sequence[TrainingSession],
    by: User | None = None,
) -> dict[int, Evidence]:
    """Keep one file as evidence of each of these sessions, which hold none yet.

    The answer is by session id. Raises `EvidenceRefused`.
    """
    kept = _kept(content, _fit_name(content, name))
    written = Evidence.objects.bulk_create(
        Evidence(session=session, kind=kind, uploaded_by=by, **kept) for session in sessions
    )
    return {session.pk: one for session, one in zip(sessions, written, strict=True)}


def _fit_name(content: bytes, name: str) -> str:
    shown = "".join(char for char in name if char.isprintable())  # no NUL, no right-to-left mark
    cleaned = PurePath(shown.replace("\\", "/")).name.strip() or "fichier"
    _refuse_unfit(content, cleaned, PurePath(cleaned).suffix.lower())
    return cleaned


def _kept(content: bytes, name: str) -> dict[str, Any]:
    """Write the file under its checksum; what its row says of it."""
    sha256 = sha256_of(content)
    path = f"{sha256[:2]}/{sha256}{PurePath(name).suffix.lower()}"
    storage = evidence_storage()
    if not storage.exists(path):
        path = storage.save(path, ContentFile(content))
    return {
        "file": path,
        "original_name": name[-200:],
        "sha256": sha256,
        "size": len(content),
        "uploaded_at": timezone.now(),
    }


@transaction.atomic
def open_evidence(*, evidence: Evidence, user: User) -> File:
    """Log the access, then return the opened file."""
    EvidenceAccess.objects.create(evidence=evidence, user=user, accessed_at=timezone.now())
    return evidence.file.open("rb")


def read_evidence(evidence: Evidence) -> bytes:
    """Return the content for the platform's own work (an import's second step): not an access."""
    with evidence.file.open("rb") as stored:
        return stored.read()


def _refuse_unfit(content: bytes, name: str, suffix: str) -> None:
    if not content:
        raise EvidenceRefused(_("Le fichier « %(name)s » est vide.") % {"name": name})
    if len(content) > MAX_BYTES:
        raise EvidenceRefused(_("Le fichier « %(name)s » dépasse 20 Mo.") % {"name": name})
    if suffix not in ACCEPTED_SUFFIXES:
        raise EvidenceRefused(
            _("« %(name)s » n'est ni un PDF, ni une photo, ni un document, ni un classeur.")
            % {"name": name}
        )
