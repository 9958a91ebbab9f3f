"""What a session teaches, read from the text frozen with it: modules, lessons, objectives."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from accounts.models import Profession
from courses.models import CurriculumPage, LessonPage, ModulePage
from trainers.models import TrainingSession

FENCE = "---"


@dataclass(frozen=True)
class TaughtLesson:
    """One lesson; `minutes` are those of reading it alone."""

    title: str
    minutes: int
    objectives: tuple[str, ...]


@dataclass(frozen=True)
class TaughtPart:
    """One module of the text."""

    title: str
    summary: str
    lessons: tuple[TaughtLesson, ...]


@dataclass(frozen=True)
class TaughtText:
    """The curriculum as the session teaches it; `audience` are names of professions."""

    title: str
    summary: str
    version: str
    audience: tuple[str, ...]
    parts: tuple[TaughtPart, ...]


def taught_text(session: TrainingSession) -> TaughtText:
    """Return the text kept with the session; older sessions kept none: then today's pages."""
    version = session.taught_version
    if version is None or "curriculum.md" not in version.files:
        return _from_pages(session.curriculum)
    head = _heading(version.files["curriculum.md"])
    codes = [str(code) for code in head.get("audience") or []]
    names = Profession.objects.filter(code__in=codes).order_by("position")
    return TaughtText(
        title=str(head.get("title", session.curriculum.title)),
        summary=str(head.get("summary", "")),
        version=version.name,
        audience=tuple(names.values_list("name", flat=True)),
        parts=tuple(_part(version.files, str(name)) for name in head.get("modules") or []),
    )


def _part(files: Mapping[str, str], name: str) -> TaughtPart:
    folder = f"modules/{name}"
    head = _heading(files.get(f"{folder}/module.md", ""))
    lessons = [_heading(files.get(f"{folder}/{one}", "")) for one in head.get("lessons") or []]
    return TaughtPart(
        title=str(head.get("title", name)),
        summary=str(head.get("summary", "")),
        lessons=tuple(
            TaughtLesson(
                str(one.get("title", "")),
                int(one.get("minutes", 0)),
                tuple(str(text) for text in one.get("objectives") or []),
            )
            for one in lessons
        ),
    )


def _heading(text: str) -> dict[str, Any]:
    """The keys between the two lines of dashes; {} when there are none."""
    parts = text.split(f"{FENCE}\n", 2)
    if len(parts) < 3:
        return {}
    found = yaml.safe_load(parts[1])
    return found if isinstance(found, dict) else {}


def _from_pages(curriculum: CurriculumPage) -> TaughtText:
    lessons = list(LessonPage.objects.live().descendant_of(curriculum).order_by("path"))
    modules = ModulePage.objects.live().child_of(curriculum).order_by("path")
    return TaughtText(
        title=curriculum.title,
        summary=curriculum.summary,
        version=curriculum.version,
        audience=tuple(
            curriculum.audience_professions.order_by("position").values_list("name", flat=True)
        ),
        parts=tuple(
            TaughtPart(
                module.title,
                module.short_summary,
                tuple(
                    TaughtLesson(one.title, one.minutes, tuple(map(str, one.objectives)))
                    for one in lessons
                    if one.path.startswith(module.path)
                ),
            )
            for module in modules
        ),
    )
