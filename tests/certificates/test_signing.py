"""A code proves what it says, and says nothing else."""

import dataclasses
import datetime

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from certificates.numbers import make_number
from certificates.signing import (
    PublishedKey,
    SignatureRefused,
    Statement,
    key_id_of,
    public_bytes,
    read_keys,
    sign,
    verify_token,
    write_keys,
    write_payload,
    write_token,
)

D = datetime.date
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = public_bytes(PRIVATE)
KEY = PublishedKey(key_id_of(PUBLIC), PUBLIC, D(2026, 1, 1))
KEYS = {KEY.key_id: KEY}
FACTS = Statement(
    number=make_number(year=2026, rank=42, draw=lambda alphabet: alphabet[20]),
    kind="CERTIFICATE",
    name="Ŋana Ɲɛnɛ ƐLƆGƆ-TRAORÉ",
    course="Comprendre, repérer et signaler la traite des personnes au Mali",
    starts_on=D(2026, 5, 12),
    ends_on=D(2026, 5, 13),
    issued_on=D(2026, 6, 1),
    valid_until=D(2028, 5, 13),
)


def token_of(facts: Statement = FACTS, private: Ed25519PrivateKey = PRIVATE) -> str:
    payload = write_payload(facts, key_id=key_id_of(public_bytes(private)))
    return write_token(payload, sign(payload, private))


@pytest.mark.parametrize("kind", ["ATTESTATION", "CERTIFICATE"])
@pytest.mark.parametrize("valid_until", [None, D(2028, 5, 13)])
def test_a_code_gives_back_every_fact(kind: str, valid_until: datetime.date | None) -> None:
    facts = dataclasses.replace(FACTS, kind=kind, valid_until=valid_until)

    assert verify_token(token_of(facts), KEYS) == facts


def test_the_whole_address_is_read_like_the_code() -> None:
    address = f"https://exemple.test/attestations/verifier/{token_of(FACTS)}/"

    assert verify_token(address, KEYS) == FACTS


def test_any_single_altered_byte_is_refused() -> None:
    payload = write_payload(FACTS, key_id=KEY.key_id)
    signed = payload + sign(payload, PRIVATE)
    for place in range(len(signed)):
        altered = bytearray(signed)
        altered[place] ^= 1
        with pytest.raises(SignatureRefused):
            verify_token(write_token(bytes(altered), b""), KEYS)


def test_a_changed_name_is_called_a_forgery() -> None:
    other = write_payload(dataclasses.replace(FACTS, name="Un Autre"), key_id=KEY.key_id)
    signature = sign(write_payload(FACTS, key_id=KEY.key_id), PRIVATE)

    with pytest.raises(SignatureRefused, match="modifié ou fabriqué"):
        verify_token(write_token(other, signature), KEYS)


def test_an_unknown_key_is_refused() -> None:
    with pytest.raises(SignatureRefused, match="n'est pas une clé publiée"):
        verify_token(token_of(FACTS, Ed25519PrivateKey.generate()), KEYS)


@pytest.mark.parametrize(
    ("retired_on", "is_accepted"), [(D(2026, 6, 1), True), (D(2026, 5, 31), False)]
)
def test_a_retired_key_proves_only_what_it_signed_before(
    retired_on: datetime.date, is_accepted: bool
) -> None:
    keys = {KEY.key_id: dataclasses.replace(KEY, retired_on=retired_on)}

    if is_accepted:
        assert verify_token(token_of(FACTS), keys) == FACTS
    else:
        with pytest.raises(SignatureRefused, match="retirée depuis le 31/05/2026"):
            verify_token(token_of(FACTS), keys)


def test_a_format_to_come_is_named() -> None:
    payload = bytearray(write_payload(FACTS, key_id=KEY.key_id))
    payload[0] = 2

    with pytest.raises(SignatureRefused, match="format plus récent"):
        verify_token(write_token(bytes(payload), sign(bytes(payload), PRIVATE)), KEYS)


@pytest.mark.parametrize("text", ["", "abc", "é", "https://exemple.test/", "A" * 50, "=" * 200])
def test_what_is_no_code_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(SignatureRefused, match="incomplet"):
        verify_token(text, KEYS)


def test_signed_nonsense_is_refused() -> None:
    payload = bytearray(write_payload(FACTS, key_id=KEY.key_id))[:25]

    with pytest.raises(SignatureRefused):
        verify_token(write_token(bytes(payload), sign(bytes(payload), PRIVATE)), KEYS)


def test_a_long_name_is_cut_between_letters() -> None:
    facts = dataclasses.replace(FACTS, name="ɛ" * 200, course="é" * 300)

    read = verify_token(token_of(facts), KEYS)

    assert (read.name, read.course) == ("ɛ" * 58 + "…", "é" * 78 + "…")


def test_the_published_file_reads_back_and_refuses_a_false_line() -> None:
    keys = [KEY, dataclasses.replace(KEY, retired_on=D(2027, 1, 1))]
    text = write_keys(keys[:1])

    assert read_keys(text) == KEYS
    assert read_keys(write_keys(keys[1:]))[KEY.key_id].retired_on == D(2027, 1, 1)
    with pytest.raises(SignatureRefused, match="n'est pas une clé publiée"):
        read_keys(text + "n'importe quoi\n")
    with pytest.raises(SignatureRefused, match="ne correspond pas"):
        read_keys(text.replace(KEY.key_id, "00000000"))


def test_an_ordinary_code_makes_a_small_qr() -> None:
    address = f"https://formation.exemple.gouv.ml/attestations/verifier/{token_of(FACTS)}/"

    code = segno.make_qr(address, error="m", boost_error=False)

    assert int(code.version) <= 13  # 69 modules
