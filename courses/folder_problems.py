"""What is wrong in a curriculum folder, said so that its author finds the line. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to correct: a file of the folder, a French sentence, the line if known."""

    file: str
    sentence: str
    line: int | None = None

    def __str__(self) -> str:
        place = self.file if self.line is None else f"{self.file}, ligne {self.line}"
        return f"{place} : {self.sentence}"


class InvalidFolder(ValueError):
    """A folder that cannot be imported as it stands; `problems` lists everything to correct."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(slots=True)
class FileReport:
    """Collects the problems of one file into the list shared by the whole folder."""

    file: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, sentence: str, line: int | None = None) -> None:
        self.problems.append(Problem(self.file, sentence, line))

    def beside(self, file: str) -> "FileReport":
        """Return a report for another file that writes in the same list."""
        return FileReport(file, self.problems)


def read_text(path: Path, report: FileReport) -> str | None:
    """Return the file's text, or None after reporting that it is missing or is not UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        report.add("ce fichier n'existe pas.")
    except UnicodeDecodeError:
        report.add("ce fichier n'est pas en UTF-8.")
    return None
