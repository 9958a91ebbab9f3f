"""The key that signs: its private half stays in a file, its public half is published.

The file is `SIGNING_KEY_DIR/<key id>.pem`, readable by the server's account alone, and never enters
the database nor its backups. Losing it costs nothing already issued: those stay verifiable with the
published half, and a new key signs from then on.
"""

import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.models import SigningKey
from certificates.signing import PublishedKey, key_id_of, public_bytes

_OWNER_ONLY = 0o600


class KeyUnavailable(RuntimeError):
    """No private key to sign with; its text is a French sentence for the administrator."""


@transaction.atomic
def lock_signing_key() -> tuple[SigningKey, Ed25519PrivateKey]:
    """Return the key in use and its private half, made on first use. Raises `KeyUnavailable`.

    The row stays locked until the end of the caller's transaction: ranks are given one issue after
    the other.
    """
    key = SigningKey.objects.select_for_update().filter(retired_on=None).first()
    if key is None:
        create_signing_key()
        key = SigningKey.objects.select_for_update().get(retired_on=None)
    return key, _private_half(key)


def key_in_use() -> Ed25519PrivateKey:
    """Return the private half of the key in use, without locking it. Raises `KeyUnavailable`."""
    key = SigningKey.objects.filter(retired_on=None).first()
    if key is None:
        raise KeyUnavailable(_("Aucune clé de signature n'est en service."))
    return _private_half(key)


@transaction.atomic
def create_signing_key() -> SigningKey:
    """Make a key and put it in use; when one is in use already, return that one."""
    private = Ed25519PrivateKey.generate()
    public = public_bytes(private)
    path = _path_of(key_id_of(public))
    _write_private(path, private)
    key, is_new = SigningKey.objects.get_or_create(
        algorithm="Ed25519",
        retired_on=None,
        defaults={
            "key_id": key_id_of(public),
            "public_key": public,
            "created_on": timezone.localdate(),
        },
    )
    if not is_new:  # somebody was faster: this file is nobody's
        path.unlink()
    return key


@transaction.atomic
def replace_signing_key() -> SigningKey:
    """Retire the key in use today and put a new one in use."""
    SigningKey.objects.filter(retired_on=None).update(retired_on=timezone.localdate())
    return create_signing_key()


def published_keys() -> dict[str, PublishedKey]:
    """Return every key ever used, by id, the oldest first."""
    return {
        key.key_id: PublishedKey(
            key_id=key.key_id,
            public=bytes(key.public_key),
            created_on=key.created_on,
            retired_on=key.retired_on,
        )
        for key in SigningKey.objects.order_by("pk")
    }


def _private_half(key: SigningKey) -> Ed25519PrivateKey:
    path = _path_of(key.key_id)
    try:
        private = load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, UnsupportedAlgorithm) as refusal:
        raise KeyUnavailable(
            _(
                "La clé de signature %(key)s est introuvable : restaurez le fichier %(path)s, ou "
                "mettez une nouvelle clé en service avec « manage.py make_signing_key --replace »."
            )
            % {"key": key.key_id, "path": path}
        ) from refusal
    if not isinstance(private, Ed25519PrivateKey) or public_bytes(private) != bytes(key.public_key):
        raise KeyUnavailable(
            _("Le fichier %(path)s ne contient pas la clé %(key)s.")
            % {"key": key.key_id, "path": path}
        )
    return private


def _write_private(path: Path, private: Ed25519PrivateKey) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    with os.fdopen(os.open(path, flags, _OWNER_ONLY), "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())


def _path_of(key_id: str) -> Path:
    return Path(settings.SIGNING_KEY_DIR) / f"{key_id}.pem"
