"""Unpack a package that nobody has checked yet: each limit is counted on the bytes really read.

What the archive declares about itself only serves to refuse it sooner. Pure.
"""

import hashlib
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from courses.activities.package_names import is_ignored, name_problem, same_file_key
from courses.activities.refusals import PackageRefused

MEGABYTE = 1024 * 1024
CHUNK = 64 * 1024
_END_RECORD = b"PK\x05\x06"
_ZIP64_LOCATOR = b"PK\x06\x07"
_END_SIZE = 22
_MAX_COMMENT = 65_535
_ENTRY_BYTES = 1024  # of the directory of the archive, for each file: far more than a name needs


@dataclass(frozen=True, slots=True)
class PackageLimits:
    """Bytes, and numbers of files. `max_ratio` holds for each file over `ratio_from` bytes."""

    package_bytes: int = 200 * MEGABYTE
    files: int = 5_000
    unpacked_bytes: int = 1024 * MEGABYTE
    max_ratio: int = 100
    ratio_from: int = MEGABYTE


@dataclass(frozen=True, slots=True)
class UnpackedFile:
    """One file as written: its path inside the package, its size in bytes, its SHA-256."""

    name: str
    size: int
    sha256: str


def package_sha256(path: Path, limits: PackageLimits) -> str:
    """Hash the package while reading it. Raises `PackageRefused` past the size allowed."""
    digest = hashlib.sha256()
    read = 0
    with path.open("rb") as source:
        while chunk := source.read(CHUNK):
            read += len(chunk)
            if read > limits.package_bytes:
                raise PackageRefused(
                    f"{path.name} dépasse {limits.package_bytes // MEGABYTE} Mo : "
                    "le paquet est refusé."
                )
            digest.update(chunk)
    return digest.hexdigest()


def open_package(path: Path, limits: PackageLimits) -> zipfile.ZipFile:
    """Open an archive whose directory is of a bearable size. Raises `PackageRefused`."""
    _check_directory(path, limits)
    try:
        return zipfile.ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise PackageRefused(f"{path.name} n'est pas une archive ZIP lisible.") from error


def checked_entries(
    archive: zipfile.ZipFile, limits: PackageLimits, extension_problem: Callable[[str], str]
) -> list[zipfile.ZipInfo]:
    """Return the files to unpack, once every name, type and declared size has been looked at.

    Hidden files count as files but are left out. Raises `PackageRefused`.
    """
    entries = archive.infolist()
    if len(entries) > limits.files:
        raise _too_many(archive.filename, limits)
    seen: dict[str, str] = {}
    kept: list[zipfile.ZipInfo] = []
    for entry in entries:
        # zipfile cuts a name at a NUL and turns backslashes: the name as stored is what counts.
        problem = name_problem(entry.orig_filename) or _entry_problem(entry)
        key = same_file_key(entry.filename)
        if not problem and key in seen:
            problem = f"un autre fichier porte le même nom ({seen[key]})"
        seen[key] = entry.filename
        if not problem and not entry.is_dir() and not is_ignored(entry.filename):
            problem = extension_problem(entry.filename) or _ratio_problem(entry, limits)
            kept.append(entry)
        if problem:
            raise PackageRefused(f"« {entry.orig_filename} » est refusé : {problem}.")
    _check_folders(kept, seen)
    if sum(entry.file_size for entry in kept) > limits.unpacked_bytes:
        raise _too_big(archive.filename, limits)
    return kept


def unpack(
    archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo], into: Path, limits: PackageLimits
) -> Iterator[UnpackedFile]:
    """Write each file under `into` and yield it with its hash.

    Stops at the first byte past a limit, whatever the archive declared. Raises `PackageRefused`.
    """
    left = limits.unpacked_bytes
    for entry in entries:
        target = into / entry.filename
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with archive.open(entry) as source, target.open("xb") as written:
                file = _copy(source, written, entry, min(left, _most(entry, limits)), limits)
        except (
            zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeDecodeError
        ) as error:  # fmt: skip
            raise PackageRefused(f"« {entry.filename} » est abîmé dans l'archive.") from error
        left -= file.size
        yield file


def _copy(
    source: IO[bytes],
    written: IO[bytes],
    entry: zipfile.ZipInfo,
    most: int,
    limits: PackageLimits,
) -> UnpackedFile:
    digest = hashlib.sha256()
    size = 0
    while chunk := source.read(CHUNK):
        size += len(chunk)
        if size > most:
            if most < _most(entry, limits):
                raise _too_big(entry.filename, limits)
            raise PackageRefused(f"« {entry.filename} » est refusé : {_ratio_words(limits)}.")
        digest.update(chunk)
        written.write(chunk)
    return UnpackedFile(entry.filename, size, digest.hexdigest())


def _most(entry: zipfile.ZipInfo, limits: PackageLimits) -> int:
    """Bytes that this file may have: its compressed size is what the archive really holds."""
    return max(limits.ratio_from, entry.compress_size * limits.max_ratio)


def _ratio_problem(entry: zipfile.ZipInfo, limits: PackageLimits) -> str:
    """A bomb that declares itself is refused before a byte is written."""
    return _ratio_words(limits) if entry.file_size > _most(entry, limits) else ""


def _ratio_words(limits: PackageLimits) -> str:
    return f"il est compressé plus de {limits.max_ratio} fois"


def _entry_problem(entry: zipfile.ZipInfo) -> str:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind == stat.S_IFLNK:
        return "c'est un lien symbolique"
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        return "ce n'est pas un fichier ordinaire"
    if entry.flag_bits & 0x1:
        return "il est chiffré"
    if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        return "son mode de compression n'est pas admis"
    return ""


def _check_folders(kept: list[zipfile.ZipInfo], seen: dict[str, str]) -> None:
    """A name cannot be a file and a folder at once."""
    files = {same_file_key(entry.filename) for entry in kept}
    for key, name in seen.items():
        folder = key.rpartition("/")[0]
        while folder:
            if folder in files:
                raise PackageRefused(f"« {name} » est refusé : son dossier est aussi un fichier.")
            folder = folder.rpartition("/")[0]


def _check_directory(path: Path, limits: PackageLimits) -> None:
    """Read the archive's last record: a directory of millions of names is never loaded."""
    size = path.stat().st_size
    with path.open("rb") as source:
        start = max(0, size - _END_SIZE - _MAX_COMMENT - 20)
        source.seek(start)
        tail = source.read()
    at = tail.rfind(_END_RECORD)
    if at < 0 or len(tail) - at < _END_SIZE:
        raise PackageRefused(f"{path.name} n'est pas une archive ZIP lisible.")
    count, directory_bytes = struct.unpack("<HI", tail[at + 10 : at + 16])
    is_zip64 = tail[max(0, at - 20) : at].startswith(_ZIP64_LOCATOR)
    if is_zip64 or count > limits.files or directory_bytes > limits.files * _ENTRY_BYTES:
        raise _too_many(path.name, limits)


def _too_many(name: str | None, limits: PackageLimits) -> PackageRefused:
    return PackageRefused(
        f"{Path(name or '').name} contient plus de {limits.files} fichiers : le paquet est refusé."
    )


def _too_big(name: str | None, limits: PackageLimits) -> PackageRefused:
    return PackageRefused(
        f"{Path(name or '').name} dépasse {limits.unpacked_bytes // MEGABYTE} Mo une fois "
        "décompressé : le paquet est refusé."
    )
