"""Read a folder of public pages in another language, `sensibilisation/<code>/`. Pure.

The same files as in French, with the same slugs, and `site.yaml` for the titles of the sections.
"""

from dataclasses import dataclass
from pathlib import Path

from courses.curriculum_folder import TITLE_MAX_LENGTH, ParsedAwareness, read_awareness
from courses.folder_problems import FileReport, InvalidFolder, read_text
from courses.front_matter import load_yaml
from courses.yaml_records import Record, records_of

SITE_FILE = "site.yaml"
SECTIONS = ("home", "catalogue", "awareness", "glossary")


@dataclass(frozen=True, slots=True)
class ParsedSection:
    """A fixed page of the site; `name` is that of `courses.site_tree.SiteTree`."""

    name: str
    title: str
    introduction: str


@dataclass(frozen=True, slots=True)
class ParsedTranslation:
    """What was translated into one language."""

    sections: tuple[ParsedSection, ...]
    pages: tuple[ParsedAwareness, ...]


def read_translation(folder: Path) -> ParsedTranslation:
    """Return the pages and sections of one language. Raises InvalidFolder."""
    report = FileReport(f"{folder.name}/{SITE_FILE}")
    path = folder / SITE_FILE
    text = read_text(path, report) if path.exists() else None
    value = load_yaml(text, report) if text is not None else None
    sections: tuple[ParsedSection, ...] = ()
    if text is not None and value is not None:
        records = records_of(text, value, report, name="une rubrique")
        sections = tuple(_section(record) for record in records)
    if report.problems:
        raise InvalidFolder(report.problems)
    return ParsedTranslation(sections, read_awareness(folder))


def _section(record: Record) -> ParsedSection:
    record.only("section", "title", "introduction")
    name = record.text("section")
    if name and name not in SECTIONS:
        record.add(f"« {name} » n'est pas une rubrique du site ({', '.join(SECTIONS)}).")
    return ParsedSection(
        name=name,
        title=record.text("title", max_length=TITLE_MAX_LENGTH),
        introduction=record.text("introduction"),
    )
