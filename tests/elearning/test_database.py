from pathlib import Path

import pytest

from elearning.settings.database import InvalidDatabaseUrl, database_from_url

ROOT = Path("/srv/plateforme")


def test_database_from_url_puts_a_relative_sqlite_file_under_the_project() -> None:
    database = database_from_url("sqlite:///var/db.sqlite3", root=ROOT)

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == "/srv/plateforme/var/db.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20


def test_database_from_url_keeps_an_absolute_sqlite_file() -> None:
    database = database_from_url("sqlite:////data/plan%20tp.sqlite3", root=ROOT)

    assert database["NAME"] == "/data/plan tp.sqlite3"


def test_database_from_url_reads_each_part_of_a_postgresql_address() -> None:
    database = database_from_url("postgres://comite:p%40ss@10.0.0.5:6543/pan_tp", root=ROOT)

    assert database == {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "pan_tp",
        "USER": "comite",
        "PASSWORD": "p@ss",
        "HOST": "10.0.0.5",
        "PORT": "6543",
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def test_database_from_url_leaves_out_what_the_address_leaves_out() -> None:
    database = database_from_url("postgresql://localhost/pan_tp", root=ROOT)

    assert (database["USER"], database["PASSWORD"], database["PORT"]) == ("", "", "")


@pytest.mark.parametrize(
    "url", ["mysql://localhost/pan_tp", "pan_tp", "sqlite://", "postgres://localhost", ""]
)
def test_database_from_url_refuses_what_it_does_not_run_on(url: str) -> None:
    with pytest.raises(InvalidDatabaseUrl):
        database_from_url(url, root=ROOT)
