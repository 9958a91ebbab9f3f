"""What surrounds a session: its spending, its report in words, and its checks by telephone."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from trainers.enums import PhoneCheckResult
from trainers.models.awareness import AwarenessEvent
from trainers.models.evidence import Evidence
from trainers.models.participations import Participation
from trainers.models.plan import PlanItem
from trainers.models.sessions import TrainingSession


class Expense(models.Model):
    """Money spent, in FCFA, on a session, an awareness event, or a line of the training plan.

    The client makes the UUID: sent twice, it is one expense. Nothing is corrected in place: a
    mistake is voided with a reason, then written again.
    """

    uuid = models.UUIDField(_("identifiant du client"), default=uuid.uuid4, unique=True)
    session = models.ForeignKey(
        TrainingSession,
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="expenses",
    )
    event = models.ForeignKey(
        AwarenessEvent,
        verbose_name=_("action de sensibilisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="expenses",
    )
    plan_item = models.ForeignKey(
        PlanItem,
        verbose_name=_("ligne du plan de formation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="expenses",
    )
    spent_on = models.DateField(_("date"))
    label = models.CharField(_("objet"), max_length=160)
    amount = models.PositiveBigIntegerField(_("montant (FCFA)"))
    proof = models.ForeignKey(
        Evidence,
        verbose_name=_("justificatif"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="expenses",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saisie par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="expenses",
    )
    recorded_at = models.DateTimeField(_("saisie le"))
    voided_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("annulée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="voided_expenses",
    )
    void_reason = models.CharField(_("motif de l'annulation"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("dépense fictive de démonstration"), default=False)

    class Meta:
        verbose_name = _("dépense")
        verbose_name_plural = _("dépenses")
        constraints = [
            models.CheckConstraint(
                condition=Q(session__isnull=False, event=None, plan_item=None)
                | Q(session=None, event__isnull=False, plan_item=None)
                | Q(session=None, event=None, plan_item__isnull=False),
                name="expense_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(voided_at=None) | ~Q(void_reason=""),
                name="voided_expense_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label} · {self.amount}"


class SessionReport(models.Model):
    """What only the trainer can tell of a session; the figures of the report are computed."""

    session = models.OneToOneField(
        TrainingSession,
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="written_report",
    )
    course_of_events = models.TextField(_("déroulement"), blank=True)
    difficulties = models.TextField(_("difficultés"), blank=True)
    recommendations = models.TextField(_("recommandations"), blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("rédigé par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="session_reports",
    )
    updated_at = models.DateTimeField(_("modifié le"))

    class Meta:
        verbose_name = _("rapport de session rédigé")
        verbose_name_plural = _("rapports de session rédigés")

    def __str__(self) -> str:
        return f"{self.session_id}"


class PhoneCheck(models.Model):
    """One participant drawn, from a kept seed, to be asked by telephone whether they came."""

    participation = models.OneToOneField(
        Participation,
        verbose_name=_("participation"),
        on_delete=models.PROTECT,
        related_name="phone_check",
    )
    seed = models.PositiveBigIntegerField(_("graine du tirage"))
    drawn_at = models.DateTimeField(_("tirée le"))
    drawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("tirée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="drawn_phone_checks",
    )
    result = models.CharField(_("résultat"), max_length=12, choices=PhoneCheckResult, blank=True)
    called_at = models.DateTimeField(_("appelée le"), null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("appelée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="made_phone_checks",
    )
    note = models.CharField(_("note"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("vérification par téléphone")
        verbose_name_plural = _("vérifications par téléphone")
        constraints = [
            models.CheckConstraint(
                condition=Q(result="", called_at=None)
                | (~Q(result="") & Q(called_at__isnull=False)),
                name="phone_check_result_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} · {self.result or '—'}"
