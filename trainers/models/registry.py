"""Registry of trainers (domain §5): the same person as anywhere else, and what proves the skill."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Person, Territory
from courses.models import CurriculumPage
from trainers.enums import (
    Language,
    QualificationBasis,
    QualificationLevel,
    Speciality,
    TrainerState,
)
from trainers.models.evidence import Evidence


class TrainerQuerySet(models.QuerySet["Trainer"]):
    def consenting(self) -> "TrainerQuerySet":
        return self.exclude(listing_consent_at=None)

    def qualified_for(self, curriculum: CurriculumPage, day: datetime.date) -> "TrainerQuerySet":
        """Trainers who hold a qualification for that curriculum valid that day."""
        valid = Qualification.objects.filter(curriculum=curriculum).valid_on(day)
        return self.filter(pk__in=valid.values("trainer"))


class Trainer(models.Model):
    person = models.OneToOneField(
        Person, verbose_name=_("personne"), on_delete=models.PROTECT, related_name="trainer"
    )
    state = models.CharField(
        _("état"), max_length=10, choices=TrainerState, default=TrainerState.CANDIDATE
    )
    specialities = models.CharField(_("autres domaines"), max_length=200, blank=True)
    base_territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire de base"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="based_trainers",
    )
    travel_territories = models.ManyToManyField(
        Territory, verbose_name=_("se déplace dans"), blank=True, related_name="travelling_trainers"
    )
    listing_consent_at = models.DateTimeField(
        _("consent à figurer au répertoire depuis le"), null=True, blank=True
    )
    listing_consent_version = models.CharField(_("texte accepté"), max_length=20, blank=True)

    history = HistoricalRecords()
    objects = TrainerQuerySet.as_manager()

    class Meta:
        verbose_name = _("formateur")
        verbose_name_plural = _("formateurs")

    def __str__(self) -> str:
        return str(self.person)


class TrainerLanguage(models.Model):
    """Fluency is not comfort in teaching: each use is stated apart."""

    trainer = models.ForeignKey(
        Trainer, verbose_name=_("formateur"), on_delete=models.CASCADE, related_name="languages"
    )
    language = models.CharField(_("langue"), max_length=20, choices=Language)
    can_animate = models.BooleanField(_("anime"), default=False)
    can_answer = models.BooleanField(_("répond aux questions"), default=False)
    can_understand = models.BooleanField(_("comprend"), default=True)

    class Meta:
        verbose_name = _("langue d'un formateur")
        verbose_name_plural = _("langues des formateurs")
        constraints = [
            models.UniqueConstraint(
                fields=["trainer", "language"], name="one_row_per_trainer_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} · {self.get_language_display()}"


class QualificationQuerySet(models.QuerySet["Qualification"]):
    def valid_on(self, day: datetime.date) -> "QualificationQuerySet":
        return self.filter(granted_on__lte=day, expires_on__gte=day, withdrawn_on=None)

    def lapsing(self, day: datetime.date, *, within: int) -> "QualificationQuerySet":
        """Those that end in the `within` days from that day, and that no later one takes over."""
        later = Qualification.objects.filter(
            trainer=OuterRef("trainer"),
            curriculum=OuterRef("curriculum"),
            expires_on__gt=OuterRef("expires_on"),
            withdrawn_on=None,
        )
        ends = (day, day + datetime.timedelta(days=within))
        return self.filter(~Exists(later), withdrawn_on=None, expires_on__range=ends)


class Qualification(models.Model):
    """The right to train in one curriculum, from one day to another.

    It stands on the trainer's grounds for that curriculum, or on the reason for doing without.
    """

    trainer = models.ForeignKey(
        Trainer,
        verbose_name=_("formateur"),
        on_delete=models.CASCADE,
        related_name="qualifications",
    )
    curriculum = models.ForeignKey(
        CurriculumPage,
        verbose_name=_("curriculum"),
        on_delete=models.PROTECT,
        related_name="qualifications",
    )
    level = models.CharField(
        _("niveau"),
        max_length=12,
        choices=QualificationLevel,
        default=QualificationLevel.LEAD,
    )
    granted_on = models.DateField(_("accordée le"))
    expires_on = models.DateField(_("échoit le"))
    granted_by = models.CharField(_("accordée par"), max_length=120, blank=True)
    exception_reason = models.TextField(_("motif de l'exception aux trois fondements"), blank=True)
    withdrawn_on = models.DateField(_("retirée le"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("motif du retrait"), blank=True)

    history = HistoricalRecords()
    objects = QualificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("habilitation")
        verbose_name_plural = _("habilitations")
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("granted_on")),
                name="qualification_expires_after_grant",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} · {self.curriculum_id} → {self.expires_on}"


class TrainerMove(models.Model):
    """From one state to another: when, by whom, why. Append-only."""

    trainer = models.ForeignKey(
        Trainer, verbose_name=_("formateur"), on_delete=models.CASCADE, related_name="moves"
    )
    from_state = models.CharField(_("état quitté"), max_length=10, choices=TrainerState, blank=True)
    to_state = models.CharField(_("nouvel état"), max_length=10, choices=TrainerState)
    moved_on = models.DateField(_("depuis le"))
    reason = models.CharField(_("motif"), max_length=200, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("auteur"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trainer_moves",
    )
    recorded_at = models.DateTimeField(_("noté le"))

    class Meta:
        verbose_name = _("changement d'état d'un formateur")
        verbose_name_plural = _("changements d'état des formateurs")

    def __str__(self) -> str:
        return f"{self.trainer_id} · {self.to_state} · {self.moved_on}"


class TrainerSpeciality(models.Model):
    """A register of experts that a trainer is entered in."""

    trainer = models.ForeignKey(
        Trainer,
        verbose_name=_("formateur"),
        on_delete=models.CASCADE,
        related_name="expertise",
    )
    speciality = models.CharField(_("spécialité"), max_length=24, choices=Speciality)
    detail = models.CharField(_("précision"), max_length=160, blank=True)

    class Meta:
        verbose_name = _("spécialité d'un formateur")
        verbose_name_plural = _("spécialités des formateurs")
        constraints = [
            models.UniqueConstraint(
                fields=["trainer", "speciality"], name="one_row_per_trainer_speciality"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} · {self.speciality}"


class TrainerUnavailability(models.Model):
    trainer = models.ForeignKey(
        Trainer,
        verbose_name=_("formateur"),
        on_delete=models.CASCADE,
        related_name="unavailabilities",
    )
    starts_on = models.DateField(_("du"))
    ends_on = models.DateField(_("au"))
    reason = models.CharField(_("motif"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("indisponibilité d'un formateur")
        verbose_name_plural = _("indisponibilités des formateurs")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="unavailability_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} · {self.starts_on} → {self.ends_on}"


class QualificationGroundQuerySet(models.QuerySet["QualificationGround"]):
    def kept(self) -> "QualificationGroundQuerySet":
        """Those nobody withdrew: only they found something."""
        return self.filter(voided_at=None)


class QualificationGround(models.Model):
    """One thing that founds a qualification, with its proof (domain §5).

    Training of trainers passed, co-facilitation of a session, observation sheet with its score in
    points of 100. A candidate gathers them before any qualification is granted. A wrong one is
    withdrawn with a reason and stays on record.
    """

    trainer = models.ForeignKey(
        Trainer, verbose_name=_("formateur"), on_delete=models.CASCADE, related_name="grounds"
    )
    curriculum = models.ForeignKey(
        CurriculumPage,
        verbose_name=_("curriculum"),
        on_delete=models.PROTECT,
        related_name="qualification_grounds",
    )
    basis = models.CharField(_("fondement"), max_length=20, choices=QualificationBasis)
    happened_on = models.DateField(_("date"))
    session = models.ForeignKey(
        "trainers.TrainingSession",
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="qualification_grounds",
    )
    score = models.PositiveSmallIntegerField(
        _("note de la fiche d'observation (points sur 100)"), null=True, blank=True
    )
    proof = models.ForeignKey(
        Evidence,
        verbose_name=_("preuve"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="qualification_grounds",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("noté par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="qualification_grounds",
    )
    recorded_at = models.DateTimeField(_("noté le"))
    voided_at = models.DateTimeField(_("annulé le"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("annulé par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="voided_grounds",
    )
    void_reason = models.CharField(_("motif de l'annulation"), max_length=200, blank=True)

    objects = QualificationGroundQuerySet.as_manager()

    class Meta:
        verbose_name = _("fondement d'une habilitation")
        verbose_name_plural = _("fondements des habilitations")
        constraints = [
            models.UniqueConstraint(
                fields=["trainer", "curriculum", "basis", "happened_on"],
                condition=Q(voided_at=None),
                name="one_ground_per_basis_and_day",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None) | ~Q(void_reason=""),
                name="voided_ground_has_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(score=None) | Q(score__lte=100), name="observation_score_within_100"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trainer_id} · {self.basis} · {self.happened_on}"
