"""The database from one environment variable, DATABASE_URL.

Two forms are understood, and nothing else:

    sqlite:///var/db.sqlite3          a path relative to the project
    sqlite:////srv/elearning.sqlite3  an absolute path (four slashes)
    postgres://user:password@host:5432/name
"""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode = WAL;"
    "PRAGMA synchronous = NORMAL;"
    "PRAGMA foreign_keys = ON;"
    "PRAGMA temp_store = MEMORY;"
    "PRAGMA cache_size = -16000;"
)
SQLITE_WAIT_SECONDS = 20
POSTGRES_SCHEMES = frozenset({"postgres", "postgresql"})


class InvalidDatabaseUrl(ValueError):
    """DATABASE_URL names a database that this project does not run on."""


def database_from_url(url: str, *, root: Path) -> dict[str, Any]:
    """Return Django's `DATABASES["default"]` for `url`; relative SQLite paths start at `root`.

    Raises InvalidDatabaseUrl when the scheme is neither SQLite nor PostgreSQL, or without a name.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return _sqlite(unquote(parts.path).removeprefix("/"), root=root)
    if parts.scheme in POSTGRES_SCHEMES:
        return _postgres(url)
    raise InvalidDatabaseUrl(
        f"DATABASE_URL must start with sqlite:// or postgres://, not {parts.scheme or url!r}."
    )


def _sqlite(path: str, *, root: Path) -> dict[str, Any]:
    if not path:
        raise InvalidDatabaseUrl("DATABASE_URL names no file: write sqlite:///var/db.sqlite3.")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(root / path),
        "OPTIONS": {
            "timeout": SQLITE_WAIT_SECONDS,
            # A transaction takes the write lock when it starts: two writers wait for each other
            # instead of failing half-way with "database is locked".
            "transaction_mode": "IMMEDIATE",
            "init_command": SQLITE_PRAGMAS,
        },
    }


def _postgres(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        raise InvalidDatabaseUrl("DATABASE_URL names no database: postgres://user@host:5432/name.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
