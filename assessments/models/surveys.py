"""What is asked after a session: the use of the skills, and how it was found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.enums import SkillsUse
from trainers.models import Participation


class FollowUp(models.Model):
    """The question sent 3 or 6 months later: are the skills used? (produit 2.2.1.a)"""

    participation = models.ForeignKey(
        Participation,
        verbose_name=_("participation"),
        on_delete=models.PROTECT,
        related_name="follow_ups",
    )
    months = models.PositiveSmallIntegerField(_("mois après la session"))
    token = models.CharField(_("jeton du lien"), max_length=32, null=True, blank=True, unique=True)
    sent_on = models.DateField(_("envoyé le"))
    answered_on = models.DateField(_("répondu le"), null=True, blank=True)
    uses_skills = models.CharField(
        _("utilise les compétences"), max_length=3, choices=SkillsUse, blank=True
    )
    # Whoever typed the answer after a telephone call; nobody when it came by the link.
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("notée par téléphone par"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_up_answers",
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
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(answered_on__isnull=False),
                name="follow_up_call_has_an_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participation_id} · M+{self.months}"


class SatisfactionForm(models.Model):
    """The anonymous form of one session, behind a link shown in the room."""

    session = models.OneToOneField(
        "trainers.TrainingSession",
        verbose_name=_("session"),
        on_delete=models.CASCADE,
        related_name="satisfaction_form",
    )
    token = models.CharField(_("jeton du lien"), max_length=32, unique=True)
    opened_at = models.DateTimeField(_("ouvert le"))
    closes_on = models.DateField(_("ouvert jusqu'au"))

    class Meta:
        verbose_name = _("formulaire de satisfaction")
        verbose_name_plural = _("formulaires de satisfaction")

    def __str__(self) -> str:
        return f"{self.session_id} · {self.closes_on}"


class SatisfactionAnswer(models.Model):
    """One anonymous answer, each mark from 1 to 5: no person, no hour, never used as knowledge."""

    uuid = models.UUIDField(_("identifiant du client"), unique=True)
    session = models.ForeignKey(
        "trainers.TrainingSession",
        verbose_name=_("session"),
        on_delete=models.PROTECT,
        related_name="satisfaction_answers",
    )
    usefulness = models.PositiveSmallIntegerField(_("utilité pour le travail (1 à 5)"))
    clarity = models.PositiveSmallIntegerField(_("clarté (1 à 5)"))
    pace = models.PositiveSmallIntegerField(_("rythme (1 à 5)"))
    organisation = models.PositiveSmallIntegerField(_("organisation (1 à 5)"))
    comment = models.TextField(_("remarque"), blank=True)

    class Meta:
        verbose_name = _("réponse de satisfaction")
        verbose_name_plural = _("réponses de satisfaction")
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    usefulness__range=(1, 5),
                    clarity__range=(1, 5),
                    pace__range=(1, 5),
                    organisation__range=(1, 5),
                ),
                name="satisfaction_from_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.session_id}"
