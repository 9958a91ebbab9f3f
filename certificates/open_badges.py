"""The same certificate as an Open Badge 3.0: a signed credential that other platforms keep.

The issuer is named by its key (did:key), so that no domain has to be kept for years: any verifier
of Open Badges checks the badge without a network. A revocation is not in it: its `evidence` is the
public check page, which says the state of the day.
"""

import datetime

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from django.conf import settings
from django.utils import timezone, translation
from openbadgeslib.ob3 import (
    Achievement,
    IdentityObject,
    Issuer,
    OB3Signer,
    OpenBadgeCredential,
    did_key_from_pem,
)

from certificates.content import PRINTED_IN, curriculum_of_participation, issuer_name
from certificates.enums import CertificateKind
from certificates.keys import key_in_use
from certificates.models import Certificate
from certificates.sheets import public_address

# Words of the standard's own list of achievement types.
_TYPES = {
    CertificateKind.ATTESTATION: "CertificateOfCompletion",
    CertificateKind.CERTIFICATE: "Certificate",
}


def badge_of(certificate: Certificate) -> str:
    """Return the credential as a compact JWT (EdDSA), signed by the key in use.

    It holds what the sheet prints: name, course, dates, hours. No score, no telephone, no
    structure. Raises `certificates.keys.KeyUnavailable`.
    """
    private = key_in_use()
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    with translation.override(PRINTED_IN):
        credential = _credential(certificate, issuer_did=did_key_from_pem(public))
    return OB3Signer(pem, algorithm="EdDSA").sign(credential)


def _credential(certificate: Certificate, *, issuer_did: str) -> OpenBadgeCredential:
    content, site = certificate.content, settings.WAGTAILADMIN_BASE_URL.rstrip("/")
    curriculum = curriculum_of_participation(certificate.participation)
    return OpenBadgeCredential(
        id=f"urn:uuid:{certificate.uuid}",
        name=f"{content['title']} {certificate.number}",
        issuer=Issuer(id=issuer_did, name=issuer_name(), url=site),
        recipient_id=None,
        identifiers=[
            IdentityObject(identity_hash=content["name"], identity_type="name", hashed=False)
        ],
        achievement=Achievement(
            id=f"{site}/formations/{curriculum.slug}/",
            name=content["course"],
            description=f"{content['days']}, {content['hours']}",
            criteria_narrative=f"{content['sentence']} « {content['course']} »",
            achievement_type=_TYPES[CertificateKind(certificate.kind)],
        ),
        issuance_date=certificate.issued_at,
        expiration_date=_end_of(certificate.valid_until),
        evidence_url=public_address(certificate),
    )


def _end_of(day: datetime.date | None) -> datetime.datetime | None:
    """The last second of a valid day, in Bamako."""
    if day is None:
        return None
    last = datetime.time(23, 59, 59, tzinfo=timezone.get_default_timezone())
    return datetime.datetime.combine(day, last)
