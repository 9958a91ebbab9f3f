"""What anybody may learn from a number or a QR code: name, course, dates, state. Nothing else."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from certificates.content import name_agrees
from certificates.enums import CertificateKind, PublicState, RevocationCause
from certificates.keys import published_keys
from certificates.models import Certificate
from certificates.numbers import read_number
from certificates.signing import SignatureRefused, Statement, verify_token, write_token


@dataclass(frozen=True)
class PublicFacts:
    """The whole of the public page. `sentence` says the state, never the private reason."""

    number: str
    kind: str
    name: str
    course: str
    starts_on: datetime.date
    ends_on: datetime.date
    issued_on: datetime.date
    valid_until: datetime.date | None
    state: PublicState
    sentence: str


class NoSuchCertificate(LookupError):
    """No certificate bears this number."""


def check_number(number: str) -> PublicFacts:
    """Return what the register says of a number.

    Raises `NoSuchCertificate`, `certificates.numbers.UnreadableNumber`, or `SignatureRefused` where
    the register no longer says what was signed.
    """
    certificate = _find(read_number(number))
    return _facts(certificate, _kept_statement(certificate))


def check_code(token: str) -> PublicFacts:
    """Return what a scanned code says, once its signature holds and the register knows it.

    Raises `SignatureRefused` or `NoSuchCertificate`.
    """
    statement = verify_token(token, published_keys())
    certificate = _find(statement.number)
    if statement != _kept_statement(certificate):  # a key that was stolen dates as it likes
        raise SignatureRefused(
            _("Le registre ne correspond plus à ce qui a été signé : prévenez le comité.")
        )
    return _facts(certificate, statement)


def _kept_statement(certificate: Certificate) -> Statement:
    """What was signed the day it was issued, its signature checked again."""
    token = write_token(bytes(certificate.payload), bytes(certificate.signature))
    return verify_token(token, published_keys())


def _find(number: str) -> Certificate:
    certificate = Certificate.objects.filter(number=number).first()
    if certificate is None:
        raise NoSuchCertificate(number)
    return certificate


def _facts(certificate: Certificate, statement: Statement) -> PublicFacts:
    """Join the signed facts with the state of the day."""
    if not name_agrees(certificate.content, statement):
        raise SignatureRefused(
            _("Le registre ne correspond plus à ce qui a été signé : prévenez le comité.")
        )
    state = public_state(certificate, timezone.localdate())
    return PublicFacts(
        number=statement.number,
        kind=str(CertificateKind(statement.kind).label),
        name=statement.name,
        course=statement.course,
        starts_on=statement.starts_on,
        ends_on=statement.ends_on,
        issued_on=statement.issued_on,
        valid_until=statement.valid_until,
        state=state,
        sentence=_sentence(certificate, state),
    )


def public_state(certificate: Certificate, day: datetime.date) -> PublicState:
    """Decide how a certificate stands on a day: a revocation comes before everything."""
    if certificate.revoked_at is not None:
        return PublicState.REVOKED
    if certificate.valid_until is not None and day > certificate.valid_until:
        return PublicState.EXPIRED
    return PublicState.VALID


def _sentence(certificate: Certificate, state: PublicState) -> str:
    if certificate.revoked_at is not None:
        return _("Le %(day)s : %(cause)s.") % {
            "day": timezone.localtime(certificate.revoked_at).strftime("%d/%m/%Y"),
            "cause": RevocationCause(certificate.revocation_cause).label,
        }
    if certificate.valid_until is None:
        return _("Valable sans limite de durée.")
    day = certificate.valid_until.strftime("%d/%m/%Y")
    if state == PublicState.EXPIRED:
        return _("La formation a été suivie ; sa validité a pris fin le %(day)s.") % {"day": day}
    return _("Valable jusqu'au %(day)s.") % {"day": day}
