"""Acts and reads on what founds a qualification: each ground with its proof (domain §5)."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from courses.models import CurriculumPage
from trainers.enums import EvidenceKind, QualificationBasis, SessionState
from trainers.evidence import sha256_of, store_evidence
from trainers.models import (
    Qualification,
    QualificationGround,
    SessionTrainer,
    Trainer,
    TrainingSession,
)
from trainers.registry.qualifying import (
    SESSION_ROLES_THAT_ANIMATE,
    GroundFacts,
    co_facilitation_refusal,
    missing_for_level,
    missing_grounds,
    observation_refusal,
)


class GroundRefused(ValueError):
    """A ground that is not kept; its text is a French sentence."""


@transaction.atomic
def record_ground(
    *,
    trainer: Trainer,
    curriculum: CurriculumPage,
    basis: str,
    content: bytes,
    name: str,
    by: User,
    happened_on: datetime.date | None = None,
    session: TrainingSession | None = None,
    score: int | None = None,
) -> QualificationGround:
    """Keep one ground with the file that proves it; the same one sent twice is kept once.

    A co-facilitation names its session and is dated by its last day; an observation has its score
    in points of 100, below the threshold too: it is kept and does not count. A ground without a
    proof receives it. Raises `GroundRefused`, `trainers.evidence.EvidenceRefused`.
    """
    Trainer.objects.select_for_update().get(pk=trainer.pk)
    if basis == QualificationBasis.CO_FACILITATION:
        happened_on = _day_of_co_facilitation(trainer, curriculum, session)
    if refusal := observation_refusal(basis, score):
        raise GroundRefused(refusal)
    if happened_on is None or happened_on > timezone.localdate():
        raise GroundRefused(_("Indiquez le jour, qui ne peut pas être dans l'avenir."))
    known = (
        QualificationGround.objects.kept()
        .filter(trainer=trainer, curriculum=curriculum, basis=basis, happened_on=happened_on)
        .first()
    )
    if known is not None:
        _refuse_another(known, score, sha256_of(content))
    proof = store_evidence(kind=EvidenceKind.QUALIFICATION_PROOF, content=content, name=name, by=by)
    ground = known or QualificationGround(
        trainer=trainer, curriculum=curriculum, basis=basis, happened_on=happened_on, score=score
    )
    if ground.proof_id is None:
        ground.proof, ground.session = proof, session
        ground.score = score if ground.score is None else ground.score
        ground.recorded_by, ground.recorded_at = by, timezone.now()
        ground.save()
    return ground


@transaction.atomic
def void_ground(*, ground: QualificationGround, reason: str, by: User) -> bool:
    """Withdraw a wrong ground with a reason; it stays on record and founds nothing any more.

    The qualifications already granted stand: withdrawing one is another decision. False when it
    was withdrawn before. Raises `GroundRefused` without a reason.
    """
    if not reason.strip():
        raise GroundRefused(_("Dites pourquoi ce fondement est annulé."))
    Trainer.objects.select_for_update().get(pk=ground.trainer_id)
    locked = QualificationGround.objects.select_for_update().get(pk=ground.pk)
    if locked.voided_at is not None:
        return False
    locked.voided_at, locked.voided_by = timezone.now(), by
    locked.void_reason = reason.strip()[:200]
    locked.save(update_fields=["voided_at", "voided_by", "void_reason"])
    return True


def unfounded_qualifications(ground: QualificationGround, day: datetime.date) -> int:
    """How many qualifications valid that day, granted without any exception, lack a ground now."""
    held = Qualification.objects.filter(trainer=ground.trainer_id, curriculum=ground.curriculum_id)
    plain = held.valid_on(day).filter(exception_reason="")
    facts = _facts(ground.trainer, ground.curriculum)
    return sum(bool(missing_grounds(facts, day=one.granted_on)) for one in plain)


def what_is_missing(
    *, trainer: Trainer, curriculum: CurriculumPage, level: str, day: datetime.date
) -> list[str]:
    """Say what a qualification of that level granted that day would lack; two queries."""
    facts = _facts(trainer, curriculum)
    held = trainer.qualifications.filter(curriculum=curriculum).valid_on(day)
    return [
        *missing_grounds(facts, day=day),
        *missing_for_level(level, set(held.values_list("level", flat=True))),
    ]


def co_facilitated_sessions(trainer: Trainer) -> list[TrainingSession]:
    """The sessions that the trainer animated and that are over, the latest first."""
    mine = SessionTrainer.objects.filter(trainer=trainer, role__in=SESSION_ROLES_THAT_ANIMATE)
    return list(
        TrainingSession.objects.filter(
            pk__in=mine.values("session"), ends_on__lte=timezone.localdate()
        )
        .exclude(state=SessionState.CANCELLED)
        .order_by("-ends_on", "code")
    )


def _facts(trainer: Trainer, curriculum: CurriculumPage) -> list[GroundFacts]:
    return [
        GroundFacts(one.basis, one.happened_on, one.proof_id is not None, one.score)
        for one in QualificationGround.objects.kept().filter(trainer=trainer, curriculum=curriculum)
    ]


def _day_of_co_facilitation(
    trainer: Trainer, curriculum: CurriculumPage, session: TrainingSession | None
) -> datetime.date:
    if session is None:
        raise GroundRefused(_("Une co-animation nomme la session où elle a eu lieu."))
    own = SessionTrainer.objects.filter(session=session, trainer=trainer).first()
    colleagues = SessionTrainer.objects.filter(session=session).exclude(trainer=trainer)
    qualified = Qualification.objects.filter(
        trainer__in=colleagues.values("trainer"),
        curriculum=session.curriculum_id,
        granted_on__lte=session.starts_on,
        expires_on__gte=session.ends_on,
    )
    is_held = session.state != SessionState.CANCELLED
    refusal = co_facilitation_refusal(
        role=own.role if own else "",
        is_same_curriculum=session.curriculum_id == curriculum.pk,
        is_over=is_held and session.ends_on <= timezone.localdate(),
        has_qualified_colleague=any(
            one.withdrawn_on is None or one.withdrawn_on > session.ends_on for one in qualified
        ),
    )
    if refusal:
        raise GroundRefused(refusal)
    return session.ends_on


def _refuse_another(known: QualificationGround, score: int | None, sha256: str) -> None:
    is_other_score = known.score is not None and known.score != score
    if is_other_score or (known.proof is not None and known.proof.sha256 != sha256):
        raise GroundRefused(
            _("Ce fondement est déjà noté au %(day)s, avec une autre preuve ou une autre note.")
            % {"day": known.happened_on.strftime("%d/%m/%Y")}
        )
