"""Reference data that the plan and the State fix: territories, professions, size of the corps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.enums import TerritoryLevel


class TerritoryQuerySet(models.QuerySet["Territory"]):
    def regions(self) -> "TerritoryQuerySet":
        return self.filter(level=TerritoryLevel.REGION)

    def within(self, territory: "Territory") -> "TerritoryQuerySet":
        """The territory itself and everything under it."""
        if territory.level == TerritoryLevel.COUNTRY:
            return self.all()
        return self.filter(models.Q(pk=territory.pk) | models.Q(parent=territory))


class Territory(models.Model):
    """Country, region or cercle. Registers disagree on codes: our slug is the key (domain §8)."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    level = models.CharField(_("niveau"), max_length=10, choices=TerritoryLevel)
    parent = models.ForeignKey(
        "self",
        verbose_name=_("territoire parent"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
    )
    name = models.CharField(_("nom"), max_length=80)
    name_key = models.CharField(_("clé de recherche"), max_length=80, db_index=True)
    pcode = models.CharField(_("code OCHA"), max_length=12, blank=True)
    iso_3166_2 = models.CharField(_("code ISO 3166-2"), max_length=8, blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")

    def __str__(self) -> str:
        return self.name

    @property
    def region_id(self) -> int | None:
        """Primary key of the region this territory is or lies in; None for the country."""
        if self.level == TerritoryLevel.REGION:
            return self.pk
        return self.parent_id if self.level == TerritoryLevel.CERCLE else None


class ProfessionCategory(models.Model):
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=80)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("catégorie de professions")
        verbose_name_plural = _("catégories de professions")

    def __str__(self) -> str:
        return self.name


class Profession(models.Model):
    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("nom"), max_length=120)
    category = models.ForeignKey(
        ProfessionCategory,
        verbose_name=_("catégorie"),
        on_delete=models.PROTECT,
        related_name="professions",
    )
    is_criminal_justice_chain = models.BooleanField(_("chaîne pénale"), default=False)
    is_frontline = models.BooleanField(_("première ligne"), default=False)
    source = models.CharField(_("source"), max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(_("ordre"), default=0)

    class Meta:
        verbose_name = _("profession")
        verbose_name_plural = _("professions")

    def __str__(self) -> str:
        return self.name


class CorpsSize(models.Model):
    """Known head-count of a corps in a year, with the source that gives it."""

    category = models.ForeignKey(
        ProfessionCategory,
        verbose_name=_("catégorie"),
        on_delete=models.CASCADE,
        related_name="corps_sizes",
    )
    year = models.PositiveSmallIntegerField(_("année"))
    headcount = models.PositiveIntegerField(_("effectif"))
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("effectif d'un corps")
        verbose_name_plural = _("effectifs des corps")
        constraints = [
            models.UniqueConstraint(fields=["category", "year"], name="one_corps_size_per_year"),
        ]

    def __str__(self) -> str:
        return f"{self.category} {self.year} : {self.headcount}"
