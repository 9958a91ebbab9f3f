"""What a curriculum said on a day: the text that a session taught stays readable for ever."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from courses.models.curriculum_pages import CurriculumPage


class CurriculumVersion(models.Model):
    """One kept state of a curriculum. `files` maps a path of the curriculum folder to its text.

    `label` is the author's version ("1.0"). Content that changes under the same label makes a new
    `edition`: nothing that was taught is ever overwritten.
    """

    curriculum = models.ForeignKey(
        CurriculumPage,
        verbose_name=_("curriculum"),
        on_delete=models.PROTECT,
        related_name="versions",
    )
    label = models.CharField(_("version"), max_length=20)
    edition = models.PositiveSmallIntegerField(_("édition"), default=1)
    files = models.JSONField(_("textes"))
    sha256 = models.CharField(_("empreinte du contenu"), max_length=64)
    kept_at = models.DateTimeField(_("conservée le"))

    class Meta:
        verbose_name = _("version d'un curriculum")
        verbose_name_plural = _("versions des curricula")
        constraints = [
            models.UniqueConstraint(
                fields=["curriculum", "label", "edition"], name="one_version_per_label_and_edition"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """« 1.0 », then « 1.0, édition 2 »."""
        if self.edition == 1:
            return self.label
        return _("%(label)s, édition %(edition)d") % {
            "label": self.label,
            "edition": self.edition,
        }
