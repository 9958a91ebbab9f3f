"""What a folder to import holds: one curriculum, awareness pages, or a whole library. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from courses.curriculum_folder import (
    CURRICULUM_FILE,
    ParsedAwareness,
    ParsedCurriculum,
    ParsedTopic,
    read_awareness,
    read_curriculum,
    read_topics,
)
from courses.folder_problems import InvalidFolder, Problem

TOPICS_FILE = "topics.yaml"
AWARENESS_FOLDER = "sensibilisation"

Parsed = TypeVar("Parsed")


@dataclass(frozen=True, slots=True)
class Library:
    """Everything read, without error."""

    topics: tuple[ParsedTopic, ...]
    curricula: tuple[ParsedCurriculum, ...]
    awareness: tuple[ParsedAwareness, ...]


def read_library(folder: Path) -> Library:
    """Read a curriculum folder, an awareness folder, or their parent with all of them.

    The topics of a single curriculum are those of the `topics.yaml` beside its folder, if any.
    Raises InvalidFolder with the problems of every folder.
    """
    folder = folder.resolve()
    if not folder.is_dir():
        raise InvalidFolder([Problem(folder.name, "ce dossier n'existe pas.")])
    is_one = (folder / CURRICULUM_FILE).exists() or folder.name == AWARENESS_FOLDER
    parent = folder.parent if is_one else folder
    folders = [folder] if is_one else sorted(path for path in folder.iterdir() if path.is_dir())
    problems: list[Problem] = []
    topics = (
        _collect(read_topics, parent / TOPICS_FILE, "", problems)
        if (parent / TOPICS_FILE).exists()
        else ()
    )
    curricula = [
        _collect(read_curriculum, path, f"{path.name}/", problems)
        for path in folders
        if (path / CURRICULUM_FILE).exists()
    ]
    awareness = [
        _collect(read_awareness, path, f"{path.name}/", problems)
        for path in folders
        if path.name == AWARENESS_FOLDER
    ]
    if not problems and not curricula and not awareness:
        problems.append(Problem(folder.name, f"aucun {CURRICULUM_FILE} dans ce dossier."))
    if problems:
        raise InvalidFolder(problems)
    return Library(
        topics=topics or (),
        curricula=_refreshed_first([parsed for parsed in curricula if parsed is not None]),
        awareness=tuple(page for pages in awareness if pages is not None for page in pages),
    )


def _refreshed_first(curricula: list[ParsedCurriculum]) -> tuple[ParsedCurriculum, ...]:
    """Put each curriculum after the one that it refreshes; the rest keeps its order."""
    by_slug = {parsed.slug: parsed for parsed in curricula}
    ordered: dict[str, ParsedCurriculum] = {}
    for parsed in curricula:
        chain = [parsed]
        while (before := by_slug.get(chain[-1].refreshes)) is not None:
            if before in chain:
                break
            chain.append(before)
        for link in reversed(chain):
            ordered.setdefault(link.slug, link)
    return tuple(ordered.values())


def _collect(
    read: Callable[[Path], Parsed], path: Path, prefix: str, problems: list[Problem]
) -> Parsed | None:
    """Read one folder; its problems join the list with the folder's name in front."""
    try:
        return read(path)
    except InvalidFolder as refusal:
        problems += [Problem(f"{prefix}{p.file}", p.sentence, p.line) for p in refusal.problems]
        return None
