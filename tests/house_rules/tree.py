"""The files of the project, and the one order of its apps."""

import ast
import re
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# From the highest to the lowest: an app knows only those after it.
APPS = ("elearning", "indicators", "certificates", "assessments", "trainers", "courses", "accounts")
# Templates of third parties that we word ourselves belong to the app that configures them.
THIRD_PARTY_TEMPLATES = {"account": "accounts", "mfa": "accounts"}
REFERENCE = re.compile(r"""{%-?\s*(?:extends|include)\s+["']([^"']+)["']""")


def rank(app: str) -> int:
    """Higher apps first: 0 is the composition root."""
    return APPS.index(app)


@cache
def tracked_files() -> tuple[Path, ...]:
    """Files that git keeps or would keep; every file outside var/ and .venv/ in an export."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if listing.returncode == 0:
        files = [ROOT / name for name in listing.stdout.split("\0") if name]
    else:
        hidden = {"var", "staticfiles", "__pycache__"}
        files = [
            path
            for path in ROOT.rglob("*")
            if not any(
                part in hidden or part.startswith(".") for part in path.relative_to(ROOT).parts
            )
        ]
    return tuple(sorted(path for path in files if path.is_file()))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def app_of(path: Path) -> str | None:
    """The app that a Python module or a template of ours belongs to."""
    parts = path.relative_to(ROOT).parts
    if parts[0] == "templates":
        folder = parts[1] if len(parts) > 2 else ""
        folder = THIRD_PARTY_TEMPLATES.get(folder, folder)
        return folder if folder in APPS else None
    return parts[0] if parts[0] in APPS else None


@cache
def modules() -> tuple[Path, ...]:
    """Python modules of the apps, without migrations."""
    return tuple(
        path
        for path in tracked_files()
        if path.suffix == ".py" and app_of(path) and "migrations" not in path.parts
    )


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def templates() -> dict[str, str]:
    """Text of each HTML template by the name under which it is loaded."""
    folder = ROOT / "templates"
    return {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in tracked_files()
        if path.is_relative_to(folder) and path.suffix == ".html"
    }
