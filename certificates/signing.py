"""What the QR code carries: a few facts and their Ed25519 signature, checked without a network.

Format 1, all integers big-endian:

    1 byte    format (1)
    4 bytes   key id: the first bytes of the SHA-256 of the public key
    1 byte    kind: A attestation, C certificate
    8 bytes   first day, last day, day of issue, last valid day: days since 2000-01-01, 65535 = none
    1+n, 1+n, 1+n bytes   number without dashes, name, course: length, then UTF-8
    64 bytes  signature of everything before it

written in base64url without padding. No score, no telephone, no structure: whoever photographs the
paper learns what the paper shows.
"""

import base64
import binascii
import datetime
import hashlib
import re
import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from certificates.numbers import UnreadableNumber, read_number

FORMAT = 1
KEY_ID_BYTES = 4
SIGNATURE_BYTES = 64
NAME_BYTES, COURSE_BYTES = 120, 160
_EPOCH = datetime.date(2000, 1, 1)
_NO_DAY = 0xFFFF
_HEAD = struct.Struct(">B4s1s4H")
_LETTERS = {"ATTESTATION": b"A", "CERTIFICATE": b"C"}
_KINDS = {letter: kind for kind, letter in _LETTERS.items()}
_TOKEN = re.compile(r"[A-Za-z0-9_-]+")


class SignatureRefused(ValueError):
    """A code that proves nothing; its text is a French sentence."""


@dataclass(frozen=True)
class Statement:
    """The facts that are signed; `valid_until` is None where the validity never runs out."""

    number: str
    kind: str
    name: str
    course: str
    starts_on: datetime.date
    ends_on: datetime.date
    issued_on: datetime.date
    valid_until: datetime.date | None


@dataclass(frozen=True)
class PublishedKey:
    """One public key: 32 bytes, from when, and until when it signed (None: still in use)."""

    key_id: str
    public: bytes
    created_on: datetime.date
    retired_on: datetime.date | None = None


def key_id_of(public: bytes) -> str:
    """Return the name of a public key: eight hexadecimal digits."""
    return hashlib.sha256(public).hexdigest()[: KEY_ID_BYTES * 2]


def public_bytes(private: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes that may be published."""
    return private.public_key().public_bytes_raw()


def write_payload(statement: Statement, *, key_id: str) -> bytes:
    """Return the bytes to sign. A name or a course too long for the code is cut with « … »."""
    head = _HEAD.pack(
        FORMAT,
        bytes.fromhex(key_id),
        _LETTERS[statement.kind],
        _day_number(statement.starts_on),
        _day_number(statement.ends_on),
        _day_number(statement.issued_on),
        _day_number(statement.valid_until),
    )
    texts = (
        statement.number.replace("-", "").encode(),
        _cut(statement.name, NAME_BYTES),
        _cut(statement.course, COURSE_BYTES),
    )
    return head + b"".join(bytes([len(text)]) + text for text in texts)


def sign(payload: bytes, private: Ed25519PrivateKey) -> bytes:
    """Return the 64 bytes of the signature."""
    return private.sign(payload)


def write_token(payload: bytes, signature: bytes) -> str:
    """Return what the address in the QR code ends with."""
    return base64.urlsafe_b64encode(payload + signature).rstrip(b"=").decode()


def verify_token(token: str, keys: Mapping[str, PublishedKey]) -> Statement:
    """Return the facts that a code proves, or raise `SignatureRefused` with the one reason.

    `token` is the code alone or the whole address of the QR code. A retired key still proves what
    it signed before it was retired.
    """
    signed = _bytes_of(token)
    if signed[0] > FORMAT:
        raise SignatureRefused(
            "Ce code est d'un format plus récent : mettez à jour l'outil de vérification."
        )
    payload, signature = signed[:-SIGNATURE_BYTES], signed[-SIGNATURE_BYTES:]
    if signed[0] != FORMAT or len(payload) < _HEAD.size:
        raise SignatureRefused("Ce code est illisible : il n'a pas été écrit par la plateforme.")
    key_id = payload[1 : 1 + KEY_ID_BYTES].hex()
    key = keys.get(key_id)
    if key is None:
        raise SignatureRefused(
            f"La clé {key_id} qui signe ce code n'est pas une clé publiée par la plateforme."
        )
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, payload)
    except InvalidSignature as refusal:
        raise SignatureRefused(
            "La signature est fausse : ce code a été modifié ou fabriqué."
        ) from refusal
    statement = _read_payload(payload)
    if key.retired_on is not None and statement.issued_on > key.retired_on:
        raise SignatureRefused(
            f"La clé {key_id} est retirée depuis le {key.retired_on:%d/%m/%Y} : "
            "ce code est daté d'après."
        )
    return statement


def write_keys(keys: Sequence[PublishedKey]) -> str:
    """Return the file of published keys: one line each, made for `read_keys` and for people."""
    lines = ["# Ed25519: identifiant, clé publique (base64url), en service depuis, retirée le"]
    for key in keys:
        public = base64.urlsafe_b64encode(key.public).rstrip(b"=").decode()
        retired = key.retired_on.isoformat() if key.retired_on else "-"
        lines.append(f"{key.key_id} {public} {key.created_on.isoformat()} {retired}")
    return "\n".join(lines) + "\n"


def read_keys(text: str) -> dict[str, PublishedKey]:
    """Read a file of published keys. Raises `SignatureRefused` on a line that is none."""
    keys = {}
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        try:
            key_id, public, created_on, retired_on = line.split()
            key = PublishedKey(
                key_id=key_id,
                public=_decode(public),
                created_on=datetime.date.fromisoformat(created_on),
                retired_on=None if retired_on == "-" else datetime.date.fromisoformat(retired_on),
            )
        except ValueError as refusal:
            raise SignatureRefused(f"Cette ligne n'est pas une clé publiée : {line}") from refusal
        if key_id_of(key.public) != key_id:
            raise SignatureRefused(f"La clé {key_id} ne correspond pas à son identifiant.")
        keys[key_id] = key
    return keys


def _read_payload(payload: bytes) -> Statement:
    """Read bytes whose signature is right: they are ours, in this format."""
    _format, _key, letter, *days = _HEAD.unpack_from(payload)
    texts, rest = [], payload[_HEAD.size :]
    while rest:
        size = 1 + rest[0]
        texts.append(rest[1:size].decode())
        rest = rest[size:]
    try:
        number, name, course = texts
        starts_on, ends_on, issued_on = (_day(number) for number in days[:3])
        return Statement(
            number=read_number(number),
            kind=_KINDS[letter],
            name=name,
            course=course,
            starts_on=starts_on,
            ends_on=ends_on,
            issued_on=issued_on,
            valid_until=None if days[3] == _NO_DAY else _day(days[3]),
        )
    except (ValueError, KeyError, UnreadableNumber) as refusal:
        raise SignatureRefused(
            "Ce code est illisible : il n'a pas été écrit par la plateforme."
        ) from refusal


def _bytes_of(token: str) -> bytes:
    last = token.strip().rstrip("/").rpartition("/")[2]
    try:
        signed = _decode(last) if _TOKEN.fullmatch(last) else b""
    except ValueError:
        signed = b""
    if len(signed) <= SIGNATURE_BYTES:
        raise SignatureRefused("Ce code est incomplet : scannez de nouveau l'attestation.")
    return signed


def _decode(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as refusal:
        raise ValueError(str(refusal)) from refusal


def _cut(text: str, size: int) -> bytes:
    """At most `size` bytes, never half a letter."""
    whole = " ".join(text.split()).encode()
    if len(whole) <= size:
        return whole
    mark = "…".encode()
    return whole[: size - len(mark)].decode(errors="ignore").encode() + mark


def _day_number(day: datetime.date | None) -> int:
    return _NO_DAY if day is None else (day - _EPOCH).days


def _day(number: int) -> datetime.date:
    return _EPOCH + datetime.timedelta(days=number)
