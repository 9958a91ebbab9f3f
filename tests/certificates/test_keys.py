"""The private key is a file of its own; the database holds what may be published."""

import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection

from certificates.issue import issue_for_session
from certificates.keys import (
    KeyUnavailable,
    create_signing_key,
    lock_signing_key,
    published_keys,
    replace_signing_key,
)
from certificates.models import Certificate, SigningKey
from certificates.sheets import check_address
from certificates.signing import write_keys
from tests.factories.accounts import make_person
from tests.factories.certificates import make_certificate, make_committee, make_validated_session

pytestmark = pytest.mark.django_db


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*[str(argument) for argument in arguments], stdout=out)
    return out.getvalue()


def test_the_private_key_is_readable_by_its_owner_alone(settings: Any) -> None:
    key = create_signing_key()

    path = Path(settings.SIGNING_KEY_DIR) / f"{key.key_id}.pem"

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert b"PRIVATE" in path.read_bytes()


def test_the_database_never_holds_the_private_key(settings: Any) -> None:
    key = make_certificate().key
    _row, private = lock_signing_key()
    secret = private.private_bytes_raw()

    kept = [bytes(key.public_key), *(bytes(one.payload) for one in Certificate.objects.all())]

    assert len(kept) == 2
    assert not any(secret in content for content in kept)
    assert "private" not in {field.name for field in SigningKey._meta.get_fields()}


def test_making_a_key_twice_keeps_the_first(settings: Any) -> None:
    first = run("make_signing_key")

    assert run("make_signing_key") == first
    assert SigningKey.objects.count() == 1
    assert len(list(Path(settings.SIGNING_KEY_DIR).iterdir())) == 1


def test_replacing_a_key_retires_the_old_one() -> None:
    old = create_signing_key()

    run("make_signing_key", "--replace")

    old.refresh_from_db()
    assert old.retired_on is not None
    assert lock_signing_key()[0] != old
    assert list(published_keys()) == [old.key_id, lock_signing_key()[0].key_id]


def test_a_lost_key_is_said_and_nothing_is_issued(settings: Any) -> None:
    committee = make_committee()
    session = make_validated_session(make_person(), by=committee)
    key = create_signing_key()
    path = Path(settings.SIGNING_KEY_DIR) / f"{key.key_id}.pem"
    path.unlink()

    with pytest.raises(KeyUnavailable, match="make_signing_key --replace"):
        issue_for_session(session=session, by=committee)
    assert not Certificate.objects.exists()

    replace_signing_key()
    assert len(issue_for_session(session=session, by=committee)) == 1


def test_the_file_of_another_key_is_refused(settings: Any) -> None:
    old, folder = create_signing_key(), Path(settings.SIGNING_KEY_DIR)
    new = replace_signing_key()
    (folder / f"{new.key_id}.pem").write_bytes((folder / f"{old.key_id}.pem").read_bytes())

    with pytest.raises(KeyUnavailable, match="ne contient pas la clé"):
        lock_signing_key()


def test_a_code_is_verified_without_any_database(tmp_path: Path) -> None:
    certificate = make_certificate(make_person("TRAORÉ", "Fanta"))
    address = check_address(certificate)
    keys = tmp_path / "cle-publique.txt"
    keys.write_text(write_keys(list(published_keys().values())), encoding="utf-8")

    with connection.execute_wrapper(refuse_queries):
        said = run("verify_certificate", address, "--key", keys)

    assert said.splitlines()[:3] == [
        f"Signature vérifiée : Certificat de formation n° {certificate.number}",
        "Fanta TRAORÉ",
        "Curriculum traite-des-personnes",
    ]
    assert "du 12/05/2025 au 13/05/2025, délivrée le 02/06/2025" in said
    with pytest.raises(CommandError, match="modifié ou fabriqué"):
        run("verify_certificate", address[:-9] + "AAAAAAAA/", "--key", keys)
    with pytest.raises(CommandError, match="ne se lit pas"):
        run("verify_certificate", address, "--key", tmp_path / "rien.txt")


def refuse_queries(*_call: Any) -> None:
    raise AssertionError("a query was made")
