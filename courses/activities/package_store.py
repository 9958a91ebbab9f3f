"""Where packages live on disk: outside MEDIA_ROOT, under their hash, whole or not at all.

    <ACTIVITY_ROOT>/libraries/<sha256>/…   code, once for all packages that bring the same bytes
    <ACTIVITY_ROOT>/packages/<sha256>/…    what is proper to one H5P package
    <ACTIVITY_ROOT>/scorm/<sha256>/…       a SCORM package, served under the content origin only
    <ACTIVITY_ROOT>/incoming/<uuid>/…      being unpacked; a killed import leaves only this

A folder takes its final name by one rename, which happens or does not. Everything is named after
its content, so that doing it twice changes nothing.
"""

import errno
import os
import shutil
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from django.conf import settings

ABANDONED_AFTER = 24 * 60 * 60  # seconds: no import lasts a day
LIBRARIES, PACKAGES, SCORM_PACKAGES = "libraries", "packages", "scorm"
_INCOMING = "incoming"


@contextmanager
def incoming_folder() -> Iterator[Path]:
    """Lend an empty folder on the same disk, and remove it afterwards with what is left in it."""
    root = Path(settings.ACTIVITY_ROOT) / _INCOMING
    root.mkdir(parents=True, exist_ok=True)
    _sweep(root)
    folder = root / str(uuid.uuid4())
    folder.mkdir(mode=0o750)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def keep(folder: Path, *, shelf: str, sha256: str) -> None:
    """Give a finished folder its final place; where that content is already kept, do nothing."""
    target = Path(settings.ACTIVITY_ROOT) / shelf / sha256
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        return
    try:
        folder.replace(target)
    except OSError as error:
        # Another import of the same content was quicker.
        if error.errno not in {errno.ENOTEMPTY, errno.EEXIST}:
            raise


def kept_file(*, shelf: str, sha256: str, name: str) -> Path | None:
    """Return a kept file, or None: for a name that leaves its folder too."""
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or name.startswith("/") or "\\" in name or "\0" in name:
        return None
    path = Path(settings.ACTIVITY_ROOT) / shelf / sha256 / name
    # Never raises, for a name that is too long either: Path.is_file() would.
    return path if os.path.isfile(path) and not os.path.islink(path) else None  # noqa: PTH113, PTH114


def read_kept(*, shelf: str, sha256: str, name: str) -> str:
    """Text of a kept file. Raises FileNotFoundError where the disk has lost it."""
    path = kept_file(shelf=shelf, sha256=sha256, name=name)
    if path is None:
        raise FileNotFoundError(f"{shelf}/{sha256}/{name}")
    return path.read_text(encoding="utf-8-sig", errors="replace")


def _sweep(root: Path) -> None:
    """Remove what imports killed long ago left behind."""
    limit = time.time() - ABANDONED_AFTER
    for folder in root.iterdir():
        if folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)
