"""Acts on the registry of trainers: register, consent to be listed, grant a qualification (§5)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Person, Territory, User
from accounts.people import kept_person
from courses.models import CurriculumPage
from trainers.enums import QualificationLevel
from trainers.models import Qualification, Trainer, TrainerLanguage, TrainerSpeciality
from trainers.registry.expiry import months_later
from trainers.registry.grounds import what_is_missing
from trainers.registry.moves import begin_moves, settle_trainer

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
    expertise: Iterable[str] = (),
    specialities: str = "",
    by: User | None = None,
) -> Trainer:
    """Write the trainer record of a person, or correct the one that exists.

    `expertise` holds the registers of experts (`Speciality`), `specialities` what no register
    names. Listing in the directory takes a separate consent.
    """
    trainer, is_new = Trainer.objects.update_or_create(
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
    registers = list(expertise)
    trainer.expertise.exclude(speciality__in=registers).delete()
    for speciality in registers:
        TrainerSpeciality.objects.get_or_create(trainer=trainer, speciality=speciality)
    if is_new:
        begin_moves(trainer=trainer, by=by)
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
    granted_on: datetime.date,
    level: str = QualificationLevel.LEAD,
    months: int = DEFAULT_MONTHS,
    granted_by: str = "",
    exception_reason: str = "",
    by: User | None = None,
) -> Qualification:
    """Entitle a trainer to train in a curriculum from that day, for a number of months.

    It takes the three grounds of domain §5, or the committee's reason for doing without. The same
    level granted the same day for the same curriculum is written once. Raises
    `QualificationRefused`.
    """
    locked = Trainer.objects.select_for_update().get(pk=trainer.pk)
    if months not in MONTHS_ALLOWED:
        raise QualificationRefused(_("Une habilitation dure de 1 à 60 mois."))
    expires_on = months_later(granted_on, months)
    known = locked.qualifications.filter(
        curriculum=curriculum, level=level, granted_on=granted_on
    ).first()
    if known is not None:
        _refuse_another(known, expires_on)
        return known
    missing = what_is_missing(trainer=locked, curriculum=curriculum, level=level, day=granted_on)
    reason = exception_reason.strip()
    if missing and not reason:
        raise QualificationRefused(" ".join(missing))
    qualification = Qualification(
        trainer=locked,
        curriculum=curriculum,
        level=level,
        granted_on=granted_on,
        expires_on=expires_on,
        granted_by=granted_by.strip(),
        exception_reason=reason if missing else "",
    )
    _sign_history(qualification, by)
    qualification.save()
    settle_trainer(trainer=locked, by=by, reason=_granted_sentence(qualification))
    trainer.state = locked.state
    return qualification


@transaction.atomic
def withdraw_qualification(
    *, qualification: Qualification, on: datetime.date, reason: str, by: User | None = None
) -> Qualification:
    """End a qualification before its term; the reason is compulsory."""
    if not reason.strip():
        raise QualificationRefused(_("Retirer une habilitation demande un motif."))
    locked = Trainer.objects.select_for_update().get(pk=qualification.trainer_id)
    qualification.withdrawn_on = on
    qualification.withdrawal_reason = reason.strip()
    _sign_history(qualification, by)
    qualification.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    settle_trainer(trainer=locked, by=by)
    return qualification


def _granted_sentence(one: Qualification) -> str:
    return _("Habilitation pour « %(curriculum)s », %(level)s") % {
        "curriculum": one.curriculum.title,
        "level": one.get_level_display().lower(),
    }


def _sign_history(qualification: Qualification, by: User | None) -> None:
    setattr(qualification, "_history_user", by)  # noqa: B010 simple_history reads this name


def _refuse_another(known: Qualification, expires_on: datetime.date) -> None:
    if known.withdrawn_on is not None:
        raise QualificationRefused(
            _("Cette habilitation a été retirée : accordez-en une à une autre date.")
        )
    if known.expires_on != expires_on:
        raise QualificationRefused(
            _("Cette habilitation existe déjà, jusqu'au %(day)s, pour une autre durée.")
            % {"day": known.expires_on.strftime("%d/%m/%Y")}
        )
