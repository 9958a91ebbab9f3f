"""The documents say what is there: lists filled from above, guides, links."""

import ast
import re

from tests.house_rules.tree import ROOT

DOCS = ROOT / "docs"


def lists_filled_from_above() -> set[str]:
    """Names of the lists to which an app appends when it is ready."""
    return {
        node.func.value.id
        for path in ROOT.glob("*/apps.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("append", "extend")
        and isinstance(node.func.value, ast.Name)
    }


def test_table_of_the_architecture_names_each_list_filled_from_above() -> None:
    text = (DOCS / "architecture.md").read_text()
    section = text.partition("## Where a lower app asks an upper one")[2].partition("\n## ")[0]
    cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    named = {name for cell in cells for name in re.findall(r"\b[A-Z][A-Z_]+\b", cell)}
    assert named == lists_filled_from_above()


def test_index_of_the_guides_names_each_guide() -> None:
    index = (DOCS / "guides" / "README.md").read_text()
    named = set(re.findall(r"\]\(([\w-]+\.md)\)", index))
    assert named == {path.name for path in (DOCS / "guides").glob("*.md")} - {"README.md"}


def test_every_link_of_a_document_leads_to_a_file() -> None:
    lost = [
        (path.name, target)
        for path in [ROOT / "README.md", *DOCS.rglob("*.md")]
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", path.read_text())
        if "://" not in target and not (path.parent / target).exists()
    ]
    assert lost == []
