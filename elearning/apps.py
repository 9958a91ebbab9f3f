from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ElearningConfig(AppConfig):
    """The composition root: it knows every app, and no app knows it."""

    name = "elearning"
    verbose_name = _("Plateforme")
