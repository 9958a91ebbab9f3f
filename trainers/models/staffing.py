"""Trainers asked for a session: invitations, and calls that they answer."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from trainers.enums import InvitationState, SessionRole
from trainers.models.registry import Trainer
from trainers.models.sessions import TrainingSession


class TrainerCall(models.Model):
    """A call for trainers for one session, open until a day."""

    session = models.OneToOneField(
        TrainingSession,
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="trainer_call",
    )
    message = models.TextField(_("message"), blank=True)
    closes_on = models.DateField(_("répondre avant le"))
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("lancé par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trainer_calls",
    )
    opened_at = models.DateTimeField(_("lancé le"))
    closed_at = models.DateTimeField(_("clos le"), null=True, blank=True)

    class Meta:
        verbose_name = _("appel à formateurs")
        verbose_name_plural = _("appels à formateurs")

    def __str__(self) -> str:
        return f"{self.session_id} · {self.closes_on}"


class TrainerInvitation(models.Model):
    """A trainer asked for a session, or who applied to its call, and the answer."""

    session = models.ForeignKey(
        TrainingSession,
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="invitations",
    )
    trainer = models.ForeignKey(
        Trainer, verbose_name=_("formateur"), on_delete=models.PROTECT, related_name="invitations"
    )
    role = models.CharField(_("rôle"), max_length=12, choices=SessionRole)
    state = models.CharField(
        _("état"), max_length=10, choices=InvitationState, default=InvitationState.INVITED
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("demandé par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="trainer_invitations",
    )
    asked_at = models.DateTimeField(_("demandé le"))
    answered_at = models.DateTimeField(_("répondu le"), null=True, blank=True)
    note = models.CharField(_("mot"), max_length=200, blank=True)

    history = HistoricalRecords()  # asked again, the earlier answer stays there

    class Meta:
        verbose_name = _("invitation d'un formateur")
        verbose_name_plural = _("invitations de formateurs")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "trainer"], name="one_invitation_per_trainer_session"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[InvitationState.ACCEPTED, InvitationState.DECLINED])
                | Q(answered_at__isnull=False),
                name="answered_invitation_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} · {self.trainer_id} · {self.state}"
