"""A training session: what is taught, where, when, by whom."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Organization, Territory
from courses.models import CurriculumPage, CurriculumVersion
from trainers.enums import Half, SessionMode, SessionRole, SessionState, SessionType
from trainers.models.plan import PlanActivity, PlanItem, RuleSet
from trainers.models.registry import Trainer


class TrainingSessionQuerySet(models.QuerySet["TrainingSession"]):
    def held_between(self, start: datetime.date, end: datetime.date) -> "TrainingSessionQuerySet":
        """Sessions that ended in the period (bounds included) and were not cancelled."""
        return self.filter(ends_on__range=(start, end)).exclude(state=SessionState.CANCELLED)

    def validated(self) -> "TrainingSessionQuerySet":
        return self.filter(state=SessionState.VALIDATED)


class TrainingSession(models.Model):
    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("intitulé"), max_length=200)
    type = models.CharField(
        _("type"), max_length=10, choices=SessionType, default=SessionType.TRAINING
    )
    state = models.CharField(
        _("état"), max_length=12, choices=SessionState, default=SessionState.PLANNED
    )
    curriculum = models.ForeignKey(
        CurriculumPage,
        verbose_name=_("curriculum"),
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    mode = models.CharField(
        _("modalité"), max_length=10, choices=SessionMode, default=SessionMode.ROOM
    )
    curriculum_version = models.CharField(_("version enseignée"), max_length=20)
    taught_version = models.ForeignKey(
        CurriculumVersion,
        verbose_name=_("texte enseigné"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire du lieu"),
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    venue = models.CharField(_("lieu"), max_length=160, blank=True)
    seats = models.PositiveSmallIntegerField(_("places"), null=True, blank=True)
    organizer = models.ForeignKey(
        Organization,
        verbose_name=_("organisateur"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organized_sessions",
    )
    funder = models.CharField(_("financement"), max_length=120, blank=True)
    plan_activity = models.ForeignKey(
        PlanActivity,
        verbose_name=_("activité du plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    plan_item = models.ForeignKey(
        PlanItem,
        verbose_name=_("ligne du plan de formation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    starts_on = models.DateField(_("début"))
    ends_on = models.DateField(_("fin"))
    rule_set = models.ForeignKey(
        RuleSet,
        verbose_name=_("règles de comptage"),
        on_delete=models.PROTECT,
        related_name="sessions",
    )
    no_test_reason = models.TextField(_("motif d'absence de tests"), blank=True)
    roll_call_confirmed_by = models.CharField(
        _("appel confirmé par (deux noms)"), max_length=200, blank=True
    )
    encoded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saisie par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="encoded_sessions",
    )
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("validée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="validated_sessions",
    )
    validated_at = models.DateTimeField(_("validée le"), null=True, blank=True)
    cancellation_reason = models.TextField(_("motif d'annulation"), blank=True)
    is_demo = models.BooleanField(_("session fictive de démonstration"), default=False)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)

    history = HistoricalRecords()
    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session de formation")
        verbose_name_plural = _("sessions de formation")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="session_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(state=SessionState.VALIDATED) | Q(validated_at__isnull=False),
                name="validated_session_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=SessionState.CANCELLED) | ~Q(cancellation_reason=""),
                name="cancelled_session_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class SessionSlot(models.Model):
    """A half-day of contact."""

    session = models.ForeignKey(
        TrainingSession, verbose_name=_("session"), on_delete=models.CASCADE, related_name="slots"
    )
    position = models.PositiveSmallIntegerField(_("ordre"))
    day_number = models.PositiveSmallIntegerField(_("jour"))
    half = models.CharField(_("demi-journée"), max_length=2, choices=Half)
    held_on = models.DateField(_("date"))
    minutes = models.PositiveSmallIntegerField(_("durée (minutes)"))

    class Meta:
        verbose_name = _("demi-journée")
        verbose_name_plural = _("demi-journées")
        constraints = [
            models.UniqueConstraint(fields=["session", "position"], name="one_slot_per_position"),
            models.UniqueConstraint(
                fields=["session", "day_number", "half"], name="one_slot_per_half_day"
            ),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="slot_has_minutes"),
        ]

    def __str__(self) -> str:
        return f"J{self.day_number} {self.get_half_display().lower()}"


class SessionTrainer(models.Model):
    session = models.ForeignKey(
        TrainingSession,
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="session_trainers",
    )
    trainer = models.ForeignKey(
        Trainer,
        verbose_name=_("formateur"),
        on_delete=models.PROTECT,
        related_name="session_trainers",
    )
    role = models.CharField(_("rôle"), max_length=12, choices=SessionRole)

    class Meta:
        verbose_name = _("formateur d'une session")
        verbose_name_plural = _("formateurs des sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "trainer"], name="one_role_per_trainer_session"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} · {self.trainer_id} · {self.get_role_display()}"
