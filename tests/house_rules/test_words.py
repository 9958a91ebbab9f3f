"""Names that say nothing, and words that must not be in the project."""

import ast

from tests.house_rules.tree import modules, name_of, syntax, tracked_files

VAGUE = {"base", "common", "core", "helpers", "misc", "services", "shared", "util", "utils"}
VAGUE_ALLOWED = {"elearning/settings/base.py"}
SHADOWS = {"csp"}  # a module of that name hides the library's
# Written in two halves so that this file does not hold them.
HOSTS = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "npm" + "js.com"]
UNFINISHED = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"]
TEXT = {".py", ".html", ".css", ".js", ".md", ".txt", ".toml", ".yaml", ".yml", ".csv", ".svg", ""}


def texts() -> dict[str, str]:
    return {
        name_of(path): path.read_text(encoding="utf-8")
        for path in tracked_files()
        if path.suffix in TEXT
    }


def test_every_module_is_named_after_what_it_holds() -> None:
    vague = [
        name_of(path)
        for path in modules()
        if (VAGUE | SHADOWS) & set(name_of(path).removesuffix(".py").split("/"))
        and name_of(path) not in VAGUE_ALLOWED
    ]

    assert vague == []


def test_no_file_names_the_host_of_a_registry() -> None:
    found = [name for name, text in texts().items() for host in HOSTS if host in text]

    assert found == []


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{name}: {word}"
        for name, text in texts().items()
        if not name.startswith("requirements/")
        for word in UNFINISHED
        if word in text
    ]

    assert found == []


def test_no_error_is_swallowed_whole() -> None:
    found = [
        f"{name_of(path)}:{node.lineno}"
        for path in modules()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ExceptHandler)
        and (
            node.type is None
            or (isinstance(node.type, ast.Name) and node.type.id in {"Exception", "BaseException"})
        )
    ]

    assert found == []
