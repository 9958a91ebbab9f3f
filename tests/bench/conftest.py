"""A server like the demonstration's, in a process of its own, on the database of the test."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from django.db import connection

ROOT = Path(__file__).parents[2]


def database_url() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(known['NAME']).resolve()}"
    return f"postgres://{known['USER']}@{known['HOST']}:{known['PORT'] or 5432}/{known['NAME']}"


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def served(transactional_db: None, settings: Any) -> Iterator[str]:
    """The address of gunicorn, as `make demo` runs it: compressed, without debug."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "elearning.settings.dev",
        "DEBUG": "0",
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
    }
    server = subprocess.Popen(
        [
            sys.executable, "-m", "gunicorn", "elearning.wsgi", "--bind", f"127.0.0.1:{port}",
            "--worker-class", "gthread", "--workers", "1", "--threads", "4",
            "--no-control-socket", "--log-level", "warning",
        ],
        cwd=ROOT,
        env=environment,
    )  # fmt: skip
    try:
        _wait_for(address)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait_for(address: str) -> None:
    for _attempt in range(150):
        try:
            urlopen(f"{address}/compte/connexion/", timeout=5).close()
        except (URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("The server did not start.")
