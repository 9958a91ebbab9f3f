"""The plan's results framework as printed, and how each indicator is read."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from indicators.enums import Aggregation, ComparedFigure, MeasuredBy, Method, ResultLevel, Unit


class Indicator(models.Model):
    """One of the 39 indicators of the PAN-TP 2023-2027, quirks kept (`note`)."""

    code = models.CharField(_("référence"), max_length=10, unique=True)
    axis = models.PositiveSmallIntegerField(_("axe"))
    objective = models.CharField(_("objectif"), max_length=10)
    level = models.CharField(_("niveau"), max_length=10, choices=ResultLevel)
    result = models.TextField(_("résultat"))
    label = models.TextField(_("intitulé"))
    unit = models.CharField(_("unité"), max_length=10, choices=Unit)
    aggregation = models.CharField(_("agrégation"), max_length=10, choices=Aggregation)
    baseline = models.DecimalField(
        _("référence de départ"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    printed_total = models.DecimalField(
        _("total imprimé"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    verification_sources = models.TextField(_("sources de vérification"), blank=True)
    measured_by = models.CharField(_("mesure"), max_length=10, choices=MeasuredBy)
    note = models.TextField(_("note sur le plan imprimé"), blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"))

    class Meta:
        verbose_name = _("indicateur")
        verbose_name_plural = _("indicateurs")

    def __str__(self) -> str:
        return f"{self.code} · {self.label[:60]}"

    @property
    def is_measured_here(self) -> bool:
        return self.measured_by == MeasuredBy.PLATFORM


class Target(models.Model):
    """A yearly target as printed; a null value is a cell printed blank or N/A, not a zero."""

    indicator = models.ForeignKey(
        Indicator, verbose_name=_("indicateur"), on_delete=models.CASCADE, related_name="targets"
    )
    year = models.PositiveSmallIntegerField(_("année"))
    value = models.DecimalField(_("cible"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = _("cible annuelle")
        verbose_name_plural = _("cibles annuelles")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "year"], name="one_target_per_year"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.year} : {self.value}"


class ReferenceSheet(models.Model):
    """How an indicator is measured, version by version: the method is a choice of the committee."""

    indicator = models.ForeignKey(
        Indicator,
        verbose_name=_("indicateur"),
        on_delete=models.CASCADE,
        related_name="reference_sheets",
    )
    version = models.PositiveSmallIntegerField(_("version"))
    effective_on = models.DateField(_("en vigueur depuis le"))
    method = models.CharField(_("méthode"), max_length=24, choices=Method)
    compared_figure = models.CharField(
        _("chiffre comparé à la cible"),
        max_length=16,
        choices=ComparedFigure,
        default=ComparedFigure.PARTICIPATIONS,
    )
    topics = models.JSONField(_("thèmes retenus"), default=list, blank=True)
    categories = models.JSONField(_("catégories de professions retenues"), default=list, blank=True)
    criminal_justice_chain_only = models.BooleanField(_("chaîne pénale seulement"), default=False)
    formula = models.TextField(_("calcul"))
    source = models.TextField(_("source"))
    not_counted = models.TextField(_("ce qui n'est pas compté"), blank=True)
    reason = models.TextField(_("motif de la version"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("auteur"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="reference_sheets",
    )

    class Meta:
        verbose_name = _("fiche de référence")
        verbose_name_plural = _("fiches de référence")
        constraints = [
            models.UniqueConstraint(fields=["indicator", "version"], name="one_sheet_per_version"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator_id} v{self.version}"
