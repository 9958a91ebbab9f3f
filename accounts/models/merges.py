"""What people decided of records that look alike: one person, or two."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.people import Person


class PersonMerge(models.Model):
    """One merge, with all that is needed to undo it.

    `taken` maps each field of the kept record that changed to `[before, after]`; `moved` lists the
    postings that were moved, by id. Nothing else leaves the merged record.
    """

    kept = models.ForeignKey(
        Person,
        verbose_name=_("fiche gardée"),
        on_delete=models.PROTECT,
        related_name="merges_received",
    )
    merged = models.ForeignKey(
        Person, verbose_name=_("fiche fusionnée"), on_delete=models.PROTECT, related_name="merges"
    )
    taken = models.JSONField(_("champs repris"), default=dict)
    moved = models.JSONField(_("affectations déplacées"), default=list)
    reason = models.CharField(_("motif"), max_length=200)
    merged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("fusionnées par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="person_merges",
    )
    merged_at = models.DateTimeField(_("fusionnées le"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("séparées par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="undone_person_merges",
    )
    undone_at = models.DateTimeField(_("séparées le"), null=True, blank=True)
    undo_reason = models.CharField(_("motif de la séparation"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("fusion de deux fiches")
        verbose_name_plural = _("fusions de fiches")
        constraints = [
            models.CheckConstraint(condition=~Q(kept=F("merged")), name="merge_of_two_records"),
            models.UniqueConstraint(
                fields=["merged"], condition=Q(undone_at=None), name="one_merge_in_force_per_record"
            ),
            models.CheckConstraint(
                condition=Q(undone_at=None) | ~Q(undo_reason=""), name="undone_merge_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merged_id} → {self.kept_id}"


class DistinctPersons(models.Model):
    """Two records that somebody looked at and found to be two people: no more proposed."""

    first = models.ForeignKey(
        Person, verbose_name=_("première fiche"), on_delete=models.CASCADE, related_name="+"
    )
    second = models.ForeignKey(
        Person, verbose_name=_("seconde fiche"), on_delete=models.CASCADE, related_name="+"
    )
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("dit par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    said_at = models.DateTimeField(_("dit le"))

    class Meta:
        verbose_name = _("personnes distinctes")
        verbose_name_plural = _("personnes distinctes")
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_row_per_distinct_pair"),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="distinct_pair_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ≠ {self.second_id}"
