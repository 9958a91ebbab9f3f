"""The training and awareness activities of the plan, and the thresholds the committee sets."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class RuleSet(models.Model):
    """Thresholds of the ladder, versioned: a change takes a reason and never moves the past.

    A session keeps the rule set in force on the day it starts.
    """

    version = models.PositiveSmallIntegerField(_("version"), unique=True)
    effective_on = models.DateField(_("en vigueur depuis le"), unique=True)
    min_hours = models.DecimalField(
        _("heures de contact minimales"), max_digits=5, decimal_places=2
    )
    min_attendance = models.PositiveSmallIntegerField(_("assiduité minimale (%)"))
    mastery = models.PositiveSmallIntegerField(_("seuil de maîtrise au post-test (%)"))
    donor_hours = models.DecimalField(
        _("heures de contact pour les bailleurs"), max_digits=5, decimal_places=2
    )
    reason = models.TextField(_("motif"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("auteur"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="rule_sets",
    )

    class Meta:
        verbose_name = _("règles de comptage")
        verbose_name_plural = _("règles de comptage")

    def __str__(self) -> str:
        return f"v{self.version}"


class PlanActivity(models.Model):
    """An activity of the plan's budgeted table, as printed."""

    code = models.CharField(_("code"), max_length=20, unique=True)
    axis = models.PositiveSmallIntegerField(_("axe"))
    objective = models.CharField(_("objectif"), max_length=10)
    action = models.CharField(_("action"), max_length=20)
    label = models.TextField(_("activité"))
    kind = models.CharField(_("nature"), max_length=20)
    planned_quantity = models.PositiveIntegerField(_("quantité prévue"), null=True, blank=True)
    quantity_unit = models.CharField(_("unité"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("activité du plan")
        verbose_name_plural = _("activités du plan")

    def __str__(self) -> str:
        return f"{self.code} · {self.label[:60]}"


class PlanActivityBudget(models.Model):
    activity = models.ForeignKey(
        PlanActivity, verbose_name=_("activité"), on_delete=models.CASCADE, related_name="budgets"
    )
    year = models.PositiveSmallIntegerField(_("année"))
    amount = models.PositiveBigIntegerField(_("budget (FCFA)"), null=True, blank=True)

    class Meta:
        verbose_name = _("budget annuel d'une activité")
        verbose_name_plural = _("budgets annuels des activités")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "year"], name="one_budget_per_activity_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} {self.year}"
