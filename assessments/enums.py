from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Occasion(TextChoices):
    PRE = "PRE", _("Pré-test")
    POST = "POST", _("Post-test")
    FOLLOW_UP = "FOLLOW_UP", _("Test de suivi à 3 mois")
    LATE_FOLLOW_UP = "FOLLOW_UP6", _("Test de suivi à 6 mois")


FOLLOW_UP_OCCASIONS = frozenset({Occasion.FOLLOW_UP, Occasion.LATE_FOLLOW_UP})


class QuestionKind(TextChoices):
    MULTIPLE_CHOICE = "MULTIPLE_CHOICE", _("Choix unique")
    TRUE_FALSE = "TRUE_FALSE", _("Vrai ou faux")


class SkillsUse(TextChoices):
    """Answer to the follow-up question of produit 2.2.1.a. Silence is never a yes."""

    YES = "YES", _("Oui")
    NO = "NO", _("Non")
