from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    OPEN = "OPEN", _("En cours")
    COMPLETED = "COMPLETED", _("Terminé")
    LEFT = "LEFT", _("Abandonné")


class RecordingKind(TextChoices):
    AUDIO = "AUDIO", _("Son")
    VIDEO = "VIDEO", _("Vidéo")


class ActivityKind(TextChoices):
    H5P = "H5P", _("H5P")
    SCORM_12 = "SCORM_12", _("SCORM 1.2")
    SCORM_2004 = "SCORM_2004", _("SCORM 2004")


class ActivityOutcome(TextChoices):
    """What an activity says of the try that it reports."""

    COMPLETED = "COMPLETED", _("Terminée")
    PASSED = "PASSED", _("Réussie")
    FAILED = "FAILED", _("Non réussie")
