"""What a session's staff sees: what can be issued now, what was, and why the others get nothing."""

from dataclasses import dataclass, field

from accounts.people import kept_person
from certificates.eligibility import (
    UNDUE,
    attestation_refusal,
    best_kind,
    certificate_refusal,
)
from certificates.enums import CertificateKind
from certificates.models import Certificate
from certificates.standings import is_barring, standing_of, with_what_is_printed
from trainers.models import Participation, TrainingSession


@dataclass(frozen=True)
class Paper:
    """One person's line: the name of today, the nature of the paper, or why there is none."""

    name: str
    kind: str = ""
    refusal: str = ""


@dataclass(frozen=True)
class SessionPapers:
    """`ready` may be issued now; `refused` get nothing yet; `issued` and `revoked` were."""

    ready: list[Paper] = field(default_factory=list)
    refused: list[Paper] = field(default_factory=list)
    issued: list[Certificate] = field(default_factory=list)
    revoked: list[Certificate] = field(default_factory=list)


def papers_of(session: TrainingSession) -> SessionPapers:
    """Read the whole session in two queries, each list by name.

    Whoever holds an attestation and misses the certificate is also among the refused, with the
    reason: the staff can still do something about it.
    """
    certificates = certificates_of(session, with_revoked=True)
    papers = SessionPapers(
        issued=[one for one in certificates if one.revoked_at is None],
        revoked=[one for one in certificates if one.revoked_at is not None],
    )
    barred = {one.participation_id for one in papers.revoked if is_barring(one)}
    held = {(one.participation_id, one.kind) for one in papers.issued}
    participations = with_what_is_printed(Participation.objects.filter(session=session))
    for participation in participations:
        standing = standing_of(participation)
        kind = best_kind(standing)
        name = kept_person(participation.person).full_name
        if participation.pk in barred:
            papers.refused.append(Paper(name=name, refusal=UNDUE))
            continue
        if kind is not None and (participation.pk, kind) not in held:
            papers.ready.append(Paper(name=name, kind=str(CertificateKind(kind).label)))
        if kind != CertificateKind.CERTIFICATE:
            refusal = attestation_refusal(standing) or certificate_refusal(standing)
            papers.refused.append(Paper(name=name, refusal=refusal))
    papers.ready.sort(key=_by_name)
    papers.refused.sort(key=_by_name)
    return papers


def certificates_of(session: TrainingSession, *, with_revoked: bool = False) -> list[Certificate]:
    """Return the session's certificates by printed name: the order of the pages of its PDF."""
    found = Certificate.objects.of_session(session).select_related("revoked_by", "participation")
    if not with_revoked:
        found = found.in_force()
    return sorted(found, key=lambda one: (one.content["name"], one.pk))


def _by_name(paper: Paper) -> str:
    return paper.name
