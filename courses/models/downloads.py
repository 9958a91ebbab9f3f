"""Documents opened on the site, counted by day: never who, never added to printed copies."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DownloadCount(models.Model):
    """How many times one document was downloaded on one day."""

    document = models.CharField(_("document"), max_length=120)
    title = models.CharField(_("titre"), max_length=200)
    day = models.DateField(_("jour"))
    downloads = models.PositiveIntegerField(_("téléchargements"), default=0)

    class Meta:
        verbose_name = _("téléchargements d'un document")
        verbose_name_plural = _("téléchargements des documents")
        constraints = [
            models.UniqueConstraint(fields=["document", "day"], name="one_count_per_document_day"),
        ]

    def __str__(self) -> str:
        return f"{self.document} · {self.day} · {self.downloads}"
