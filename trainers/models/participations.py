"""The one fact everything counts from: one person in one session or one self-paced run."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Sex
from accounts.models import Organization, Person, Profession, Territory
from courses.models import CourseRun
from trainers.enums import EntrySource, LadderStatus, SessionState
from trainers.models.evidence import Evidence
from trainers.models.sessions import SessionSlot, TrainingSession

INFORMED_OR_MORE = (LadderStatus.INFORMED, LadderStatus.TRAINED, LadderStatus.CERTIFIED)
TRAINED_OR_MORE = (LadderStatus.TRAINED, LadderStatus.CERTIFIED)


class ParticipationQuerySet(models.QuerySet["Participation"]):
    def informed(self) -> "ParticipationQuerySet":
        """Informed, trained or certified: whoever was trained was informed first."""
        return self.filter(status__in=INFORMED_OR_MORE)

    def trained(self) -> "ParticipationQuerySet":
        return self.filter(status__in=TRAINED_OR_MORE)

    def validated(self) -> "ParticipationQuerySet":
        """Behind a session that a third person validated: the only ones that count (domain §3)."""
        return self.filter(session__state=SessionState.VALIDATED)


class Participation(models.Model):
    """Sex, profession, structure and territory are frozen at the session's date (domain §2).

    `status`, `contact_minutes` and `attendance_percent` are computed by
    `trainers.participation.records.refresh_ladder` and kept for queries; nobody types them.
    """

    person = models.ForeignKey(
        Person, verbose_name=_("personne"), on_delete=models.PROTECT, related_name="participations"
    )
    session = models.ForeignKey(
        TrainingSession,
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    course_run = models.OneToOneField(
        CourseRun,
        verbose_name=_("parcours individuel"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participation",
    )
    sex = models.CharField(_("sexe"), max_length=1, choices=Sex, blank=True)
    profession = models.ForeignKey(
        Profession,
        verbose_name=_("profession"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("structure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire d'affectation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="participations",
    )
    status = models.CharField(
        _("échelon"), max_length=10, choices=LadderStatus, default=LadderStatus.ENROLLED
    )
    contact_minutes = models.PositiveIntegerField(_("minutes de contact"), default=0)
    attendance_percent = models.DecimalField(
        _("assiduité (%)"), max_digits=5, decimal_places=2, default=0
    )
    post_percent = models.FloatField(
        _("score au post-test (points sur 100)"), null=True, blank=True
    )
    enrolled_at = models.DateTimeField(_("inscrit le"))

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        verbose_name = _("participation")
        verbose_name_plural = _("participations")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "session"], name="one_participation_per_person_session"
            ),
            models.CheckConstraint(
                condition=Q(session__isnull=False, course_run__isnull=True)
                | Q(session__isnull=True, course_run__isnull=False),
                name="participation_of_a_session_or_a_run",
            ),
        ]
        indexes = [models.Index(fields=["session", "status"], name="participation_status")]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.session_id or self.course_run_id}"


class AttendanceMark(models.Model):
    """One pointing of one participation in one half-day: append-only (domain §3).

    A correction is a new mark that voids another, with a reason.
    """

    uuid = models.UUIDField(_("identifiant du client"), default=uuid.uuid4, unique=True)
    participation = models.ForeignKey(
        Participation,
        verbose_name=_("participation"),
        on_delete=models.PROTECT,
        related_name="marks",
    )
    slot = models.ForeignKey(
        SessionSlot, verbose_name=_("demi-journée"), on_delete=models.PROTECT, related_name="marks"
    )
    is_present = models.BooleanField(_("présent"), default=True)
    source = models.CharField(_("source"), max_length=10, choices=EntrySource)
    device_at = models.DateTimeField(_("heure de l'appareil"), null=True, blank=True)
    recorded_at = models.DateTimeField(_("heure du serveur"))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("pointé par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recorded_marks",
    )
    evidence = models.ForeignKey(
        Evidence,
        verbose_name=_("fichier d'origine"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="marks",
    )
    voids = models.OneToOneField(
        "self",
        verbose_name=_("annule"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="voided_by",
    )
    void_reason = models.CharField(_("motif de la correction"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("pointage")
        verbose_name_plural = _("pointages")
        constraints = [
            models.CheckConstraint(
                condition=Q(voids=None) | ~Q(void_reason=""), name="voiding_mark_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["slot", "participation"], name="mark_of_a_half_day")]

    def __str__(self) -> str:
        return f"{self.participation_id} · {self.slot_id}"
