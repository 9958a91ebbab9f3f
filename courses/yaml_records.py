"""Lists of records in YAML (topics, glossary, test items), each known by its line. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from courses.folder_problems import FileReport


@dataclass(frozen=True, slots=True)
class Record:
    """One entry of a list: its values, the line it starts on, what to call it in a sentence."""

    values: Mapping[str, Any]
    line: int | None
    name: str
    report: FileReport

    def text(self, key: str, *, default: str | None = None, max_length: int | None = None) -> str:
        """Return one text; reported when it is missing, unless there is a default."""
        value = self.values.get(key)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            value = str(value)
        if value is None and default is not None:
            return default
        if not isinstance(value, str) or not value.strip():
            self.add(f"« {key} » manque dans {self.name}.")
            return ""
        text = " ".join(value.split())
        if max_length is not None and len(text) > max_length:
            self.add(f"« {key} » dépasse {max_length} caractères dans {self.name}.")
        return text

    def only(self, *known: str) -> None:
        for key in self.values:
            if key not in known:
                self.add(f"« {key} » n'est pas une clé connue dans {self.name}.")

    def add(self, sentence: str) -> None:
        self.report.add(sentence, self.line)


def records_of(
    text: str, value: object, report: FileReport, *, name: str, key: str | None = None
) -> list[Record]:
    """Return the records of a list: the whole file, or what it holds under `key`.

    `text` is the file the value was loaded from: it tells the line of each record.
    """
    if not isinstance(value, list) or not value:
        report.add(
            f"il manque une liste : {name} par tiret."
            if key is None
            else f"« {key} » doit être une liste : {name} par tiret.",
            1,
        )
        return []
    lines = _lines_of(text, key)
    records = []
    for position, values in enumerate(value):
        line = lines[position] if position < len(lines) else None
        if isinstance(values, dict):
            records.append(Record(values=values, line=line, name=name, report=report))
        else:
            report.add(f"{name} doit être une suite de lignes « clé: valeur ».", line)
    return records


def _lines_of(text: str, key: str | None) -> list[int]:
    node = yaml.compose(text, Loader=yaml.SafeLoader)
    if key is not None and isinstance(node, yaml.MappingNode):
        node = next((v for k, v in node.value if getattr(k, "value", None) == key), None)
    if not isinstance(node, yaml.SequenceNode):
        return []
    return [child.start_mark.line + 1 for child in node.value]
