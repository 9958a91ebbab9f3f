"""What « Emporter ce cours » brings to a phone: pages, pictures, sounds, and what each weighs.

Only reads, apart from the reduced pictures that are made if they are missing. Apps above add pages
of their own to `EXTRA_PAGES` (docs/architecture.md): the tests to take now.
"""

import json
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from accounts.models import User
from courses.models import CurriculumPage, LessonPage, ModulePage

FRAME_BYTES = 5_000  # of a page, compressed, around its own text
ASKED_FROM = 300_000  # bytes: a heavier sound, and any video, is taken only if one asks for it
# WebP at 720 px: read by every phone that can keep pages, and wide enough for a dense screen.
PACK_PICTURE = "format-webp|width-720"
OTHER_PICTURES = ("format-avif|width-360", "format-avif|width-720", "format-webp|width-360")


@dataclass(frozen=True, slots=True)
class PackedFile:
    """One address to keep, about how many bytes it costs to fetch, and its `other_names`.

    A picture is fetched once and kept under the address of each of its sizes: without network the
    browser asks for the size it prefers.
    """

    url: str
    size: int
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A page that the phone lists when it has no network."""

    title: str
    url: str
    size: int


@dataclass(slots=True)
class CoursePack:
    """`files` are always taken, `heavy` ones only if asked; `pages` are the ways in."""

    pages: list[PackedPage]
    files: list[PackedFile] = field(default_factory=list)
    heavy: list[PackedFile] = field(default_factory=list)


EXTRA_PAGES: list[Callable[[User, CurriculumPage], list[PackedPage]]] = []


def pack_of(curriculum: CurriculumPage, user: User) -> CoursePack:
    """What this person takes along of a curriculum: its pages, and the tests to take now."""
    first = PackedPage(curriculum.title, curriculum.get_url() or "", FRAME_BYTES * 2)
    extra = [page for offer in EXTRA_PAGES for page in offer(user, curriculum)]
    pack = CoursePack(pages=[first, *extra])
    pack.files += [PackedFile(page.url, page.size) for page in pack.pages]
    for module in ModulePage.objects.live().child_of(curriculum).order_by("path"):
        pack.files.append(PackedFile(module.get_url() or "", FRAME_BYTES))
    seen: set[str] = set()
    for lesson in LessonPage.objects.live().descendant_of(curriculum).order_by("path"):
        words = json.dumps(lesson.body.get_prep_value()).encode()
        size = FRAME_BYTES + len(zlib.compress(words))
        pack.files.append(PackedFile(lesson.get_url() or "", size))
        for file, is_heavy in _files_shown(lesson):
            if file.url not in seen:
                seen.add(file.url)
                (pack.heavy if is_heavy else pack.files).append(file)
    return pack


def _files_shown(lesson: LessonPage) -> Iterator[tuple[PackedFile, bool]]:
    """The pictures and recordings of a lesson that are still there; is each one heavy?"""
    for block in lesson.body:
        if block.block_type == "image" and block.value["image"]:
            yield from _picture(block.value["image"])
        elif block.block_type == "recording" and block.value["recording"]:
            recording = block.value["recording"]
            yield from _kept(recording.file, is_video=bool(recording.captions))
            if recording.captions:
                yield from _kept(recording.captions, is_video=True)


def _picture(image: Any) -> Iterator[tuple[PackedFile, bool]]:
    made = image.get_renditions(PACK_PICTURE, *OTHER_PICTURES)
    names = tuple(made[spec].url for spec in OTHER_PICTURES)
    for file, is_heavy in _kept(made[PACK_PICTURE].file, is_video=False):
        yield replace(file, other_names=names), is_heavy


def _kept(file: Any, *, is_video: bool) -> Iterator[tuple[PackedFile, bool]]:
    try:
        size = file.size
    except OSError:  # the file is no longer there: the page says so by itself
        return
    yield PackedFile(file.url, size), is_video or size > ASKED_FROM
