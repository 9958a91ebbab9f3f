"""Keep what a curriculum said: the text that a session or a reader followed stays readable.

A version holds the files of the curriculum folder as texts, and the SHA-256 of each picture and
recording instead of its bytes. Test forms are left out: they are frozen, with a hash of their own.
"""

import datetime
import hashlib
import json

from django.core.cache import cache
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from courses.curriculum_export import read_pages
from courses.curriculum_writing import Files, write_curriculum
from courses.models import CurriculumPage, CurriculumVersion

CHANGING_ACTIONS = (
    *("wagtail.publish", "wagtail.unpublish", "wagtail.move", "wagtail.reorder", "wagtail.delete"),
    *("wagtail.revert", "wagtail.rename"),
)
MANIFEST_FILE = "media/sha256.txt"


@transaction.atomic
def keep_version(
    curriculum: CurriculumPage, *, at: datetime.datetime | None = None
) -> CurriculumVersion:
    """Keep the published pages as they are now, and return the version that holds them.

    The same content is the same version. Other content under the same label is its next edition:
    nothing that was kept ever changes.
    """
    locked = CurriculumPage.objects.select_for_update().get(pk=curriculum.pk)
    files = texts_of(locked)
    sha256 = hashlib.sha256(
        json.dumps(files, ensure_ascii=False, sort_keys=True).encode()
    ).hexdigest()
    latest = locked.versions.order_by("-kept_at", "-pk").first()
    if latest is not None and latest.sha256 == sha256 and latest.label == locked.version:
        return latest
    editions = locked.versions.filter(label=locked.version).aggregate(last=Max("edition"))
    return CurriculumVersion.objects.create(
        curriculum=locked,
        label=locked.version,
        edition=(editions["last"] or 0) + 1,
        files=files,
        sha256=sha256,
        kept_at=at or timezone.now(),
    )


def current_version(curriculum: CurriculumPage) -> CurriculumVersion:
    """Return the version of the pages published now, kept on the spot if they changed since.

    Two queries when nothing was published, withdrawn or moved since the last one.
    """
    latest = curriculum.versions.defer("files").order_by("-kept_at", "-pk").first()
    if latest is None:
        return keep_version(curriculum)
    pages = Page.objects.descendant_of(curriculum, inclusive=True)
    moves = PageLogEntry.objects.filter(
        page__in=pages.values("pk"), action__in=CHANGING_ACTIONS, timestamp__gte=latest.kept_at
    )
    last = moves.order_by("-timestamp", "-pk").values_list("pk", flat=True).first()
    key = f"curriculum-version-{curriculum.pk}"
    if last is None or cache.get(key) == (latest.pk, last):
        return latest
    version = keep_version(curriculum)
    cache.set(key, (version.pk, last), timeout=None)
    return version


def texts_of(curriculum: CurriculumPage) -> Files:
    """Return {path: text} of the published pages and of the hashes of their files.

    A page that Markdown cannot say is kept as Wagtail stores it: a version loses nothing.
    """
    raw: Files = {}
    exported = read_pages(curriculum, raw=raw)
    files = write_curriculum(exported.curriculum) | raw
    hashes = sorted(f"{media.sha256}  {media.name}" for media in exported.drawer.stored)
    if hashes:
        files[MANIFEST_FILE] = "\n".join(hashes) + "\n"
    return files
