"""Unnamed facts: awareness events, their headcounts, and the documents handed out.

They never enter unique persons (domain §2).
"""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.enums import Sex
from accounts.models import Organization, ProfessionCategory, Territory
from trainers.enums import (
    AgeBand,
    AwarenessTheme,
    DocumentKind,
    EventKind,
    PollMethod,
    PollMoment,
    Sector,
    SessionState,
    SessionType,
)
from trainers.models.evidence import Evidence
from trainers.models.plan import PlanActivity, PlanItem


class AwarenessEventQuerySet(models.QuerySet["AwarenessEvent"]):
    def held_between(self, start: datetime.date, end: datetime.date) -> "AwarenessEventQuerySet":
        return self.filter(held_on__range=(start, end)).exclude(state=SessionState.CANCELLED)

    def validated(self) -> "AwarenessEventQuerySet":
        return self.filter(state=SessionState.VALIDATED)


class AwarenessEvent(models.Model):
    uuid = models.UUIDField(_("identifiant du client"), null=True, blank=True, unique=True)
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
    theme = models.CharField(_("thème"), max_length=12, choices=AwarenessTheme, blank=True)
    sector = models.CharField(_("secteur"), max_length=14, choices=Sector, blank=True)
    held_on = models.DateField(_("date"))
    held_by = models.CharField(_("animée par"), max_length=160, blank=True)
    plan_activity = models.ForeignKey(
        PlanActivity,
        verbose_name=_("activité du plan"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    plan_item = models.ForeignKey(
        PlanItem,
        verbose_name=_("ligne du plan de formation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="events",
    )
    poll_method = models.CharField(
        _("façon d'interroger"), max_length=14, choices=PollMethod, blank=True
    )
    poll_question = models.CharField(_("question posée"), max_length=200, blank=True)
    poll_answer = models.CharField(_("bonne réponse"), max_length=3, blank=True)
    poll_token = models.CharField(
        _("jeton du formulaire court"), max_length=32, blank=True, db_index=True
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
    cancellation_reason = models.TextField(_("motif d'annulation"), blank=True)
    is_demo = models.BooleanField(_("action fictive de démonstration"), default=False)

    objects = AwarenessEventQuerySet.as_manager()
    history = HistoricalRecords()

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
    def standing(self) -> "DisseminationQuerySet":
        """Without those recorded by mistake and voided since."""
        return self.filter(voided_at=None)

    def handed_between(self, start: datetime.date, end: datetime.date) -> "DisseminationQuerySet":
        return self.standing().filter(handed_on__range=(start, end))


class Dissemination(models.Model):
    """Copies of a manual or a sheet handed over, against a receipt. Downloads are counted apart."""

    uuid = models.UUIDField(_("identifiant du client"), null=True, blank=True, unique=True)
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
    receipt = models.ForeignKey(
        Evidence,
        verbose_name=_("reçu"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disseminations",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saisie par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="disseminations",
    )
    recorded_at = models.DateTimeField(_("saisie le"), null=True, blank=True)
    voided_at = models.DateTimeField(_("annulée le"), null=True, blank=True)
    voided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("annulée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="voided_disseminations",
    )
    void_reason = models.CharField(_("motif de l'annulation"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("remise fictive de démonstration"), default=False)

    objects = DisseminationQuerySet.as_manager()

    class Meta:
        verbose_name = _("diffusion d'un document")
        verbose_name_plural = _("diffusions de documents")

    def __str__(self) -> str:
        return f"{self.title} · {self.copies}"


class EventBallot(models.Model):
    """One anonymous answer to the short form of an event; the client makes the UUID."""

    uuid = models.UUIDField(_("identifiant du client"), unique=True)
    event = models.ForeignKey(
        AwarenessEvent, verbose_name=_("action"), on_delete=models.CASCADE, related_name="ballots"
    )
    moment = models.CharField(_("moment"), max_length=6, choices=PollMoment)
    is_right = models.BooleanField(_("réponse juste"))

    class Meta:
        verbose_name = _("bulletin anonyme")
        verbose_name_plural = _("bulletins anonymes")

    def __str__(self) -> str:
        return f"{self.event_id} · {self.moment}"


class PartnerReport(models.Model):
    """An old report of a partner that gives numbers without names: shown apart, never persons."""

    partner = models.CharField(_("partenaire"), max_length=160)
    title = models.CharField(_("intitulé"), max_length=200)
    type = models.CharField(_("type"), max_length=10, choices=SessionType)
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        on_delete=models.PROTECT,
        related_name="partner_reports",
    )
    held_from = models.DateField(_("du"))
    held_to = models.DateField(_("au"))
    evidence = models.ForeignKey(
        Evidence,
        verbose_name=_("rapport"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partner_reports",
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saisi par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partner_reports",
    )
    recorded_at = models.DateTimeField(_("saisi le"))
    is_demo = models.BooleanField(_("rapport fictif de démonstration"), default=False)

    class Meta:
        verbose_name = _("rapport d'un partenaire")
        verbose_name_plural = _("rapports de partenaires")
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "title", "territory", "held_from", "held_to"],
                name="one_partner_report_per_title_and_dates",
            ),
            models.CheckConstraint(
                condition=Q(held_to__gte=models.F("held_from")),
                name="partner_report_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner} · {self.title}"


class PartnerHeadcount(models.Model):
    """How many people of one sex and category a partner's report gives."""

    report = models.ForeignKey(
        PartnerReport,
        verbose_name=_("rapport"),
        on_delete=models.CASCADE,
        related_name="headcounts",
    )
    sex = models.CharField(_("sexe"), max_length=1, choices=Sex, blank=True)
    category = models.ForeignKey(
        ProfessionCategory,
        verbose_name=_("catégorie"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="partner_headcounts",
    )
    people = models.PositiveIntegerField(_("effectif"))

    class Meta:
        verbose_name = _("effectif d'un rapport de partenaire")
        verbose_name_plural = _("effectifs des rapports de partenaires")
        constraints = [
            models.UniqueConstraint(
                fields=["report", "sex", "category"],
                condition=Q(category__isnull=False),
                name="one_partner_headcount_per_sex_and_category",
            ),
            models.UniqueConstraint(
                fields=["report", "sex"],
                condition=Q(category=None),
                name="one_partner_headcount_per_sex_without_category",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.report_id} · {self.people}"
