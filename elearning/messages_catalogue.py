"""The words of the interface: gathered from the code and the templates, kept in `locale/`.

French is written in the code; each other language has one catalogue, `locale/<code>/LC_MESSAGES/
django.po`, compiled beside it. Nothing outside Python is needed (Django's own commands want the
gettext tools).
"""

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import polib
from django.conf import settings
from django.utils.translation.template import templatize

# Bamanankan serves the public pages: its catalogue holds what they show around their content.
PUBLIC_PLACES = (
    "templates/base.html",
    "templates/components/language_links.html",
    "templates/components/site_menu.html",
    "templates/components/sources.html",
    "templates/components/untranslated.html",
    "templates/courses/awareness",
    "templates/courses/home.html",
    "elearning/context.py",
)
PUBLIC_ONLY = {"bm"}
SINGULAR = {"_", "gettext", "gettext_lazy", "gettext_noop"}
PLURAL = {"ngettext", "ngettext_lazy"}
_TEXT = r"""u?('(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
CALL = re.compile(rf"\b(n?)(?:_|gettext)\({_TEXT}(?:,\s*{_TEXT})?")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass(frozen=True, order=True)
class Message:
    """A text to translate; `plural` is "" for most."""

    singular: str
    plural: str = ""


def messages_of(root: Path, apps: Iterable[str]) -> dict[Message, list[str]]:
    """Every text of our code and templates, with the files that hold it, in a stable order."""
    found: dict[Message, list[str]] = {}
    for path in _sources(root, apps):
        text = path.read_text(encoding="utf-8")
        read = _in_template if path.suffix == ".html" else _in_python
        for message in read(text):
            places = found.setdefault(message, [])
            name = path.relative_to(root).as_posix()
            if name not in places:
                places.append(name)
    return dict(sorted(found.items()))


def messages_for(code: str, messages: dict[Message, list[str]]) -> dict[Message, list[str]]:
    """Those that a language needs: all of them, or those of the public pages."""
    if code not in PUBLIC_ONLY:
        return messages
    return {
        message: places
        for message, places in messages.items()
        if any(place.startswith(PUBLIC_PLACES) for place in places)
    }


def catalogue_path(code: str) -> Path:
    """Where the catalogue of a language lies."""
    return Path(settings.LOCALE_PATHS[0]) / code / "LC_MESSAGES" / "django.po"


def read_catalogue(code: str) -> polib.POFile:
    """The catalogue of a language; an empty one where there is none yet."""
    path = catalogue_path(code)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=100)
    catalogue = polib.POFile(wrapwidth=100)
    catalogue.metadata = {
        "Language": code,
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=2; plural=(n != 1);",
    }
    return catalogue


def update_catalogue(catalogue: polib.POFile, messages: dict[Message, list[str]]) -> polib.POFile:
    """Return a catalogue of exactly these messages; what was translated keeps its translation."""
    known = {Message(entry.msgid, entry.msgid_plural or ""): entry for entry in catalogue}
    updated = polib.POFile(wrapwidth=100)
    updated.metadata = catalogue.metadata
    for message, places in messages.items():
        entry = known.get(message) or polib.POEntry(msgid=message.singular)
        if message.plural:
            entry.msgid_plural = message.plural
            entry.msgstr_plural = entry.msgstr_plural or {0: "", 1: ""}
        entry.occurrences = [(name, "") for name in places]
        updated.append(entry)
    return updated


def save_catalogue(catalogue: polib.POFile, code: str) -> None:
    """Write the catalogue, and what Django reads compiled beside it."""
    path = catalogue_path(code)
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))
    catalogue.save_as_mofile(str(path.with_suffix(".mo")))


def problems_of(entry: polib.POEntry) -> list[str]:
    """What is wrong with one translation: missing, or other placeholders than the French text."""
    given = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
    if not all(given):
        return [f"not translated: {entry.msgid}"]
    asked = set(PLACEHOLDER.findall(entry.msgid)) | set(PLACEHOLDER.findall(entry.msgid_plural))
    return [
        f"other placeholders: {text}"
        for text in given
        if not set(PLACEHOLDER.findall(text)) <= asked
        or (not entry.msgid_plural and set(PLACEHOLDER.findall(text)) != asked)
    ]


def _sources(root: Path, apps: Iterable[str]) -> Iterator[Path]:
    for app in apps:
        for path in sorted((root / app).rglob("*.py")):
            if "migrations" not in path.parts and "demo" not in path.parts:
                yield path
    yield from sorted((root / "templates").rglob("*.html"))


def _in_python(text: str) -> Iterator[Message]:
    for node in ast.walk(ast.parse(text)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        texts = [arg.value for arg in node.args[:2] if isinstance(arg, ast.Constant)]
        if name in SINGULAR and texts and isinstance(texts[0], str):
            yield Message(texts[0])
        elif name in PLURAL and len(texts) == 2:
            yield Message(str(texts[0]), str(texts[1]))


def _in_template(text: str) -> Iterator[Message]:
    for match in CALL.finditer(templatize(text)):
        singular = ast.literal_eval(match[2])
        plural = ast.literal_eval(match[3]) if match[1] and match[3] else ""
        yield Message(singular, plural)
