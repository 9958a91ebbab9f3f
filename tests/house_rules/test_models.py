"""Models: named in the glossary, without hidden behaviour, in step with their migrations."""

import ast
import os
import subprocess
import sys
from pathlib import Path

from django.apps import apps

from tests.house_rules.tree import APPS, ROOT, modules, name_of, syntax


def test_every_model_is_in_the_glossary() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    missing = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in APPS
        and not model._meta.auto_created
        and not model.__name__.startswith("Historical")
        and f"`{model.__name__}`" not in glossary
    ]

    assert missing == []


def test_no_model_orders_its_rows_by_itself() -> None:
    ordered = [
        model._meta.label
        for model in apps.get_models()
        if model._meta.app_label in APPS
        and not model.__name__.startswith("Historical")
        and "ordering" in model._meta.original_attrs
    ]

    assert ordered == []


def test_no_save_is_overridden_and_no_signal_is_received() -> None:
    found = []
    for path in modules():
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.ClassDef) and "models" in (*path.parts, path.stem):
                found += [
                    f"{name_of(path)}: {node.name}.{item.name}()"
                    for item in node.body
                    if isinstance(item, ast.FunctionDef) and item.name in {"save", "delete"}
                ]
            if isinstance(node, ast.ImportFrom) and (node.module or "").endswith(".signals"):
                found.append(f"{name_of(path)}: imports {node.module}")

    assert found == []


def test_no_migration_is_missing(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "elearning.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path}/empty.sqlite3",
    }

    run = subprocess.run(
        [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (run.stderr, run.stdout.strip()) == ("", "No changes detected")
