"""Unnamed facts: awareness events, their headcounts, and the documents handed out.

They never enter unique persons (domain §2).
"""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Sex
from accounts.models import Organization, Territory
from trainers.enums import AgeBand, DocumentKind, EventKind, SessionState
from trainers.models.plan import PlanActivity


class AwarenessEventQuerySet(models.QuerySet["AwarenessEvent"]):
    def held_between(self, start: datetime.date, end: datetime.date) -> "AwarenessEventQuerySet":
        return self.filter(held_on__range=(start, end)).exclude(state=SessionState.CANCELLED)

    def validated(self) -> "AwarenessEventQuerySet":
        return self.filter(state=SessionState.VALIDATED)


class AwarenessEvent(models.Model):
    code = models.CharField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("nature"), max_length=20, choices=EventKind)
    title = models.CharField(_("intitulé"), max_length=200)
    state = models.CharField(
        _("état"), max_length=12, choices=SessionState, default=SessionState.TO_VALIDATE
    )
    territory = models.ForeignKey(
        Territory, verbose_name=_("territoire"), on_delete=models.PROTECT, related_name="events"
    )
    place = models.CharField(_("lieu"), max_length=160, blank=True)
    language = models.CharField(_("langue"), max_length=20, blank=True)
    held_on = models.DateField(_("date"))
    plan_activity = models.ForeignKey(
        PlanActivity,
        verbose_name=_("activité du plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    pre_answers = models.PositiveIntegerField(_("réponses avant"), null=True, blank=True)
    pre_knowing = models.PositiveIntegerField(_("réponses justes avant"), null=True, blank=True)
    post_answers = models.PositiveIntegerField(_("réponses après"), null=True, blank=True)
    post_knowing = models.PositiveIntegerField(_("réponses justes après"), null=True, blank=True)
    encoded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saisie par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="encoded_events",
    )
    validated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("validée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="validated_events",
    )
    validated_at = models.DateTimeField(_("validée le"), null=True, blank=True)
    is_demo = models.BooleanField(_("action fictive de démonstration"), default=False)

    objects = AwarenessEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("action de sensibilisation")
        verbose_name_plural = _("actions de sensibilisation")
        constraints = [
            models.CheckConstraint(
                condition=Q(pre_knowing=None) | Q(pre_knowing__lte=models.F("pre_answers")),
                name="event_pre_knowing_within_answers",
            ),
            models.CheckConstraint(
                condition=Q(post_knowing=None) | Q(post_knowing__lte=models.F("post_answers")),
                name="event_post_knowing_within_answers",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class Headcount(models.Model):
    """How many people of one sex and age band an awareness event reached."""

    event = models.ForeignKey(
        AwarenessEvent,
        verbose_name=_("action"),
        on_delete=models.CASCADE,
        related_name="headcounts",
    )
    sex = models.CharField(_("sexe"), max_length=1, choices=Sex, blank=True)
    age_band = models.CharField(_("tranche d'âge"), max_length=10, choices=AgeBand)
    people = models.PositiveIntegerField(_("effectif"))

    class Meta:
        verbose_name = _("effectif non nominatif")
        verbose_name_plural = _("effectifs non nominatifs")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "sex", "age_band"], name="one_headcount_per_sex_and_age"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} · {self.sex or '—'} · {self.people}"


class DisseminationQuerySet(models.QuerySet["Dissemination"]):
    def handed_between(self, start: datetime.date, end: datetime.date) -> "DisseminationQuerySet":
        return self.filter(handed_on__range=(start, end))


class Dissemination(models.Model):
    """Copies of a manual or a sheet handed over, against a receipt. Downloads are counted apart."""

    document_kind = models.CharField(_("document"), max_length=20, choices=DocumentKind)
    title = models.CharField(_("titre"), max_length=200)
    edition = models.CharField(_("édition"), max_length=40)
    copies = models.PositiveIntegerField(_("exemplaires"))
    handed_on = models.DateField(_("remis le"))
    recipient = models.ForeignKey(
        Organization,
        verbose_name=_("remis à"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disseminations",
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.PROTECT,
        related_name="disseminations",
    )
    receipt_reference = models.CharField(_("référence du reçu"), max_length=80, blank=True)
    is_demo = models.BooleanField(_("remise fictive de démonstration"), default=False)

    objects = DisseminationQuerySet.as_manager()

    class Meta:
        verbose_name = _("diffusion d'un document")
        verbose_name_plural = _("diffusions de documents")

    def __str__(self) -> str:
        return f"{self.title} · {self.copies}"
