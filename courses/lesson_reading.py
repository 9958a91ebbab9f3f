"""The blocks of a page back to the parts of a lesson: what `lesson_stream` wrote. Reads pages."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page
from wagtail.rich_text import RichText

from courses.enums import RecordingKind
from courses.lesson_parts import (
    Activity,
    Attention,
    Case,
    CaseQuestion,
    Check,
    CheckChoice,
    Document,
    KeyPoints,
    Law,
    LessonPart,
    Picture,
    Recorded,
    Sign,
    Steps,
    Term,
    Text,
)
from courses.media_boxes import AUDIO, VIDEO
from courses.media_files import FILE_NAME, FILE_NAME_MAX_LENGTH, MediaFile
from courses.models import Recording
from courses.rich_text_tree import CannotWrite

PAGE_LINK = re.compile(r'<a (?:linktype="page" id="(\d+)"|id="(\d+)" linktype="page")>')


@dataclass(slots=True)
class MediaDrawer:
    """The files met so far and where each is stored; two files never bear the same name."""

    stored: dict[MediaFile, Any] = field(default_factory=dict)

    def file(self, stored: Any, wanted: str = "") -> MediaFile:
        """Return a stored file under the author's name, its own, or one with its hash in it."""
        with stored.storage.open(stored.name, "rb") as opened:
            content = opened.read()
        sha256 = hashlib.sha256(content).hexdigest()
        name = _fit_name(wanted, stored.name)
        if any(known.name == name and known.sha256 != sha256 for known in self.stored):
            name = f"{Path(name).stem}-{sha256[:8]}{Path(name).suffix}"
        media = MediaFile(name=name, size=len(content), sha256=sha256, path=Path(stored.name))
        self.stored.setdefault(media, stored)
        return media


def parts_of(body: Any, drawer: MediaDrawer) -> tuple[LessonPart, ...]:
    """Return the parts of a stream. Raises CannotWrite for a file or a page that is gone."""
    return tuple(_part(block.block_type, block.value, drawer) for block in body)


def with_plain_links(html: str) -> str:
    """Give each link to a page of the site its address. Raises CannotWrite for a page gone."""

    def address(match: re.Match[str]) -> str:
        page = Page.objects.filter(pk=match[1] or match[2]).first()
        url = page.get_url() if page is not None else None
        if url is None:
            raise CannotWrite(_("un lien mène à une page qui n'existe plus."))
        return f'<a href="{url}">'

    return PAGE_LINK.sub(address, html)


def _part(kind: str, value: Any, drawer: MediaDrawer) -> LessonPart:
    if kind == "text":
        return Text(html=_html(value))
    if kind in FILE_READERS:
        name, reader = FILE_READERS[kind]
        try:
            return reader(value, _present(value[name]), drawer)
        except FileNotFoundError as missing:
            raise CannotWrite(_("un fichier de cette page n'existe plus.")) from missing
    return READERS[kind](value)


def _html(value: RichText | None) -> str:
    return with_plain_links(value.source) if value is not None else ""


def _law(value: Mapping[str, Any]) -> Law:
    return Law(value["title"], value["reference"], value["updated_on"], _html(value["text"]))


def _case(value: Mapping[str, Any]) -> Case:
    questions = tuple(CaseQuestion(q["question"], q["guidance"]) for q in value["questions"])
    return Case(value["title"], _html(value["text"]), questions)


def _check(value: Mapping[str, Any]) -> Check:
    choices = tuple(
        CheckChoice(choice["text"], bool(choice["is_correct"]), choice["feedback"])
        for choice in value["choices"]
    )
    return Check(value["question"], choices)


def _term(value: Mapping[str, Any]) -> Term:
    if value["term"] is None:
        raise CannotWrite(_("un terme montré par cette page n'est plus au glossaire."))
    return Term(value["term"].slug)


def _present(record: Any) -> Any:
    if record is None:
        raise CannotWrite(_("un fichier de cette page n'existe plus."))
    return record


def _picture(value: Mapping[str, Any], image: Any, drawer: MediaDrawer) -> Picture:
    file = drawer.file(image.file, image.title)
    return Picture(file=file, alt=value["alt"], caption=value["caption"] or "")


def _recording(_value: Mapping[str, Any], recording: Recording, drawer: MediaDrawer) -> Recorded:
    is_video = recording.kind == RecordingKind.VIDEO
    return Recorded(
        kind=VIDEO if is_video else AUDIO,
        title=recording.title,
        file=drawer.file(recording.file),
        captions=drawer.file(recording.captions) if is_video else None,
        seconds=recording.seconds,
        language=recording.language,
        transcript=recording.transcript,
    )


def _document(value: Mapping[str, Any], document: Any, drawer: MediaDrawer) -> Document:
    file = drawer.file(document.file, document.title)
    return Document(file=file, title=value["title"], description=value["description"])


def _fit_name(wanted: str, stored: str) -> str:
    """The author's name if a folder can bear it, else the stored one in plain letters."""
    extension = Path(stored).suffix.lower()
    if (
        FILE_NAME.fullmatch(wanted)
        and len(wanted) <= FILE_NAME_MAX_LENGTH
        and Path(wanted).suffix == extension
    ):
        return wanted
    stem = re.sub(r"[^A-Za-z0-9_-]+", "-", Path(stored).stem).strip("-_") or "fichier"
    return f"{stem[:60]}{extension}"


READERS: dict[str, Any] = {
    "activity": lambda value: Activity(value["title"], value["code"]),
    "attention": lambda value: Attention(value["title"], _html(value["text"])),
    "case": _case,
    "check": _check,
    "key_points": lambda value: KeyPoints(value["title"], tuple(map(_html, value["points"]))),
    "law": _law,
    "sign": lambda value: Sign(value["title"], _html(value["text"])),
    "steps": lambda value: Steps(value["title"], tuple(map(_html, value["steps"]))),
    "term": _term,
}
FILE_READERS: dict[str, Any] = {
    "document": ("document", _document),
    "image": ("image", _picture),
    "recording": ("recording", _recording),
}
