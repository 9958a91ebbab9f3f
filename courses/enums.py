from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class RunState(TextChoices):
    OPEN = "OPEN", _("En cours")
    COMPLETED = "COMPLETED", _("Terminé")
    LEFT = "LEFT", _("Abandonné")


class RecordingKind(TextChoices):
    AUDIO = "AUDIO", _("Son")
    VIDEO = "VIDEO", _("Vidéo")
