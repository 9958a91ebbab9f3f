"""Persons, the structures they serve in, and their dated postings."""

import datetime
import uuid

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.enums import OrganizationKind, Sex
from accounts.models.reference import Profession, Territory


class Organization(models.Model):
    name = models.CharField(_("nom"), max_length=160)
    name_key = models.CharField(_("clé de recherche"), max_length=160, db_index=True)
    kind = models.CharField(_("nature"), max_length=14, choices=OrganizationKind, blank=True)
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organizations",
    )

    class Meta:
        verbose_name = _("structure")
        verbose_name_plural = _("structures")
        constraints = [
            models.UniqueConstraint(
                fields=["name_key", "territory"],
                name="one_organization_per_name_and_territory",
            ),
            models.UniqueConstraint(
                fields=["name_key"],
                condition=Q(territory=None),
                name="one_organization_per_name_without_territory",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PersonQuerySet(models.QuerySet["Person"]):
    def kept(self) -> "PersonQuerySet":
        """Persons that were not merged into another record."""
        return self.filter(merged_into=None)

    def same_as(self, person_id: int | None) -> "PersonQuerySet":
        """Every record of one human being: the kept one, and those merged into it or into this."""
        known = Person.objects.filter(pk__in=[person_id])
        kept = known.annotate(kept=Coalesce("merged_into", "pk")).values("kept")
        return self.filter(
            Q(pk__in=kept) | Q(merged_into__in=kept) | Q(pk__in=known) | Q(merged_into__in=known)
        )


class Person(models.Model):
    """One human being, with or without an account. Trainer and learner are the same record.

    A merge is a pointer to the kept person (`merged_into`): reversible, and nothing is lost.
    """

    uuid = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    family_name = models.CharField(_("nom"), max_length=80)
    given_name = models.CharField(_("prénom"), max_length=80, blank=True)
    name_key = models.CharField(_("clé de nom"), max_length=180, db_index=True)
    sex = models.CharField(_("sexe"), max_length=1, choices=Sex, blank=True)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True, db_index=True)
    email = models.EmailField(_("adresse e-mail"), blank=True)
    matricule = models.CharField(_("matricule"), max_length=40, blank=True, db_index=True)
    birth_year = models.PositiveSmallIntegerField(_("année de naissance"), null=True, blank=True)
    profession = models.ForeignKey(
        Profession,
        verbose_name=_("profession"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="persons",
    )
    merged_into = models.ForeignKey(
        "self",
        verbose_name=_("fusionnée avec"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_records",
    )
    is_demo = models.BooleanField(_("personne fictive de démonstration"), default=False)
    created_at = models.DateTimeField(_("créée le"), auto_now_add=True)

    history = HistoricalRecords()
    objects = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("personne")
        verbose_name_plural = _("personnes")

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}".strip()


class PostingQuerySet(models.QuerySet["Posting"]):
    def on(self, day: datetime.date) -> "PostingQuerySet":
        """Postings in force that day."""
        return self.filter(
            Q(started_on=None) | Q(started_on__lte=day), Q(ended_on=None) | Q(ended_on__gte=day)
        )


class Posting(models.Model):
    """Where a person serves, from when to when. A transfer ends one posting and starts another."""

    person = models.ForeignKey(
        Person, verbose_name=_("personne"), on_delete=models.CASCADE, related_name="postings"
    )
    organization = models.ForeignKey(
        Organization,
        verbose_name=_("structure"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="postings",
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="postings",
    )
    started_on = models.DateField(_("depuis le"), null=True, blank=True)
    ended_on = models.DateField(_("jusqu'au"), null=True, blank=True)

    objects = PostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("affectation")
        verbose_name_plural = _("affectations")
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(started_on=None) | Q(ended_on__gte=F("started_on")),
                name="posting_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(ended_on=None), name="one_open_posting_per_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} · {self.organization or '—'}"
