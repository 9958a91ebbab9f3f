"""Which test a session uses, and what each person answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.enums import Occasion
from assessments.models.questions import TestForm
from trainers.enums import EntrySource
from trainers.models import Evidence, Participation


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def submitted(self) -> "AttemptQuerySet":
        return self.exclude(submitted_at=None)


class Attempt(models.Model):
    """One person's copy of one test, on one occasion.

    `responses` lists a letter or null per item, in the form's frozen order. The client makes the
    UUID: a repeat of the same one is the same copy. `percent` is in points of 100.
    """

    uuid = models.UUIDField(_("identifiant du client"), default=uuid.uuid4, unique=True)
    participation = models.ForeignKey(
        Participation,
        verbose_name=_("participation"),
        on_delete=models.PROTECT,
        related_name="attempts",
    )
    form = models.ForeignKey(
        TestForm, verbose_name=_("formulaire"), on_delete=models.PROTECT, related_name="attempts"
    )
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion)
    source = models.CharField(_("source"), max_length=10, choices=EntrySource)
    responses = models.JSONField(_("réponses"), default=list)
    correct = models.PositiveSmallIntegerField(_("réponses justes"), null=True, blank=True)
    counted_items = models.PositiveSmallIntegerField(_("items comptés"), null=True, blank=True)
    percent = models.FloatField(_("score (points sur 100)"), null=True, blank=True)
    started_at = models.DateTimeField(_("commencé le"))
    submitted_at = models.DateTimeField(_("rendu le"), null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("saisi par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="entered_attempts",
    )
    evidence = models.ForeignKey(
        Evidence,
        verbose_name=_("fichier d'origine"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="attempts",
    )

    objects = AttemptQuerySet.as_manager()

    class Meta:
        verbose_name = _("copie")
        verbose_name_plural = _("copies")
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "occasion"], name="one_copy_per_participation_and_occasion"
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(percent__isnull=False),
                name="submitted_copy_is_scored",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} · {self.occasion}"


class SessionForm(models.Model):
    """Which form a session uses on which occasion, and for which half of the group.

    Counterbalanced A/B: two rows per occasion; `seat_parity` 0 or 1 says who takes which, by rank
    in the list. A single form for everyone has `seat_parity` null.
    """

    session = models.ForeignKey(
        "trainers.TrainingSession",
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="session_forms",
    )
    occasion = models.CharField(_("occasion"), max_length=10, choices=Occasion)
    form = models.ForeignKey(
        TestForm,
        verbose_name=_("formulaire"),
        on_delete=models.PROTECT,
        related_name="session_forms",
    )
    seat_parity = models.PositiveSmallIntegerField(_("moitié du groupe"), null=True, blank=True)
    opened_at = models.DateTimeField(_("ouvert le"), null=True, blank=True)
    closed_at = models.DateTimeField(_("fermé le"), null=True, blank=True)

    class Meta:
        verbose_name = _("test d'une session")
        verbose_name_plural = _("tests des sessions")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "occasion", "seat_parity"],
                name="one_form_per_half_and_occasion",
            ),
            models.UniqueConstraint(
                fields=["session", "occasion"],
                condition=Q(seat_parity=None),
                name="one_form_for_everyone_and_occasion",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id} · {self.occasion} · {self.form_id}"


class CopyCorrection(models.Model):
    """A typing mistake mended in a copy on paper: append-only, with what was there and why.

    The copy then holds the new answers; each correction keeps the old ones. The client makes the
    UUID: a repeat is the same correction.
    """

    uuid = models.UUIDField(_("identifiant du client"), unique=True)
    attempt = models.ForeignKey(
        Attempt, verbose_name=_("copie"), on_delete=models.PROTECT, related_name="corrections"
    )
    form_before = models.ForeignKey(
        TestForm, verbose_name=_("formulaire avant"), on_delete=models.PROTECT, related_name="+"
    )
    form_after = models.ForeignKey(
        TestForm, verbose_name=_("formulaire après"), on_delete=models.PROTECT, related_name="+"
    )
    responses_before = models.JSONField(_("réponses avant"))
    responses_after = models.JSONField(_("réponses après"))
    percent_before = models.FloatField(_("score avant (points sur 100)"))
    percent_after = models.FloatField(_("score après (points sur 100)"))
    reason = models.CharField(_("motif de la correction"), max_length=200)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("corrigée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="copy_corrections",
    )
    corrected_at = models.DateTimeField(_("corrigée le"))

    class Meta:
        verbose_name = _("correction d'une copie")
        verbose_name_plural = _("corrections des copies")
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="copy_correction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.attempt_id} · {self.reason}"
