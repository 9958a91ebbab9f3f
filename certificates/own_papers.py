"""What one person holds, and what may still be asked for. Only reads."""

import uuid

from accounts.models import User
from assessments.own_tests import own_participations
from certificates.eligibility import best_kind
from certificates.models import Certificate, CertificateQuerySet
from certificates.standings import is_barring, standing_of, with_what_is_printed
from trainers.models import Participation


def own_certificates(user: User) -> CertificateQuerySet:
    """The certificates of the person behind an account, those of merged records included."""
    return Certificate.objects.filter(participation__in=own_participations(user))


def own_certificate(user: User, identifier: uuid.UUID) -> Certificate | None:
    """My certificate of this UUID, in force; None when it is somebody else's or was revoked."""
    return own_certificates(user).in_force().filter(uuid=identifier).first()


def claimable_runs(user: User) -> list[Participation]:
    """My completed self-paced runs whose paper is not issued yet, the last one first."""
    runs = with_what_is_printed(
        own_participations(user).filter(course_run__completed_at__isnull=False)
    ).order_by("-course_run__completed_at")
    papers = list(own_certificates(user).select_related("participation"))
    held = {(one.participation_id, one.kind) for one in papers if one.revoked_at is None}
    barred = {one.participation_id for one in papers if is_barring(one)}
    return [
        participation
        for participation in runs
        if (kind := best_kind(standing_of(participation))) is not None
        and (participation.pk, kind) not in held
        and participation.pk not in barred
    ]
