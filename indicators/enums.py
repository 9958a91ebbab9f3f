from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ResultLevel(TextChoices):
    OUTCOME = "OUTCOME", _("Effet")
    OUTPUT = "OUTPUT", _("Produit")


class Unit(TextChoices):
    PERCENT = "PERCENT", _("pourcentage")
    NUMBER = "NUMBER", _("nombre")


class Aggregation(TextChoices):
    """How the years combine: counts add up, percentages average (domain §6)."""

    SUM = "SUM", _("somme des années")
    MEAN = "MEAN", _("moyenne des années")


class MeasuredBy(TextChoices):
    PLATFORM = "PLATFORM", _("Mesuré par la plateforme")
    DECLARED = "DECLARED", _("Déclaré par les points focaux")


class ComparedFigure(TextChoices):
    """Which of the figures of a count is held against the plan's target."""

    PARTICIPATIONS = "PARTICIPATIONS", _("participations")
    UNIQUE_PERSONS = "UNIQUE_PERSONS", _("personnes uniques")
    COVERAGE = "COVERAGE", _("couverture du corps")


class Method(TextChoices):
    """The implemented ways to measure; a reference sheet picks one."""

    COUNT_INFORMED = "COUNT_INFORMED", _("participations d'acteurs informés ou formés")
    COUNT_TRAINED = "COUNT_TRAINED", _("participations d'acteurs formés")
    COUNT_SESSIONS = "COUNT_SESSIONS", _("sessions de formation tenues")
    COUNT_HEADCOUNTS = "COUNT_HEADCOUNTS", _("effectifs des actions de sensibilisation")
    COUNT_TOOLS = "COUNT_TOOLS", _("outils harmonisés distincts diffusés")
    COUNT_COPIES = "COUNT_COPIES", _("exemplaires remis")
    COUNT_SKILLS_USED = "COUNT_SKILLS_USED", _("réponses « oui » au suivi à 3 ou 6 mois")
    MASTERY_SHARE = "MASTERY_SHARE", _("part des participants appariés au seuil de maîtrise")
    RELIABLE_GAIN_SHARE = "RELIABLE_GAIN_SHARE", _("part des gains fiables (20 points ou plus)")
    EVENT_KNOWING_SHARE = "EVENT_KNOWING_SHARE", _("part de bonnes réponses après l'action")
    DECLARED = "DECLARED", _("valeur déclarée avec preuve")
