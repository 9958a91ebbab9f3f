"""Question banks, frozen test forms, and what people answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.enums import Occasion, QuestionKind, SkillsUse
from courses.models import CurriculumPage
from trainers.enums import EntrySource
from trainers.models import Evidence, Participation


class QuestionBank(models.Model):
    code = models.SlugField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("titre"), max_length=160)
    curriculum = models.ForeignKey(
        CurriculumPage,
        verbose_name=_("curriculum"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="question_banks",
    )

    class Meta:
        verbose_name = _("banque de questions")
        verbose_name_plural = _("banques de questions")

    def __str__(self) -> str:
        return self.title


class Question(models.Model):
    bank = models.ForeignKey(
        QuestionBank, verbose_name=_("banque"), on_delete=models.CASCADE, related_name="questions"
    )
    code = models.CharField(_("code"), max_length=80)
    kind = models.CharField(_("type"), max_length=20, choices=QuestionKind)
    stem = models.TextField(_("énoncé"))
    general_feedback = models.TextField(_("retour général"), blank=True)
    position = models.PositiveIntegerField(_("ordre"))
    lesson = models.CharField(_("leçon qui y répond"), max_length=80, blank=True)
    objective = models.TextField(_("objectif de la leçon"), blank=True)

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.UniqueConstraint(fields=["bank", "code"], name="one_question_per_bank_and_code"),
        ]

    def __str__(self) -> str:
        return self.code


class Choice(models.Model):
    question = models.ForeignKey(
        Question, verbose_name=_("question"), on_delete=models.CASCADE, related_name="choices"
    )
    position = models.PositiveSmallIntegerField(_("ordre"))
    text = models.TextField(_("réponse proposée"))
    is_correct = models.BooleanField(_("juste"), default=False)
    feedback = models.TextField(_("retour"), blank=True)

    class Meta:
        verbose_name = _("réponse proposée")
        verbose_name_plural = _("réponses proposées")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "position"], name="one_choice_per_position"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class TestForm(models.Model):
    """A frozen version of a test. Forms of one `parallel_group` may be paired pre and post."""

    __test__ = False

    code = models.CharField(_("code"), max_length=60, unique=True)
    title = models.CharField(_("titre"), max_length=160)
    bank = models.ForeignKey(
        QuestionBank, verbose_name=_("banque"), on_delete=models.PROTECT, related_name="forms"
    )
    parallel_group = models.CharField(_("groupe de formulaires parallèles"), max_length=60)
    letter = models.CharField(_("lettre"), max_length=1, blank=True)
    mastery = models.PositiveSmallIntegerField(_("seuil de maîtrise (%)"), default=70)
    sha256 = models.CharField(_("empreinte du contenu"), max_length=64)
    frozen_at = models.DateTimeField(_("figé le"))

    class Meta:
        verbose_name = _("formulaire de test")
        verbose_name_plural = _("formulaires de test")

    def __str__(self) -> str:
        return f"{self.code} · {self.title}"


class FormItem(models.Model):
    """An item as asked: its words are copied here and never change.

    `choices` is a list of objects {"text", "is_correct", "feedback"} in the frozen order; the
    letter A is the first one.
    """

    form = models.ForeignKey(
        TestForm, verbose_name=_("formulaire"), on_delete=models.CASCADE, related_name="items"
    )
    position = models.PositiveSmallIntegerField(_("ordre"))
    question = models.ForeignKey(
        Question,
        verbose_name=_("question d'origine"),
        on_delete=models.PROTECT,
        related_name="form_items",
    )
    stem = models.TextField(_("énoncé figé"))
    choices = models.JSONField(_("réponses figées"))
    withdrawn_at = models.DateTimeField(_("retirée le"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("motif du retrait"), blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("retirée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="withdrawn_items",
    )

    class Meta:
        verbose_name = _("item d'un formulaire")
        verbose_name_plural = _("items des formulaires")
        constraints = [
            models.UniqueConstraint(fields=["form", "position"], name="one_item_per_position"),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(withdrawal_reason=""),
                name="withdrawn_item_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} · {self.position}"


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


class FollowUp(models.Model):
    """The question sent 3 or 6 months later: are the skills used? (produit 2.2.1.a)"""

    participation = models.ForeignKey(
        Participation,
        verbose_name=_("participation"),
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    months = models.PositiveSmallIntegerField(_("mois après la session"))
    sent_on = models.DateField(_("envoyé le"))
    answered_on = models.DateField(_("répondu le"), null=True, blank=True)
    uses_skills = models.CharField(
        _("utilise les compétences"), max_length=3, choices=SkillsUse, blank=True
    )

    class Meta:
        verbose_name = _("suivi après formation")
        verbose_name_plural = _("suivis après formation")
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "months"], name="one_follow_up_per_delay"
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None, uses_skills="")
                | (Q(answered_on__isnull=False) & ~Q(uses_skills="")),
                name="follow_up_answer_is_dated",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} · M+{self.months}"
