"""Sizes at which a file has become two things, and what a phone on a bad network can load."""

import ast
import gzip
from pathlib import Path

from tests.house_rules.tree import ROOT, modules, name_of, syntax, tracked_files

MODULE_LINES = 400
FUNCTION_LINES = 40  # of its body
STYLE_BYTES = 10_000  # gzipped: what a learner's page loads
EXTRA_STYLE_BYTES = 2_000  # gzipped: a further sheet for staff pages
SCRIPT_BYTES = 5_000  # gzipped: what learners' pages load, all modules together
STAFF_SCRIPT_BYTES = 5_000  # gzipped: each module of static/js/staff, which no learner's page loads


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
    styles = {path.name: weight(path) for path in (ROOT / "static").rglob("*.css")}
    scripts = [weight(path) for path in (ROOT / "static" / "js").glob("*.js")]
    staff = {path.name: weight(path) for path in (ROOT / "static" / "js" / "staff").glob("*.js")}

    assert styles.pop("site.css") <= STYLE_BYTES
    assert max(styles.values()) <= EXTRA_STYLE_BYTES
    assert sum(scripts) <= SCRIPT_BYTES
    assert {name: size for name, size in staff.items() if size > STAFF_SCRIPT_BYTES} == {}


def weight(path: Path) -> int:
    """Bytes of a file after gzip."""
    return len(gzip.compress(path.read_bytes(), 9, mtime=0))
