"""Acts: issue to a whole session or to one person, and revoke. Nothing else writes certificates."""

import datetime
import secrets
from collections.abc import Sequence

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.roles import is_national
from certificates.content import freeze_content
from certificates.eligibility import attestation_refusal, best_kind
from certificates.enums import RevocationCause
from certificates.keys import lock_signing_key
from certificates.models import Certificate, SigningKey
from certificates.numbers import make_number
from certificates.signing import Statement, sign, write_payload
from certificates.standings import is_barring, standing_of, with_what_is_printed
from trainers.enums import SessionState
from trainers.models import Participation, TrainingSession
from trainers.sessions.lock import lock_session
from trainers.sessions.validation import is_in_charge, took_part

_CHUNK = 50  # rows in one INSERT: well under the limit of variables of the oldest SQLite
REASON_LENGTH = 300


class CertificateRefused(ValueError):
    """An issue or a revocation that the rules forbid; its text is a French sentence."""


def unfit_issuer(session: TrainingSession, by: User) -> str:
    """Say why this account may not issue for this session; "" when it may.

    The committee and the focal point of the territory issue. Before a third person has validated
    the session, whoever trained in it or recorded it may not: nobody attests their own work.
    """
    if not is_in_charge(session, by):
        return _("Seuls le point focal du territoire et le comité délivrent les attestations.")
    if session.state != SessionState.VALIDATED and took_part(session, by):
        return _("Qui a animé ou saisi la session attend sa validation par un tiers.")
    return ""


@transaction.atomic
def issue_for_session(
    *, session: TrainingSession, by: User, at: datetime.datetime | None = None
) -> list[Certificate]:
    """Issue to every participant the highest paper the rules allow; a repeat issues nothing more.

    Raises `CertificateRefused`, or `certificates.keys.KeyUnavailable`.
    """
    locked = lock_session(session)
    refusal = unfit_issuer(locked, by)
    if refusal:
        raise CertificateRefused(refusal)
    participations = with_what_is_printed(Participation.objects.filter(session=locked))
    return _issue(list(participations.order_by("pk")), by=by, at=at)


@transaction.atomic
def issue_for_run(
    *, participation: Participation, by: User, at: datetime.datetime | None = None
) -> Certificate | None:
    """Issue to the person of a completed self-paced run; None when there is nothing new to issue.

    The person asks for it alone: what decides was computed, not judged. Raises
    `CertificateRefused` when the rules give nothing.
    """
    locked = with_what_is_printed(
        Participation.objects.select_for_update(of=("self",)).filter(
            pk=participation.pk, course_run__isnull=False
        )
    ).get()
    refusal = attestation_refusal(standing_of(locked))
    if refusal:
        raise CertificateRefused(refusal)
    issued = _issue([locked], by=by, at=at)
    return issued[0] if issued else None


@transaction.atomic
def revoke(
    *,
    certificate: Certificate,
    by: User,
    cause: str,
    reason: str,
    at: datetime.datetime | None = None,
) -> Certificate:
    """Withdraw a certificate, with a reason that stays inside and a cause that the public may read.

    Raises `CertificateRefused` without a reason, for an account not in charge, or the second time.
    """
    locked = (
        Certificate.objects.select_for_update(of=("self",))
        .select_related("participation__session__territory")
        .get(pk=certificate.pk)
    )
    if not may_revoke(locked, by):
        raise CertificateRefused(
            _("Seuls le point focal du territoire et le comité révoquent une attestation.")
        )
    if locked.revoked_at is not None:
        raise CertificateRefused(_("Cette attestation est déjà révoquée."))
    reason = " ".join(reason.split())
    if not reason or cause not in RevocationCause:
        raise CertificateRefused(_("Écrivez le motif de la révocation."))
    if len(reason) > REASON_LENGTH:
        raise CertificateRefused(
            _("Le motif est trop long : %(max)d caractères au plus.") % {"max": REASON_LENGTH}
        )
    locked.revoked_at, locked.revoked_by = at or timezone.now(), by
    locked.revocation_cause, locked.revocation_reason = cause, reason
    locked.save(update_fields=["revoked_at", "revoked_by", "revocation_cause", "revocation_reason"])
    return locked


def may_revoke(certificate: Certificate, user: User) -> bool:
    """Whether this account may withdraw it: in charge of its session, or the committee."""
    session = certificate.participation.session
    return is_national(user) if session is None else is_in_charge(session, user)


def _issue(
    participations: Sequence[Participation], *, by: User, at: datetime.datetime | None
) -> list[Certificate]:
    at = at or timezone.now()
    issued_on = timezone.localtime(at).date()
    key, private = lock_signing_key()
    known = Certificate.objects.filter(participation__in=participations)
    in_force = set(known.in_force().values_list("participation_id", "kind"))
    revoked = {
        (one.participation_id, one.kind): one
        for one in known.exclude(revoked_at=None)
        .filter(replaced_by=None)
        .select_related("participation")
        .order_by("pk")
    }
    barred = {one.participation_id for one in revoked.values() if is_barring(one)}
    rank = Certificate.objects.filter(year=issued_on.year).aggregate(last=Max("rank"))["last"] or 0
    issued = []
    for participation in participations:
        kind = best_kind(standing_of(participation))
        if kind is None or (participation.pk, kind) in in_force or participation.pk in barred:
            continue
        rank += 1
        certificate = _signed(
            Certificate(
                year=issued_on.year,
                rank=rank,
                kind=kind,
                participation=participation,
                issued_on=issued_on,
                issued_at=at,
                issued_by=by,
                replaces=revoked.get((participation.pk, kind)),
            ),
            key,
            private,
        )
        issued.append(certificate)
    return Certificate.objects.bulk_create(issued, batch_size=_CHUNK)


def _signed(certificate: Certificate, key: SigningKey, private: Ed25519PrivateKey) -> Certificate:
    """Fill what is frozen: number, content, and the signature of what the public may check."""
    content = freeze_content(
        certificate.participation,
        certificate.kind,
        replaces=certificate.replaces.number if certificate.replaces else "",
    )
    certificate.number = make_number(
        year=certificate.year, rank=certificate.rank, draw=secrets.choice
    )
    certificate.content = content
    until = content["valid_until"]
    certificate.valid_until = datetime.date.fromisoformat(until) if until else None
    statement = Statement(
        number=certificate.number,
        kind=certificate.kind,
        name=content["name"],
        course=content["course"],
        starts_on=datetime.date.fromisoformat(content["starts_on"]),
        ends_on=datetime.date.fromisoformat(content["ends_on"]),
        issued_on=certificate.issued_on,
        valid_until=certificate.valid_until,
    )
    certificate.key = key
    certificate.payload = write_payload(statement, key_id=key.key_id)
    certificate.signature = sign(certificate.payload, private)
    return certificate
