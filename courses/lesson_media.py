"""Bring the files of lessons into the library of pictures, documents and recordings, each once."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar

from django.core.files import File
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.utils.translation import gettext as _
from wagtail.documents.models import Document as StoredDocument
from wagtail.images.models import Image
from wagtail.models import Collection

from courses.enums import RecordingKind
from courses.lesson_parts import Document, LessonPart, Picture, Recorded, Term
from courses.media_boxes import AUDIO, VIDEO
from courses.media_files import MediaFile
from courses.models import GlossaryTerm, Recording

KIND_OF = {AUDIO: RecordingKind.AUDIO, VIDEO: RecordingKind.VIDEO}
PICTURE_WIDTHS = (360, 720)  # points: a phone's column, and the same on a dense screen
PICTURE_FORMATS = ("avif", "webp")  # WebP is read by every phone since Android 4.2
Stored = TypeVar("Stored", Image, StoredDocument)


class UnknownTerm(ValueError):
    """A lesson shows a word that the glossary does not hold; the text is a French sentence."""


@transaction.atomic
def keep_media(*, parts: Iterable[LessonPart], collection: str) -> dict[LessonPart, int]:
    """Return the record behind each part that points at one, made where it is missing.

    Pictures and documents go in the collection of that name; the same file under the same name is
    kept once there. Raises UnknownTerm.
    """
    return {
        part: _record_of(part, collection).pk
        for part in parts
        if isinstance(part, Picture | Recorded | Document | Term)
    }


def _record_of(part: Picture | Recorded | Document | Term, collection: str) -> models.Model:
    match part:
        case Picture():
            return _picture(part, _collection(collection))
        case Document():
            return _document(part, _collection(collection))
        case Recorded():
            return _recording(part)
    term = GlossaryTerm.objects.filter(slug=part.slug).first()
    if term is None:
        raise UnknownTerm(_("le terme « %(slug)s » n'est pas au glossaire.") % {"slug": part.slug})
    return term


def _picture(part: Picture, collection: Collection) -> Image:
    image, is_new = _stored(Image, part.file, collection, description=part.alt[:255])
    if is_new:  # made now: nobody waits for them on a first visit
        image.get_renditions(
            *(f"format-{kind}|width-{wide}" for kind in PICTURE_FORMATS for wide in PICTURE_WIDTHS)
        )
    return image


def _document(part: Document, collection: Collection) -> StoredDocument:
    document, _is_new = _stored(StoredDocument, part.file, collection)
    return document


def _stored(
    model: type[Stored], file: MediaFile, collection: Collection, **facts: str
) -> tuple[Stored, bool]:
    """Return the record of a file; its title is the file's name, which an export writes back."""
    content = file.path.read_bytes()
    sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()  # as Wagtail computes it
    found = model.objects.filter(collection=collection, title=file.name, file_hash=sha1)
    known = found.order_by("pk").first()
    if known is not None:
        return known, False
    record = model(title=file.name, collection=collection, file_hash=sha1, **facts)
    record.file_size = file.size
    record.file = ContentFile(content, name=file.name)
    record.save()
    return record, True


def _recording(part: Recorded) -> Recording:
    """A recording is known by its file and its words: other words make another recording."""
    for known in Recording.objects.filter(sha256=part.file.sha256, title=part.title).order_by("pk"):
        same_words = known.transcript == part.transcript and known.language == part.language
        if same_words and known.seconds == part.seconds and _has_captions(known, part.captions):
            return known
    recording = Recording(
        title=part.title,
        kind=KIND_OF[part.kind],
        language=part.language,
        transcript=part.transcript,
        seconds=part.seconds,
        sha256=part.file.sha256,
    )
    recording.file.name = _stored_name(recording.file, part.file)
    if part.captions is not None:
        recording.captions.name = _stored_name(recording.captions, part.captions)
    recording.save()
    return recording


def _has_captions(recording: Recording, captions: MediaFile | None) -> bool:
    if captions is None or not recording.captions:
        return captions is None and not recording.captions
    same_name = Path(str(recording.captions.name)).name == captions.name
    with recording.captions.open("rb") as opened:
        return same_name and hashlib.sha256(opened.read()).hexdigest() == captions.sha256


def _stored_name(field: Any, file: MediaFile) -> str:
    """Store the bytes once, in a folder named after them: the file keeps the author's name."""
    storage = field.storage
    name = f"recordings/{file.sha256[:16]}/{file.name}"
    if storage.exists(name):
        return name
    with file.path.open("rb") as opened:
        return str(storage.save(name, File(opened)))


def _collection(name: str) -> Collection:
    root = Collection.get_first_root_node()
    known = root.get_children().filter(name=name).first()
    return known if known is not None else root.add_child(name=name)
