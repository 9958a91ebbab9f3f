"""Files that prove: private, hashed, versioned, each access logged (domain §3)."""

import os

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models
from django.utils.translation import gettext_lazy as _

from trainers.enums import EvidenceKind


class EvidenceStorage(FileSystemStorage):
    """Outside MEDIA_ROOT and without any URL: only a view that logs may serve a file."""

    base_url = None  # type: ignore[assignment]

    @property
    def base_location(self) -> str:
        return str(settings.EVIDENCE_ROOT)

    @property
    def location(self) -> str:
        return os.path.abspath(self.base_location)  # noqa: PTH100 what Django's storage compares


def evidence_storage() -> EvidenceStorage:
    """Read the folder from the settings at each use."""
    return EvidenceStorage()


class Evidence(models.Model):
    session = models.ForeignKey(
        "trainers.TrainingSession",
        verbose_name=_("session"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    event = models.ForeignKey(
        "trainers.AwarenessEvent",
        verbose_name=_("action de sensibilisation"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    kind = models.CharField(_("nature"), max_length=30, choices=EvidenceKind)
    file = models.FileField(_("fichier"), storage=evidence_storage, upload_to="%Y/%m/")
    original_name = models.CharField(_("nom d'origine"), max_length=200)
    sha256 = models.CharField(_("empreinte SHA-256"), max_length=64, db_index=True)
    size = models.PositiveBigIntegerField(_("taille (octets)"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("déposé par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="uploaded_evidence",
    )
    uploaded_at = models.DateTimeField(_("déposé le"))
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("remplace"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )

    class Meta:
        verbose_name = _("pièce justificative")
        verbose_name_plural = _("pièces justificatives")

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.original_name}"


class EvidenceAccess(models.Model):
    evidence = models.ForeignKey(
        Evidence, verbose_name=_("pièce"), on_delete=models.PROTECT, related_name="accesses"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("compte"),
        on_delete=models.PROTECT,
        related_name="evidence_accesses",
    )
    accessed_at = models.DateTimeField(_("consultée le"))

    class Meta:
        verbose_name = _("consultation d'une pièce")
        verbose_name_plural = _("consultations des pièces")

    def __str__(self) -> str:
        return f"{self.evidence_id} · {self.user_id}"
