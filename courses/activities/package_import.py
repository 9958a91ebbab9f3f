"""Take a package in: check it, unpack it under its hash, note it as a version."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from django.conf import settings
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import slugify

from accounts.models import User
from courses.activities.h5p_package import MAX_JSON, Library, library_files, read_h5p_package
from courses.activities.package_names import h5p_extension_problem, scorm_extension_problem
from courses.activities.package_store import (
    LIBRARIES,
    PACKAGES,
    SCORM_PACKAGES,
    incoming_folder,
    keep,
)
from courses.activities.refusals import PackageRefused
from courses.activities.scorm_package import MANIFEST, MAX_MANIFEST, read_scorm_package
from courses.activities.zip_reading import (
    PackageLimits,
    UnpackedFile,
    checked_entries,
    open_package,
    package_sha256,
    unpack,
)
from courses.enums import ActivityKind
from courses.models import Activity, ActivityLibrary, ActivityVersion

_SCORM_KINDS = {"1.2": ActivityKind.SCORM_12, "2004": ActivityKind.SCORM_2004}
_LAUNCH_LENGTH = 250
RESERVED_CODES = {"bibliotheques"}  # pages of /activites/


@dataclass(frozen=True, slots=True)
class _Unpacked:
    """A package on disk, still without its final name: all of it lies in `source`."""

    folder: Path
    sha256: str
    package_size: int
    files: Mapping[str, UnpackedFile]

    @property
    def source(self) -> Path:
        return self.folder / "unpacked"

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files.values())

    def text(self, name: str) -> str:
        if self.files[name].size > MAX_JSON:
            raise PackageRefused(f"« {name} » est trop long pour une description.")
        try:
            return (self.source / name).read_text(encoding="utf-8-sig")
        except UnicodeDecodeError as error:
            raise PackageRefused(f"« {name} » n'est pas en UTF-8.") from error


def import_activity(
    *, path: Path, code: str, title: str = "", by: User | None = None
) -> ActivityVersion:
    """Keep the package and put it forward as what the activity plays, once its code is approved.

    The same package under the same code is the same version, put forward again. `title` is taken
    from the package where it is empty. Raises `PackageRefused`; then nothing is kept.
    """
    if not code or slugify(code) != code or len(code) > 60 or code in RESERVED_CODES:
        raise PackageRefused(
            f"Le code « {code} » ne convient pas : des lettres sans accent, des chiffres et des "
            "tirets, 60 signes au plus."
        )
    limits = package_limits()
    sha256 = package_sha256(path, limits)
    with incoming_folder() as folder, open_package(path, limits) as archive:
        is_scorm = _is_scorm(archive, path.name)
        problem = scorm_extension_problem if is_scorm else h5p_extension_problem
        entries = checked_entries(archive, limits, problem)
        unpacked = unpack(archive, entries, folder / "unpacked", limits)
        files = {file.name: file for file in unpacked}
        package = _Unpacked(folder, sha256, path.stat().st_size, files)
        keep_package = _keep_scorm if is_scorm else _keep_h5p
        return keep_package(package, code=code, title=title, by=by)


def package_limits() -> PackageLimits:
    """The limits of this site (`ACTIVITY_LIMITS`), those of the platform by default."""
    return PackageLimits(**settings.ACTIVITY_LIMITS)


def _is_scorm(archive: ZipFile, name: str) -> bool:
    names = set(archive.namelist())
    if "h5p.json" in names:
        return False
    if MANIFEST in names:
        return True
    raise PackageRefused(
        f"{name} n'a à sa racine ni « h5p.json » ni « {MANIFEST} » : "
        "ce n'est ni une activité H5P ni un paquet SCORM."
    )


def _keep_h5p(package: _Unpacked, *, code: str, title: str, by: User | None) -> ActivityVersion:
    described = read_h5p_package(package.files, package.text)
    hashes: dict[str, Library] = {}
    for library in described.libraries:
        names = library_files(package.files, library.folder)
        sha256 = library_sha256(package.files[name] for name in names)
        keep(package.source / library.folder, shelf=LIBRARIES, sha256=sha256)
        hashes[sha256] = library
    own = package.folder / "own"
    own.mkdir()
    for name in ("content", "h5p.json"):
        (package.source / name).rename(own / name)
    keep(own, shelf=PACKAGES, sha256=package.sha256)
    with transaction.atomic():
        version = _offer(
            package, code=code, title=title or described.title, by=by,
            kind=ActivityKind.H5P, main_library=str(described.main), load_order=list(hashes),
        )  # fmt: skip
        version.libraries.set(_known_libraries(hashes, package))
    return version


def _keep_scorm(package: _Unpacked, *, code: str, title: str, by: User | None) -> ActivityVersion:
    if package.files[MANIFEST].size > MAX_MANIFEST:
        raise PackageRefused(f"« {MANIFEST} » est trop long pour un manifeste.")
    described = read_scorm_package(package.files, (package.source / MANIFEST).read_bytes())
    launch = f"{described.launch}?{described.query}" if described.query else described.launch
    if len(launch) > _LAUNCH_LENGTH:
        raise PackageRefused(f"« {MANIFEST} » ouvre une page dont l'adresse est trop longue.")
    keep(package.source, shelf=SCORM_PACKAGES, sha256=package.sha256)
    with transaction.atomic():
        return _offer(
            package, code=code, title=title or described.title or code, by=by,
            kind=_SCORM_KINDS[described.edition], launch=launch,
        )  # fmt: skip


def library_sha256(files: Iterable[UnpackedFile]) -> str:
    """Hash a library by its files' paths below its folder and their contents, in one order."""
    digest = hashlib.sha256()
    for file in files:
        below = file.name.split("/", 1)[1]
        digest.update(f"{below}\0{file.sha256}\n".encode())
    return digest.hexdigest()


def _known_libraries(hashes: Mapping[str, Library], package: _Unpacked) -> list[ActivityLibrary]:
    """The row of each library; a new one waits for an administrator."""
    known = []
    for sha256, library in hashes.items():
        files = [package.files[name] for name in library_files(package.files, library.folder)]
        row, _is_new = ActivityLibrary.objects.get_or_create(
            sha256=sha256,
            defaults={
                "machine_name": library.name.machine_name,
                "major_version": library.name.major,
                "minor_version": library.name.minor,
                "patch_version": library.patch,
                "title": library.title,
                "file_count": len(files),
                "size": sum(file.size for file in files),
                "imported_at": timezone.now(),
            },
        )
        known.append(row)
    return known


def _offer(
    package: _Unpacked, *, code: str, title: str, by: User | None, kind: str, **facts: object
) -> ActivityVersion:
    """Note the version under its activity, or put forward the one that holds the same package."""
    activity, _is_new = Activity.objects.get_or_create(code=code, defaults={"title": title[:160]})
    activity = Activity.objects.select_for_update().get(pk=activity.pk)
    if title and activity.title != title[:160]:
        activity.title = title[:160]
        activity.save(update_fields=["title"])
    now = timezone.now()
    last = activity.versions.aggregate(last=Max("number"))["last"] or 0
    version, _is_new = ActivityVersion.objects.get_or_create(
        activity=activity,
        sha256=package.sha256,
        defaults={
            "number": last + 1,
            "kind": kind,
            "package_size": package.package_size,
            "file_count": len(package.files),
            "size": package.size,
            "imported_at": now,
            "imported_by": by,
            "offered_at": now,
            **facts,
        },
    )
    if version.offered_at != now:
        version.offered_at = now
        version.save(update_fields=["offered_at"])
    return version
