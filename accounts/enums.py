from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TerritoryLevel(TextChoices):
    COUNTRY = "COUNTRY", _("Pays")
    REGION = "REGION", _("Région")
    CERCLE = "CERCLE", _("Cercle")


class Sex(TextChoices):
    """`""` stays possible on every record: « non renseigné » is a category of its own."""

    FEMALE = "F", _("Femme")
    MALE = "M", _("Homme")


class OrganizationKind(TextChoices):
    """What a structure is; a jurisdiction is a court with its territory."""

    JURISDICTION = "JURISDICTION", _("Juridiction")
    POLICE = "POLICE", _("Police")
    GENDARMERIE = "GENDARMERIE", _("Gendarmerie")
    BAR = "BAR", _("Barreau")
    SOCIAL = "SOCIAL", _("Service social")
    HEALTH = "HEALTH", _("Santé")
    ADMINISTRATION = "ADMINISTRATION", _("Administration")
    ASSOCIATION = "ASSOCIATION", _("Association")
    OTHER = "OTHER", _("Autre")


class Role(TextChoices):
    """What an account may see and do (domain §7). A learner holds none: the account is enough."""

    TRAINER = "TRAINER", _("Formateur")
    FOCAL_POINT = "FOCAL_POINT", _("Point focal")
    CORRESPONDENT = "CORRESPONDENT", _("Correspondant de structure")
    COMMITTEE = "COMMITTEE", _("Comité")
    EDITOR = "EDITOR", _("Rédacteur de curricula")
    VALIDATOR = "VALIDATOR", _("Validateur de curricula")
    PARTNER = "PARTNER", _("Partenaire")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrateur")


class Audience(TextChoices):
    """Who may open a URL at all; what they see inside is scoped by territory or ownership."""

    PUBLIC = "PUBLIC", _("Tout public")
    SIGNED_IN = "SIGNED_IN", _("Toute personne connectée")
    LEARNER = "LEARNER", _("Personne inscrite à une formation")
    TRAINING_STAFF = "TRAINING_STAFF", _("Formateurs, points focaux et comité")
    VALIDATORS = "VALIDATORS", _("Points focaux et comité")
    FIGURES = "FIGURES", _("Comité, points focaux et partenaires")
    COMMITTEE = "COMMITTEE", _("Comité")
    EDITORS = "EDITORS", _("Rédacteurs et validateurs de curricula")
    ADMINISTRATOR = "ADMINISTRATOR", _("Administrateurs")


class Channel(TextChoices):
    """By which way a message reaches a person."""

    EMAIL = "EMAIL", _("E-mail")
    SMS = "SMS", _("SMS")
