"""What changed between two kept texts, line by line. Pure."""

import difflib
import json
from collections.abc import Mapping
from dataclasses import dataclass

SAME, REMOVED, ADDED, GAP = "same", "removed", "added", "gap"
CONTEXT_LINES = 1


@dataclass(frozen=True, slots=True)
class Line:
    """`kind`: same, removed, added, or gap (unchanged lines that are left out)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file that differs: `kind` says whether it came, went, or changed."""

    path: str
    title: str
    kind: str
    lines: tuple[Line, ...]

    @property
    def added(self) -> int:
        return sum(line.kind == ADDED for line in self.lines)

    @property
    def removed(self) -> int:
        return sum(line.kind == REMOVED for line in self.lines)


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> list[FileChange]:
    """Return the files that differ, in the order of their paths."""
    return [
        FileChange(
            path=path,
            title=title_of(path, after.get(path) or before[path]),
            kind=REMOVED if path not in after else ADDED if path not in before else "changed",
            lines=_lines(before.get(path, ""), after.get(path, "")),
        )
        for path in sorted({*before, *after})
        if before.get(path) != after.get(path)
    ]


def title_of(path: str, text: str) -> str:
    """What a kept file is called for a reader: the title it opens with, else its path."""
    quoted = next((line for line in text.splitlines() if line.startswith("title: ")), "")
    try:
        title = json.loads(quoted.removeprefix("title: ") or '""')
    except json.JSONDecodeError:
        title = quoted.removeprefix("title: ")
    return str(title) or path


def _lines(before: str, after: str) -> tuple[Line, ...]:
    old = [line for line in before.splitlines() if line.strip()]
    new = [line for line in after.splitlines() if line.strip()]
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    lines: list[Line] = []
    for group in matcher.get_grouped_opcodes(CONTEXT_LINES):
        if lines:
            lines.append(Line(GAP, ""))
        for tag, old_start, old_end, new_start, new_end in group:
            if tag == "equal":
                lines += [Line(SAME, text) for text in old[old_start:old_end]]
                continue
            lines += [Line(REMOVED, text) for text in old[old_start:old_end]]
            lines += [Line(ADDED, text) for text in new[new_start:new_end]]
    return tuple(lines)
