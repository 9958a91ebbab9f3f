"""Templates: used, short, and free of inline code and of other people's domains."""

import re
from pathlib import Path

import allauth
from django.apps import apps
from wagtail.models import Page

from tests.house_rules.tree import (
    APPS,
    REFERENCE,
    ROOT,
    THIRD_PARTY_TEMPLATES,
    modules,
    name_of,
    templates,
    tracked_files,
)

MAX_LINES = 120
ERROR_PAGES = {"403.html", "404.html", "429.html", "500.html"}
# Names of XML namespaces, which nothing fetches, and the machine itself.
NOT_FETCHED = ("http://www.w3.org/", "https://www.w3.org/", "http://127.0.0.1", "http://localhost")
ADDRESS = re.compile(r"""(?:https?:)?//[a-z0-9-]+(?:\.[a-z0-9-]+)+[^\s"'<>)]*""", re.IGNORECASE)
INLINE = {
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "inline style element": re.compile(r"<style[\s>]", re.IGNORECASE),
    "style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "script in a link": re.compile(r"javascript:", re.IGNORECASE),
}
TEMPLATE_NAME = re.compile(r"""["']([\w/-]+\.html)["']""")


def test_every_template_is_used() -> None:
    used = set(ERROR_PAGES)
    for text in templates().values():
        used.update(REFERENCE.findall(text))
    for path in modules():
        used.update(TEMPLATE_NAME.findall(path.read_text(encoding="utf-8")))
    used.update(
        model.template
        for model in apps.get_models()
        if issubclass(model, Page) and model._meta.app_label in APPS
    )

    unused = [name for name in templates() if name not in used and not _is_override(name)]

    assert unused == []


def _is_override(name: str) -> bool:
    """Is it our wording of a template that allauth renders?"""
    folder = name.partition("/")[0]
    return (
        folder in THIRD_PARTY_TEMPLATES
        and (Path(allauth.__file__).parent / "templates" / name).exists()
    )


def test_every_template_named_by_another_exists() -> None:
    missing = [
        f"{name} -> {used}"
        for name, text in templates().items()
        for used in REFERENCE.findall(text)
        if used not in templates()
    ]

    assert missing == []


def test_no_template_is_long() -> None:
    long = {
        name: len(text.splitlines())
        for name, text in templates().items()
        if len(text.splitlines()) > MAX_LINES
    }

    assert long == {}


def test_no_template_holds_inline_code() -> None:
    found = [
        f"{name}: {kind}"
        for name, text in templates().items()
        for kind, pattern in INLINE.items()
        if pattern.search(text)
    ]

    assert found == []


def test_no_page_asks_another_domain() -> None:
    served = [
        path
        for path in tracked_files()
        if path.relative_to(ROOT).parts[0] in {"static", "templates"}
        and path.suffix in {".html", ".css", ".js", ".svg", ".txt", ".json"}
    ]
    found = [
        f"{name_of(path)}: {address}"
        for path in served
        for address in ADDRESS.findall(path.read_text(encoding="utf-8"))
        if not address.startswith(NOT_FETCHED)
    ]

    assert found == []


def test_components_are_included_with_only() -> None:
    include = re.compile(r'{%\s*include\s+"components/[^%]*%}')
    open_includes = [
        f"{name}: {tag}"
        for name, text in templates().items()
        for tag in include.findall(text)
        if not re.search(r"\bonly\s*%}$", tag)
    ]

    assert open_includes == []
