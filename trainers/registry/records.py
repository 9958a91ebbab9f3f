"""Acts on the registry of trainers: register, consent to be listed, grant a qualification (§5)."""

import calendar
import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person, Territory, User
from accounts.people import kept_person
from courses.models import CurriculumPage
from trainers.enums import EvidenceKind, TrainerState
from trainers.evidence import sha256_of, store_evidence
from trainers.models import Evidence, Qualification, Trainer, TrainerLanguage

DEFAULT_MONTHS = 24
MONTHS_ALLOWED = range(1, 61)


class QualificationRefused(ValueError):
    """A qualification that cannot be written as asked; its text is a French sentence."""


@dataclass(frozen=True)
class SpokenLanguage:
    """A language of a trainer by use: fluency is not comfort in teaching."""

    language: str
    can_animate: bool = False
    can_answer: bool = False
    can_understand: bool = True


@transaction.atomic
def register_trainer(
    *,
    person: Person,
    base_territory: Territory | None,
    travel: Iterable[Territory] = (),
    languages: Iterable[SpokenLanguage] = (),
    specialities: str = "",
) -> Trainer:
    """Write the trainer record of a person, or correct the one that exists.

    Listing in the directory takes a separate consent.
    """
    trainer, _created = Trainer.objects.update_or_create(
        person=kept_person(person),
        defaults={"base_territory": base_territory, "specialities": specialities.strip()[:200]},
    )
    trainer.travel_territories.set(travel)
    spoken = list(languages)
    trainer.languages.exclude(language__in=[one.language for one in spoken]).delete()
    for one in spoken:
        TrainerLanguage.objects.update_or_create(
            trainer=trainer,
            language=one.language,
            defaults={
                "can_animate": one.can_animate,
                "can_answer": one.can_answer,
                "can_understand": one.can_understand,
            },
        )
    return trainer


@transaction.atomic
def consent_to_listing(*, trainer: Trainer, at: datetime.datetime, version: str) -> Trainer:
    """Record that the trainer agrees to be listed, and to which version of the text."""
    trainer.listing_consent_at = at
    trainer.listing_consent_version = version
    trainer.save(update_fields=["listing_consent_at", "listing_consent_version"])
    return trainer


@transaction.atomic
def withdraw_consent(*, trainer: Trainer) -> Trainer:
    """Take the trainer off the directory at once; the history keeps that consent was given."""
    trainer.listing_consent_at = None
    trainer.listing_consent_version = ""
    trainer.save(update_fields=["listing_consent_at", "listing_consent_version"])
    return trainer


@transaction.atomic
def grant_qualification(
    *,
    trainer: Trainer,
    curriculum: CurriculumPage,
    basis: str,
    granted_on: datetime.date,
    months: int = DEFAULT_MONTHS,
    granted_by: str = "",
    proof: Evidence | None = None,
) -> Qualification:
    """Entitle a trainer to lead a curriculum from that day, for a number of months.

    The same basis granted the same day for the same curriculum is written once.
    """
    if months not in MONTHS_ALLOWED:
        raise QualificationRefused(_("Une habilitation dure de 1 à 60 mois."))
    qualification, _created = Qualification.objects.get_or_create(
        trainer=trainer,
        curriculum=curriculum,
        basis=basis,
        granted_on=granted_on,
        defaults={
            "expires_on": months_later(granted_on, months),
            "granted_by": granted_by,
            "proof": proof,
        },
    )
    if trainer.state in (TrainerState.CANDIDATE, TrainerState.LAPSED):
        trainer.state = TrainerState.QUALIFIED
        trainer.save(update_fields=["state"])
    return qualification


@transaction.atomic
def grant_with_proof(
    *,
    trainer: Trainer,
    curriculum: CurriculumPage,
    basis: str,
    granted_on: datetime.date,
    months: int,
    granted_by: str,
    content: bytes,
    name: str,
    by: User,
) -> Qualification:
    """Keep the file that proves, then grant the qualification that it founds.

    The same page sent twice changes nothing; one already there without a proof receives it. Raises
    `QualificationRefused` when another term or proof is on record, `EvidenceRefused`.
    """
    locked = Trainer.objects.select_for_update().get(pk=trainer.pk)
    known = locked.qualifications.filter(
        curriculum=curriculum, basis=basis, granted_on=granted_on
    ).first()
    if known is not None:
        _refuse_another(known, months_later(granted_on, months), sha256_of(content))
    proof = store_evidence(kind=EvidenceKind.QUALIFICATION_PROOF, content=content, name=name, by=by)
    qualification = grant_qualification(
        trainer=locked,
        curriculum=curriculum,
        basis=basis,
        granted_on=granted_on,
        months=months,
        granted_by=granted_by.strip(),
        proof=proof,
    )
    if qualification.proof is None:
        qualification.proof = proof
        qualification.save(update_fields=["proof"])
    return qualification


@transaction.atomic
def withdraw_qualification(
    *, qualification: Qualification, on: datetime.date, reason: str
) -> Qualification:
    """End a qualification before its term; the reason is compulsory."""
    if not reason.strip():
        raise QualificationRefused(_("Retirer une habilitation demande un motif."))
    qualification.withdrawn_on = on
    qualification.withdrawal_reason = reason.strip()
    qualification.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    return qualification


def months_later(day: datetime.date, months: int) -> datetime.date:
    """The same day of a later month, or its last day: 31 August and 6 months make 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return day.replace(
        year=year, month=month, day=min(day.day, calendar.monthrange(year, month)[1])
    )


def _refuse_another(known: Qualification, expires_on: datetime.date, sha256: str) -> None:
    if known.withdrawn_on is not None:
        raise QualificationRefused(
            _("Cette habilitation a été retirée : accordez-en une à une autre date.")
        )
    if known.expires_on != expires_on or (known.proof and known.proof.sha256 != sha256):
        raise QualificationRefused(
            _("Cette habilitation existe déjà, jusqu'au %(day)s, avec une autre preuve ou durée.")
            % {"day": known.expires_on.strftime("%d/%m/%Y")}
        )
