"""Seats asked for by a link or a QR code, and presence that people declare themselves."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Sex
from accounts.models import Person, Profession, Territory
from trainers.enums import RegistrationState
from trainers.models.participations import AttendanceMark, Participation
from trainers.models.sessions import SessionSlot, TrainingSession


class RegistrationLink(models.Model):
    """The public way in to one session's list, behind a token that can be changed or closed."""

    session = models.OneToOneField(
        TrainingSession,
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="registration_link",
    )
    token = models.CharField(_("jeton"), max_length=32, unique=True)
    closes_on = models.DateField(_("ouvert jusqu'au"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ouvert par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registration_links",
    )
    opened_at = models.DateTimeField(_("ouvert le"))
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien d'inscription")
        verbose_name_plural = _("liens d'inscription")

    def __str__(self) -> str:
        return f"{self.session_id} · {self.closes_on}"


class Registration(models.Model):
    """What somebody wrote to ask for a seat. The client makes the UUID: sent twice, it is one."""

    uuid = models.UUIDField(_("identifiant du client"), unique=True)
    session = models.ForeignKey(
        TrainingSession,
        verbose_name=_("session"),
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    state = models.CharField(
        _("état"), max_length=10, choices=RegistrationState, default=RegistrationState.PENDING
    )
    family_name = models.CharField(_("nom"), max_length=80)
    given_name = models.CharField(_("prénom"), max_length=80, blank=True)
    sex = models.CharField(_("sexe"), max_length=1, choices=Sex, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    profession = models.ForeignKey(
        Profession,
        verbose_name=_("profession"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    organization = models.CharField(_("structure"), max_length=160, blank=True)
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    birth_year = models.PositiveSmallIntegerField(_("année de naissance"), null=True, blank=True)
    person = models.ForeignKey(
        Person,
        verbose_name=_("personne du compte"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    participation = models.ForeignKey(
        Participation,
        verbose_name=_("participation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="registrations",
    )
    asked_at = models.DateTimeField(_("demandée le"))
    decided_at = models.DateTimeField(_("décidée le"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("décidée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decided_registrations",
    )
    reason = models.CharField(_("motif"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("demande d'inscription")
        verbose_name_plural = _("demandes d'inscription")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=RegistrationState.APPROVED) | Q(participation__isnull=False),
                name="approved_registration_is_enrolled",
            ),
        ]
        indexes = [models.Index(fields=["session", "state"], name="registration_state")]

    def __str__(self) -> str:
        return f"{self.session_id} · {self.family_name} {self.given_name}"


class DeclaredPresence(models.Model):
    """Somebody's own word for a half-day: no mark, until the trainer confirms it."""

    uuid = models.UUIDField(_("identifiant du client"), unique=True)
    participation = models.ForeignKey(
        Participation,
        verbose_name=_("participation"),
        on_delete=models.PROTECT,
        related_name="declared_presences",
    )
    slot = models.ForeignKey(
        SessionSlot,
        verbose_name=_("demi-journée"),
        on_delete=models.PROTECT,
        related_name="declared_presences",
    )
    declared_at = models.DateTimeField(_("déclarée le"))
    mark = models.OneToOneField(
        AttendanceMark,
        verbose_name=_("pointage qui la confirme"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="declared_presence",
    )
    refused_at = models.DateTimeField(_("écartée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("présence déclarée")
        verbose_name_plural = _("présences déclarées")
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "slot"], name="one_declaration_per_half_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} · {self.slot_id}"
