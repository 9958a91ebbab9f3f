"""The outline of a curriculum as a learner sees it. Below the models: it receives pages."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

State = Literal["done", "current", "todo"]


class PageLike(Protocol):
    """The little of a Wagtail page that an outline needs; `path` and `steplen` are treebeard's."""

    pk: int
    path: str
    steplen: int
    title: str


class LessonLike(PageLike, Protocol):
    minutes: int


@dataclass(frozen=True, slots=True)
class LessonEntry:
    """A lesson in its place; numbers start at 1, `number` within the module."""

    pk: int
    title: str
    url: str
    minutes: int
    state: State
    number: int
    module_number: int


@dataclass(frozen=True, slots=True)
class ModuleEntry:
    pk: int
    title: str
    url: str
    summary: str
    number: int
    lessons: tuple[LessonEntry, ...]

    @property
    def minutes(self) -> int:
        return sum(lesson.minutes for lesson in self.lessons)

    @property
    def done(self) -> int:
        return sum(lesson.state == "done" for lesson in self.lessons)


@dataclass(frozen=True, slots=True)
class Outline:
    """Modules and their lessons, with what this learner has read."""

    modules: tuple[ModuleEntry, ...]

    @property
    def lessons(self) -> tuple[LessonEntry, ...]:
        return tuple(lesson for module in self.modules for lesson in module.lessons)

    @property
    def minutes(self) -> int:
        return sum(module.minutes for module in self.modules)

    @property
    def done(self) -> int:
        return sum(module.done for module in self.modules)

    @property
    def percent(self) -> int:
        """Share of the lessons read, in whole points of 100, rounded down: 100 means all."""
        return 100 * self.done // len(self.lessons) if self.lessons else 0

    @property
    def next_lesson(self) -> LessonEntry | None:
        """The first lesson not yet read, or None."""
        return next((lesson for lesson in self.lessons if lesson.state != "done"), None)

    def lesson(self, pk: int) -> LessonEntry | None:
        return next((lesson for lesson in self.lessons if lesson.pk == pk), None)

    def module(self, pk: int) -> ModuleEntry | None:
        return next((module for module in self.modules if module.pk == pk), None)

    def around(self, pk: int) -> tuple[LessonEntry | None, LessonEntry | None]:
        """Return the lessons before and after this one, across modules."""
        order = [lesson.pk for lesson in self.lessons]
        if pk not in order:
            return None, None
        place = order.index(pk)
        before = self.lessons[place - 1] if place > 0 else None
        after = self.lessons[place + 1] if place + 1 < len(order) else None
        return before, after


def build_outline(
    modules: Iterable[PageLike],
    lessons: Iterable[LessonLike],
    *,
    done: Collection[int],
    url: Callable[[Any], str],
    summary: Callable[[Any], str],
) -> Outline:
    """Put the lessons under their modules, both given in tree order.

    `done` holds the keys of the lessons read. The first lesson not read is the current one, once
    the learner has started.
    """
    children: dict[str, list[LessonLike]] = {}
    for lesson in lessons:
        children.setdefault(lesson.path[: -lesson.steplen], []).append(lesson)
    ordered = [(module, children.get(module.path, [])) for module in modules]
    unread = (lesson.pk for _, group in ordered for lesson in group if lesson.pk not in done)
    current = next(unread, None) if done else None

    def state_of(pk: int) -> State:
        if pk in done:
            return "done"
        return "current" if pk == current else "todo"

    return Outline(
        tuple(
            ModuleEntry(
                pk=module.pk,
                title=module.title,
                url=url(module),
                summary=summary(module),
                number=number,
                lessons=tuple(
                    LessonEntry(
                        pk=lesson.pk,
                        title=lesson.title,
                        url=url(lesson),
                        minutes=lesson.minutes,
                        state=state_of(lesson.pk),
                        number=place,
                        module_number=number,
                    )
                    for place, lesson in enumerate(group, 1)
                ),
            )
            for number, (module, group) in enumerate(ordered, 1)
        )
    )


def hours_text(minutes: int) -> str:
    """Return a duration in words that fit on a card: « 45 min », « 14 h », « 3 h 30 »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}\u00a0min"
    return f"{hours}\u00a0h\u00a0{rest:02}" if rest else f"{hours}\u00a0h"


def short_list(names: Sequence[str], *, shown: int = 3) -> tuple[str, int]:
    """Return the first names joined by commas, and how many are left out."""
    return ", ".join(names[:shown]), max(len(names) - shown, 0)
