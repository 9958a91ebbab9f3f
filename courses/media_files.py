"""The files beside a lesson: pictures, recordings, captions, documents. Pure.

What a phone on a bad network, and an editor of the committee, can be given: known types only,
checked by their first bytes and not by their name, and never a file that can carry a script.
"""

import hashlib
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from PIL import Image, UnidentifiedImageError

from courses.folder_problems import FileReport

MEDIA_FOLDER = "media"
MIB = 1024 * 1024
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*(?:\.[A-Za-z0-9_-]+)*\.[a-z0-9]{2,4}")
FILE_NAME_MAX_LENGTH = 80
PICTURE_MAX_SIDE = 6000  # pixels: a larger one costs hundreds of megabytes to reduce

PICTURES = frozenset({"avif", "jpg", "jpeg", "png", "webp"})
SOUNDS = frozenset({"m4a", "mp3", "oga", "ogg", "opus", "wav", "webm"})
VIDEOS = frozenset({"mp4", "webm"})
CAPTIONS = frozenset({"vtt"})
DOCUMENTS = frozenset({"csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx"})
LARGEST = {PICTURES: 2 * MIB, SOUNDS: 20 * MIB, VIDEOS: 20 * MIB, CAPTIONS: MIB}
LARGEST_DOCUMENT = 10 * MIB

# What the first bytes must be: (place, bytes). Any one of them is enough.
_ISO = ((4, b"ftyp"),)
_OGG = ((0, b"OggS"),)
_ZIP = ((0, b"PK\x03\x04"),)
_SIGNATURES: dict[str, tuple[tuple[int, bytes], ...]] = {
    **dict.fromkeys(("avif", "m4a", "mp4"), _ISO),
    **dict.fromkeys(("oga", "ogg", "opus"), _OGG),
    **dict.fromkeys(("docx", "odt", "pptx", "xlsx"), _ZIP),
    **dict.fromkeys(("jpg", "jpeg"), ((0, b"\xff\xd8\xff"),)),
    "mp3": ((0, b"ID3"), (0, b"\xff\xfb"), (0, b"\xff\xf3"), (0, b"\xff\xf2")),
    "pdf": ((0, b"%PDF-"),),
    "png": ((0, b"\x89PNG\r\n\x1a\n"),),
    "vtt": ((0, b"WEBVTT"), (0, b"\xef\xbb\xbfWEBVTT")),
    "wav": ((8, b"WAVE"),),
    "webm": ((0, b"\x1aE\xdf\xa3"),),
    "webp": ((8, b"WEBP"),),
}
_PICTURE_FORMATS = {"avif": "AVIF", "jpeg": "JPEG", "jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


@dataclass(frozen=True, slots=True)
class MediaFile:
    """One file; two are equal when they have the same name and the same bytes.

    `size` is in bytes, `path` is where they are for the moment.
    """

    name: str
    size: int
    sha256: str
    path: Path = field(compare=False)


class MediaShelf(Protocol):
    """Where a box finds its file by name: a folder, or files already known."""

    def take(
        self, name: str, kinds: Collection[str], report: FileReport, line: int
    ) -> MediaFile | None: ...


@dataclass(slots=True)
class MediaFolder:
    """The folder `media` beside the lessons, and which of its files the lessons ask for.

    Its own sub-folders are the authors' workshop (drawings before they are rendered): left alone.
    """

    path: Path
    asked: set[str] = field(default_factory=set)

    def take(
        self, name: str, kinds: Collection[str], report: FileReport, line: int
    ) -> MediaFile | None:
        """Return the file of that name; None after reporting why it cannot be used."""
        self.asked.add(name)
        problem = _unfit_name(name, kinds)
        path = self.path / name
        if problem is None and not path.is_file():
            problem = f"le fichier « {MEDIA_FOLDER}/{name} » n'existe pas."
        if problem is None:
            problem = unfit_file(path, kinds)
        if problem is not None:
            report.add(problem, line)
            return None
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        return MediaFile(name=name, size=path.stat().st_size, sha256=sha256, path=path)

    def report_unused(self, report: FileReport) -> None:
        """Report the files that no lesson shows: an import would leave them behind."""
        if not self.path.is_dir():
            return
        for path in sorted(self.path.iterdir()):
            is_ours = path.is_file() and not path.name.startswith(".")
            if is_ours and path.name not in self.asked:
                report.add(f"« {MEDIA_FOLDER}/{path.name} » n'est montré par aucune leçon.")


def unfit_file(path: Path, kinds: Collection[str]) -> str | None:
    """Why a file cannot be used: too heavy, empty, or not what its name says. None if it can."""
    size, largest = path.stat().st_size, LARGEST.get(frozenset(kinds), LARGEST_DOCUMENT)
    if size > largest:
        return f"« {path.name} » pèse {_weight(size)} : {_weight(largest)} au plus."
    extension = path.suffix[1:]
    with path.open("rb") as file:
        start = file.read(16)
    known = _SIGNATURES.get(extension)
    if known is not None and not any(start[at:].startswith(mark) for at, mark in known):
        return f"« {path.name} » n'est pas un fichier {extension}."
    if known is None and not _is_text(path):
        return f"« {path.name} » n'est pas un texte en UTF-8."
    return _unfit_picture(path) if extension in PICTURES else None


def _unfit_name(name: str, kinds: Collection[str]) -> str | None:
    extension = name.rpartition(".")[2]
    if extension not in kinds:
        return f"« {name} » : ce type de fichier n'est pas admis ici ({', '.join(sorted(kinds))})."
    if not FILE_NAME.fullmatch(name) or len(name) > FILE_NAME_MAX_LENGTH:
        return f"« {name} » : un nom de fichier a des lettres sans accent, chiffres et tirets."
    return None


def _unfit_picture(path: Path) -> str | None:
    try:
        with Image.open(path, formats=[_PICTURE_FORMATS[path.suffix[1:]]]) as picture:
            if max(picture.size) > PICTURE_MAX_SIDE:
                return f"« {path.name} » dépasse {PICTURE_MAX_SIDE} points de côté."
            picture.verify()
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError):
        return f"« {path.name} » est une image abîmée."
    return None


def _is_text(path: Path) -> bool:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and "\0" not in text


def _weight(size: int) -> str:
    if size >= MIB:
        return f"{size / MIB:.1f} Mo".replace(".", ",").replace(",0", "")
    return f"{-(-size // 1024)} ko"
