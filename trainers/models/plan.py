"""The training and awareness activities of the plan, and the thresholds the committee sets."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import ProfessionCategory, Territory
from courses.models import Topic


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
        return f"{self.code} · {Truncator(self.label).chars(60)}"


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


class PlanItem(models.Model):
    """One line of the national training plan: what, for whom, where, in which year, how much.

    Quantities are sessions (or events) and people; `budget` is in FCFA.
    """

    activity = models.ForeignKey(
        PlanActivity, verbose_name=_("activité"), on_delete=models.PROTECT, related_name="items"
    )
    year = models.PositiveSmallIntegerField(_("année"))
    topic = models.ForeignKey(
        Topic,
        verbose_name=_("thème"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_items",
    )
    category = models.ForeignKey(
        ProfessionCategory,
        verbose_name=_("public visé"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_items",
    )
    territory = models.ForeignKey(
        Territory, verbose_name=_("territoire"), on_delete=models.PROTECT, related_name="plan_items"
    )
    planned_sessions = models.PositiveSmallIntegerField(_("sessions ou actions prévues"))
    planned_people = models.PositiveIntegerField(_("personnes prévues"), null=True, blank=True)
    budget = models.PositiveBigIntegerField(_("budget (FCFA)"), null=True, blank=True)
    due_on = models.DateField(_("à tenir avant le"))
    note = models.CharField(_("note"), max_length=200, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("inscrite par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_items",
    )
    closed_on = models.DateField(_("close le"), null=True, blank=True)
    close_reason = models.CharField(_("motif de la clôture"), max_length=200, blank=True)
    is_demo = models.BooleanField(_("ligne fictive de démonstration"), default=False)

    history = HistoricalRecords()

    class Meta:
        verbose_name = _("ligne du plan de formation")
        verbose_name_plural = _("lignes du plan de formation")
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "year", "topic", "category", "territory", "due_on"],
                condition=Q(topic__isnull=False, category__isnull=False),
                name="one_plan_item_per_theme_public_place",
            ),
            # A blank equals no other blank in SQL: one rule for each way of leaving one out.
            models.UniqueConstraint(
                fields=["activity", "year", "category", "territory", "due_on"],
                condition=Q(topic=None, category__isnull=False),
                name="one_plan_item_per_public_place_without_theme",
            ),
            models.UniqueConstraint(
                fields=["activity", "year", "topic", "territory", "due_on"],
                condition=Q(topic__isnull=False, category=None),
                name="one_plan_item_per_theme_place_without_public",
            ),
            models.UniqueConstraint(
                fields=["activity", "year", "territory", "due_on"],
                condition=Q(topic=None, category=None),
                name="one_plan_item_per_place_without_theme_and_public",
            ),
            models.CheckConstraint(
                condition=Q(planned_sessions__gt=0), name="plan_item_plans_something"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(close_reason=""),
                name="closed_plan_item_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.year} · {self.territory_id}"


class NeedsSurvey(models.Model):
    """A short survey in which people say which topics they need: by profession and territory."""

    title = models.CharField(_("titre"), max_length=160)
    token = models.CharField(_("jeton du lien"), max_length=32, unique=True)
    opens_on = models.DateField(_("ouverte le"))
    closes_on = models.DateField(_("close le"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("ouverte par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs_surveys",
    )
    is_demo = models.BooleanField(_("enquête fictive de démonstration"), default=False)

    class Meta:
        verbose_name = _("enquête de besoins")
        verbose_name_plural = _("enquêtes de besoins")
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_on__gte=models.F("opens_on")), name="survey_closes_after_opening"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NeedsAnswer(models.Model):
    """One anonymous answer. The client makes the UUID: sent twice, it is one answer."""

    uuid = models.UUIDField(_("identifiant du client"), unique=True)
    survey = models.ForeignKey(
        NeedsSurvey, verbose_name=_("enquête"), on_delete=models.PROTECT, related_name="answers"
    )
    category = models.ForeignKey(
        ProfessionCategory,
        verbose_name=_("catégorie"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs_answers",
    )
    territory = models.ForeignKey(
        Territory,
        verbose_name=_("territoire"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="needs_answers",
    )
    answered_on = models.DateField(_("répondu le"))

    class Meta:
        verbose_name = _("réponse à une enquête de besoins")
        verbose_name_plural = _("réponses aux enquêtes de besoins")

    def __str__(self) -> str:
        return f"{self.survey_id} · {self.answered_on}"


class NeedsRating(models.Model):
    """For one topic: how useful in the work, and how much at ease already; both from 1 to 5."""

    answer = models.ForeignKey(
        NeedsAnswer, verbose_name=_("réponse"), on_delete=models.CASCADE, related_name="ratings"
    )
    topic = models.ForeignKey(
        Topic, verbose_name=_("thème"), on_delete=models.PROTECT, related_name="needs_ratings"
    )
    usefulness = models.PositiveSmallIntegerField(_("utilité au travail (1 à 5)"))
    ease = models.PositiveSmallIntegerField(_("aisance actuelle (1 à 5)"))

    class Meta:
        verbose_name = _("besoin exprimé")
        verbose_name_plural = _("besoins exprimés")
        constraints = [
            models.UniqueConstraint(fields=["answer", "topic"], name="one_rating_per_topic"),
            models.CheckConstraint(
                condition=Q(usefulness__range=(1, 5), ease__range=(1, 5)),
                name="ratings_from_one_to_five",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.answer_id} · {self.topic_id}"
