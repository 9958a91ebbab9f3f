"""The test forms of a curriculum folder: one YAML file per form. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from courses.folder_problems import FileReport, read_text
from courses.front_matter import FrontMatter, load_yaml
from courses.yaml_records import Record, records_of

FORM_KEYS = ("code", "title", "parallel_group", "letter", "mastery", "items")
ITEM_KEYS = ("code", "lesson", "objective", "stem", "choices")
CHOICE_KEYS = ("text", "correct", "feedback")
DEFAULT_MASTERY = 70  # points of 100


@dataclass(frozen=True, slots=True)
class ParsedChoice:
    text: str
    is_correct: bool
    feedback: str


@dataclass(frozen=True, slots=True)
class ParsedItem:
    """A four-option item, or any number of options from two, with exactly one right answer."""

    code: str
    lesson: str
    objective: str
    stem: str
    choices: tuple[ParsedChoice, ...]


@dataclass(frozen=True, slots=True)
class ParsedForm:
    """A test form as written; `mastery` is in points of 100."""

    code: str
    title: str
    parallel_group: str
    letter: str
    mastery: int
    items: tuple[ParsedItem, ...]


def read_forms(
    folder: Path, report: FileReport, *, objectives: Mapping[str, Collection[str]]
) -> tuple[ParsedForm, ...]:
    """Read `tests/*.yaml` in name order; `objectives` lists those of each lesson, by its slug."""
    forms: list[ParsedForm] = []
    codes: dict[str, str] = {}
    for path in sorted((folder / "tests").glob("*.yaml")):
        file = report.beside(f"tests/{path.name}")
        form = _read_form(path, file, objectives)
        if form is None:
            continue
        for code in [form.code, *(item.code for item in form.items)]:
            if code in codes:
                file.add(f"le code « {code} » est déjà pris dans {codes[code]}.")
            codes.setdefault(code, file.file)
        forms.append(form)
    _check_parallel(forms, report.beside("tests"))
    return tuple(forms)


def _read_form(
    path: Path, report: FileReport, objectives: Mapping[str, Collection[str]]
) -> ParsedForm | None:
    text = read_text(path, report)
    values = load_yaml(text, report) if text is not None else None
    if not isinstance(values, dict):
        if text is not None and values is not None:
            report.add("un test est une suite de lignes « clé: valeur ».", 1)
        return None
    front = FrontMatter(values=values, lines={}, report=report)
    front.only(*FORM_KEYS)
    items = records_of(text or "", values.get("items"), report, key="items", name="une question")
    code = front.slug("code")
    return ParsedForm(
        code=code,
        title=front.text("title", max_length=160),
        parallel_group=front.slug("parallel_group") if "parallel_group" in values else code,
        letter=front.text("letter", max_length=1) if "letter" in values else "",
        mastery=front.whole("mastery", low=1, high=100, default=DEFAULT_MASTERY),
        items=tuple(_item(item, objectives) for item in items),
    )


def _item(record: Record, objectives: Mapping[str, Collection[str]]) -> ParsedItem:
    record.only(*ITEM_KEYS)
    item = ParsedItem(
        code=record.text("code"),
        lesson=record.text("lesson", default=""),
        objective=record.text("objective", default=""),
        stem=record.text("stem"),
        choices=_choices(record),
    )
    if item.lesson and item.lesson not in objectives:
        record.add(f"la leçon « {item.lesson} » n'existe pas dans ce curriculum.")
    elif item.objective and item.objective not in objectives.get(item.lesson, ()):
        record.add(f"l'objectif de {item.code} n'est pas un objectif de sa leçon, mot pour mot.")
    correct = sum(choice.is_correct for choice in item.choices)
    if len(item.choices) < 2:
        record.add("une question propose au moins deux réponses.")
    elif correct != 1:
        record.add(f"une question a exactement une réponse juste, ici {correct}.")
    texts = [choice.text.casefold() for choice in item.choices]
    if len(set(texts)) != len(texts):
        record.add("deux réponses proposées sont identiques.")
    return item


def _choices(record: Record) -> tuple[ParsedChoice, ...]:
    value: Any = record.values.get("choices")
    if not isinstance(value, list) or not all(isinstance(choice, dict) for choice in value):
        record.add("« choices » doit être une liste de réponses (text, correct, feedback).")
        return ()
    choices = []
    for values in value:
        choice = Record(values=values, line=record.line, name=record.name, report=record.report)
        choice.only(*CHOICE_KEYS)
        is_correct = values.get("correct", False)
        if not isinstance(is_correct, bool):
            record.add("« correct » doit valoir true ou false.")
        choices.append(
            ParsedChoice(
                text=choice.text("text"),
                is_correct=is_correct is True,
                feedback=choice.text("feedback", default=""),
            )
        )
    return tuple(choices)


def _check_parallel(forms: list[ParsedForm], report: FileReport) -> None:
    """Item k of two parallel forms has the same lesson and objective; their letters differ."""
    for position, form in enumerate(forms):
        for other in forms[:position]:
            if form.parallel_group != other.parallel_group:
                continue
            if form.letter == other.letter:
                report.add(f"{form.code} et {other.code} sont parallèles et ont la même lettre.")
            if len(form.items) != len(other.items):
                report.add(f"{form.code} et {other.code} n'ont pas le même nombre de questions.")
                continue
            for item, twin in zip(form.items, other.items, strict=True):
                if (item.lesson, item.objective) != (twin.lesson, twin.objective):
                    report.add(
                        f"{item.code} et {twin.code} doivent porter sur la même leçon et le même "
                        "objectif."
                    )
