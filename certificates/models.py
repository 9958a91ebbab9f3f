"""What was issued, to whom, and with which key it was signed. Content is frozen at issue."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from certificates.enums import CertificateKind, RevocationCause
from trainers.models import Participation, TrainingSession


class SigningKey(models.Model):
    """The public half of a key. The private half is a file outside the database (`keys.py`)."""

    key_id = models.CharField(_("identifiant"), max_length=8, unique=True)
    algorithm = models.CharField(_("algorithme"), max_length=10, default="Ed25519", editable=False)
    public_key = models.BinaryField(_("clé publique"), max_length=32)
    created_on = models.DateField(_("en service depuis le"))
    retired_on = models.DateField(_("retirée le"), null=True, blank=True)

    class Meta:
        verbose_name = _("clé de signature")
        verbose_name_plural = _("clés de signature")
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm"], condition=Q(retired_on=None), name="one_key_in_use"
            ),
        ]

    def __str__(self) -> str:
        return self.key_id


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def in_force(self) -> "CertificateQuerySet":
        """Not revoked; a validity that ran out is another matter."""
        return self.filter(revoked_at=None)

    def of_session(self, session: TrainingSession) -> "CertificateQuerySet":
        return self.filter(participation__session=session)


class Certificate(models.Model):
    """An attestation or a certificate of one participation.

    `content` holds every printed text (`certificates.content`); nothing updates it. A mistake in a
    name is corrected by revoking and issuing anew: the new one `replaces` the old.
    """

    uuid = models.UUIDField(_("identifiant"), default=uuid.uuid4, unique=True, editable=False)
    number = models.CharField(_("numéro"), max_length=24, unique=True)
    year = models.PositiveSmallIntegerField(_("année"))
    rank = models.PositiveIntegerField(_("rang dans l'année"))
    kind = models.CharField(_("nature"), max_length=12, choices=CertificateKind)
    participation = models.ForeignKey(
        Participation,
        verbose_name=_("participation"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    content = models.JSONField(_("contenu"))
    valid_until = models.DateField(_("valable jusqu'au"), null=True, blank=True)
    issued_on = models.DateField(_("délivrée le"))
    issued_at = models.DateTimeField(_("enregistrée le"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("délivrée par"),
        on_delete=models.PROTECT,
        related_name="issued_certificates",
    )
    payload = models.BinaryField(_("texte signé"))
    signature = models.BinaryField(_("signature"), max_length=64)
    key = models.ForeignKey(
        SigningKey,
        verbose_name=_("clé"),
        on_delete=models.PROTECT,
        related_name="certificates",
    )
    replaces = models.OneToOneField(
        "self",
        verbose_name=_("remplace"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
    )
    revoked_at = models.DateTimeField(_("révoquée le"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("révoquée par"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revoked_certificates",
    )
    revocation_cause = models.CharField(
        _("cause de la révocation"), max_length=12, choices=RevocationCause, blank=True
    )
    revocation_reason = models.CharField(_("motif de la révocation"), max_length=300, blank=True)

    objects = CertificateQuerySet.as_manager()

    class Meta:
        verbose_name = _("attestation")
        verbose_name_plural = _("attestations")
        constraints = [
            models.UniqueConstraint(
                fields=["participation", "kind"],
                condition=Q(revoked_at=None),
                name="one_certificate_in_force_per_kind",
            ),
            models.UniqueConstraint(fields=["year", "rank"], name="one_certificate_per_rank"),
            models.CheckConstraint(
                condition=Q(
                    revoked_at=None, revoked_by=None, revocation_cause="", revocation_reason=""
                )
                | (
                    Q(revoked_at__isnull=False, revoked_by__isnull=False)
                    & ~Q(revocation_cause="")
                    & ~Q(revocation_reason="")
                ),
                name="revocation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return self.number
