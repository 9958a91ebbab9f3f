"""The demonstration world, built once for each module that walks in it."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction
from django.test import Client, override_settings
from pytest_django.plugin import DjangoDbBlocker

from accounts.models import User
from elearning.demo.world import seed_world

ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*[str(argument) for argument in arguments], stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture(scope="module")
def evidence_root(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Path]:
    """Build the world once for this module, in a transaction that is undone after it."""
    folder = tmp_path_factory.mktemp("evidence")
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(EVIDENCE_ROOT=folder):
        run("load_plan")
        run("import_curriculum", ROOT / "curricula")
        run("prepare_languages", ROOT / "curricula")
        seed_world(seed=2023)
        yield folder
        transaction.set_rollback(True)


@pytest.fixture
def world(evidence_root: Path, db: None, settings: Any) -> None:
    settings.EVIDENCE_ROOT = evidence_root


def sign_in(username: str) -> Client:
    client = Client(raise_request_exception=True)
    if username:
        client.force_login(User.objects.get(username=username))
    return client
