"""Question banks, and the frozen forms made from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.enums import QuestionKind
from courses.models import CurriculumPage


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
