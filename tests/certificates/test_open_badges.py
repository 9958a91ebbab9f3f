"""The exported badge is read by the standard's own verifier, and holds what the paper holds."""

import base64
import datetime
import json

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.test import Client
from django.urls import reverse
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier, did_key_from_pem

from certificates.enums import RevocationCause
from certificates.issue import revoke
from certificates.keys import key_in_use
from certificates.models import Certificate
from certificates.open_badges import badge_of
from tests.factories.accounts import make_person, make_profession, make_user
from tests.factories.certificates import make_certificate

pytestmark = pytest.mark.django_db

NOW = datetime.datetime.now(tz=datetime.UTC)


def make_recent(person: object = None) -> Certificate:
    """Valid for years: the verifier refuses what ran out."""
    certificate = make_certificate(person)  # type: ignore[arg-type]
    certificate.valid_until = NOW.date() + datetime.timedelta(days=700)
    return certificate


def did_of(private: Ed25519PrivateKey) -> str:
    public = private.public_key()
    return did_key_from_pem(public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def test_the_badge_is_verified_by_the_issuer_key_alone() -> None:
    certificate = make_recent(make_person("TRAORÉ", "Fanta"))

    read = OB3Verifier.for_issuer_did(did_of(key_in_use())).verify(badge_of(certificate))

    assert read.id == f"urn:uuid:{certificate.uuid}"
    assert read.achievement.name == "Curriculum traite-des-personnes"
    assert read.achievement.achievement_type == "Certificate"
    assert [one.identity_hash for one in read.identifiers] == ["Fanta TRAORÉ"]
    assert read.evidence_url == f"http://127.0.0.1:8000/attestations/{certificate.number}/"


def test_the_badge_of_another_issuer_is_refused() -> None:
    badge = badge_of(make_recent())

    with pytest.raises(OB3VerificationError):
        OB3Verifier.for_issuer_did(did_of(Ed25519PrivateKey.generate())).verify(badge)


def test_the_badge_holds_nothing_that_the_paper_does_not() -> None:
    person = make_person(
        "TRAORÉ",
        "Fanta",
        phone="76112233",
        email="fanta@exemple.test",
        matricule="MAT-778",
        profession=make_profession("juge", "Juge d'instruction"),
    )

    payload = badge_of(make_recent(person)).split(".")[1]
    text = base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()

    assert "Fanta" in text
    subject = json.loads(text)["credentialSubject"]
    assert subject["achievement"]["description"] == "du 12 au 13 mai 2025, 14\u00a0h"
    for hidden in ("76112233", "fanta@", "MAT-778", "Juge", "80.0"):
        assert hidden not in text, hidden


def test_my_badge_is_mine_and_ends_with_a_revocation() -> None:
    user = make_user()
    certificate = make_certificate(user.person)
    address = reverse("certificates:my_badge", args=[certificate.uuid])
    mine, other = Client(), Client()
    mine.force_login(user)
    other.force_login(make_user())

    found = mine.get(address)

    assert (found.status_code, found["Content-Type"]) == (200, "application/vc+jwt")
    assert found.content.count(b".") == 2
    assert other.get(address).status_code == 404
    revoke(
        certificate=certificate,
        by=certificate.issued_by,
        cause=RevocationCause.MISTAKE,
        reason="Erreur.",
    )
    assert mine.get(address).status_code == 404
