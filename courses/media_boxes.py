"""Boxes that show a file: picture, sound, video, document. Pure."""

from courses.folder_problems import FileReport
from courses.lesson_boxes import Box, refuse_contents, title_of
from courses.lesson_parts import Document, Picture, Recorded
from courses.media_files import CAPTIONS, DOCUMENTS, PICTURES, SOUNDS, VIDEOS, MediaShelf
from courses.rich_text import french_spaces

AUDIO, VIDEO = "audio", "video"
LONGEST_SECONDS = 7200
LANGUAGE_MAX_LENGTH = 10
TITLE_MAX_LENGTH = 160


def read_picture(box: Box, report: FileReport, media: MediaShelf) -> Picture | None:
    box.only(report, "fichier", "alt", "legende")
    refuse_contents(box, report, title=True)
    alt = box.attribute(report, "alt")
    caption = box.attribute(report, "legende", is_required=False)
    name = box.attribute(report, "fichier")
    file = media.take(name, PICTURES, report, box.line) if name else None
    return None if file is None else Picture(file=file, alt=alt, caption=caption)


def read_recording(box: Box, report: FileReport, media: MediaShelf) -> Recorded | None:
    """A sound or a video. The body is what it says, word for word; a video has captions too."""
    is_video = box.kind == VIDEO
    box.only(report, "fichier", "duree", "langue", *(["sous_titres"] if is_video else []))
    title = title_of(box, report)
    if len(title) > TITLE_MAX_LENGTH:
        report.add(f"ce titre dépasse {TITLE_MAX_LENGTH} caractères.", box.line)
    transcript = transcript_of(box)
    if not transcript:
        report.add(f"l'encadré « {box.kind} » doit contenir la transcription.", box.line)
    name = box.attribute(report, "fichier")
    kinds = VIDEOS if is_video else SOUNDS
    file = media.take(name, kinds, report, box.line) if name else None
    captions = None
    if is_video and (captions_name := box.attribute(report, "sous_titres")):
        captions = media.take(captions_name, CAPTIONS, report, box.line)
    seconds, language = _seconds(box, report), _language(box, report)
    if file is None:
        return None
    return Recorded(box.kind, title, file, captions, seconds, language, transcript)


def read_document(box: Box, report: FileReport, media: MediaShelf) -> Document | None:
    """A file to download; the body is one line that says what is in it."""
    box.only(report, "fichier")
    title = title_of(box, report)
    description = french_spaces(" ".join(" ".join(box.lines).split()))
    if not description:
        report.add("l'encadré « document » doit dire en une ligne ce qu'il contient.", box.line)
    name = box.attribute(report, "fichier")
    file = media.take(name, DOCUMENTS, report, box.line) if name else None
    return None if file is None else Document(file=file, title=title, description=description)


def transcript_of(box: Box) -> str:
    return french_spaces("\n".join(line.strip() for line in box.lines).strip())


def _seconds(box: Box, report: FileReport) -> int | None:
    written = box.attribute(report, "duree", is_required=False)
    if not written:
        return None
    if not written.isdecimal() or not 1 <= int(written) <= LONGEST_SECONDS:
        report.add(f"duree est un nombre de secondes, pas « {written} ».", box.line)
        return None
    return int(written)


def _language(box: Box, report: FileReport) -> str:
    language = box.attribute(report, "langue", is_required=False) or "fr"
    if len(language) > LANGUAGE_MAX_LENGTH or not language.replace("-", "").isalpha():
        report.add(f"langue est un code comme fr ou bm, pas « {language} ».", box.line)
    return language
