"""Codes of the certificates."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class CertificateKind(TextChoices):
    """An attestation says that a training was followed, a certificate that it was mastered."""

    ATTESTATION = "ATTESTATION", _("Attestation de suivi")
    CERTIFICATE = "CERTIFICATE", _("Certificat de formation")


class RevocationCause(TextChoices):
    """What the public may know of a revocation; the reason itself stays inside."""

    CORRECTION = "CORRECTION", _("remplacée après correction")
    MISTAKE = "MISTAKE", _("délivrée par erreur")
    FRAUD = "FRAUD", _("obtenue irrégulièrement")


class PublicState(TextChoices):
    """What the public check page says of a certificate."""

    VALID = "VALID", _("Valide")
    EXPIRED = "EXPIRED", _("Expirée")
    REVOKED = "REVOKED", _("Révoquée")
