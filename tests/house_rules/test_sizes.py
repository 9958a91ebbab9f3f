"""Sizes at which a file has become two things, and what a phone on a bad network can load."""

import ast
import gzip

from tests.house_rules.tree import ROOT, modules, name_of, syntax, tracked_files

MODULE_LINES = 400
FUNCTION_LINES = 40  # of its body
STYLE_BYTES = 10_000  # gzipped, all sheets together
SCRIPT_BYTES = 5_000  # gzipped, all modules together


def test_no_module_is_longer_than_it_should() -> None:
    long = {
        name_of(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in tracked_files()
        if path.suffix == ".py" and "migrations" not in path.parts
        if len(path.read_text(encoding="utf-8").splitlines()) > MODULE_LINES
    }

    assert long == {}


def test_no_function_is_longer_than_it_should() -> None:
    long = {
        f"{name_of(path)}:{node.name}": length(node)
        for path in modules()
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if length(node) > FUNCTION_LINES
    }

    assert long == {}


def length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of the body: an act's keyword arguments and its docstring are not counted."""
    first = function.body[0]
    is_docstring = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    start = (first.end_lineno or first.lineno) + 1 if is_docstring else first.lineno
    return (function.end_lineno or start) - start + 1


def test_styles_and_scripts_fit_a_bad_network() -> None:
    weights = {"css": 0, "js": 0}
    for kind in weights:
        for path in (ROOT / "static").rglob(f"*.{kind}"):
            weights[kind] += len(gzip.compress(path.read_bytes(), 9, mtime=0))

    assert weights["css"] <= STYLE_BYTES
    assert weights["js"] <= SCRIPT_BYTES
