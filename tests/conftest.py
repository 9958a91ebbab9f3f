"""What every test may count on: Wagtail's first rows, an empty cache, files of its own."""

import os
import shutil
from collections.abc import Generator, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.migrations.operations import RunSQL, SeparateDatabaseAndState
from django.utils import translation
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser, sync_playwright
from pytest_django.plugin import DjangoDbBlocker

# The same examples at each run: a red suite is red for whoever runs it again.
hypothesis_settings.register_profile("same_each_time", derandomize=True)
hypothesis_settings.load_profile("same_each_time")

BLOCKER = pytest.StashKey[DjangoDbBlocker]()
CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    django_db_use_migrations: bool,
) -> None:
    """Add what migrations would have made: the search tables and the root of the pages."""
    request.config.stash[BLOCKER] = django_db_blocker
    with django_db_blocker.unblock():
        if not django_db_use_migrations:
            _make_search_tables()
        _plant_page_tree()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(
    item: pytest.Item, nextitem: pytest.Item | None
) -> Generator[None, None, None]:
    """Plant the root of the pages again after a test that emptied every table behind it."""
    yield
    if nextitem is None:  # the test database is gone too
        return
    marker = item.get_closest_marker("django_db")
    is_transactional = bool(marker and marker.kwargs.get("transaction"))
    fixtures = set(getattr(item, "fixturenames", ()))
    if is_transactional or fixtures & {"transactional_db", "live_server"}:
        with item.config.stash[BLOCKER].unblock():
            _plant_page_tree()


@pytest.fixture(autouse=True)
def files_of_its_own(settings: Any, tmp_path: Path) -> None:
    """No test writes in var/."""
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.EVIDENCE_ROOT = tmp_path / "evidence"
    settings.ACTIVITY_ROOT = tmp_path / "activities"
    settings.SIGNING_KEY_DIR = tmp_path / "keys"


@pytest.fixture(autouse=True)
def french() -> Iterator[None]:
    """A page asked for in English leaves its language behind: each test starts in French."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    """Limits on sign-in attempts are counted in the cache: each test starts at zero."""
    cache.clear()
    yield
    cache.clear()


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """The browser of this machine; tests that need one are skipped where there is none."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path
    pytest.skip("No Chromium on this machine.")


@pytest.fixture(scope="session")
def browser(chromium_path: str) -> Iterator[Browser]:
    # Playwright keeps an event loop open: Django must not take the test's own queries for
    # queries made inside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_path, args=CHROMIUM_FLAGS)
        yield chromium
        chromium.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


def _make_search_tables() -> None:
    """Run the SQL by which Wagtail's migration makes its SQLite full-text table and triggers."""
    if connection.vendor != "sqlite":
        return
    migration = import_module("wagtail.search.migrations.0006_customise_indexentry").Migration
    statements = [
        operation.sql
        for wrapper in migration.operations
        if isinstance(wrapper, SeparateDatabaseAndState)
        for operation in wrapper.database_operations
        if isinstance(operation, RunSQL)
    ]
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE wagtailsearch_indexentry_fts")
        for statement in statements:
            cursor.execute(statement)


def _plant_page_tree() -> None:
    """Make the language, the root, a first page, the site and the root collection, if missing."""
    from wagtail.models import Collection, Locale, Page, Site

    Locale.objects.get_or_create(language_code="fr")
    if not Page.objects.exists():
        root = Page.add_root(title="Root", slug="root")
        home = root.add_child(title="Accueil", slug="home")
        Site.objects.create(hostname="localhost", root_page=home, is_default_site=True)
    if not Collection.objects.exists():
        Collection.add_root(name="Root")
