"""What the platform has to tell people: one row a message, kept after it is sent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.enums import Channel
from accounts.models.people import Person


class OutboxQuerySet(models.QuerySet["OutboxMessage"]):
    def waiting(self) -> "OutboxQuerySet":
        """Neither taken by a sender, nor sent, nor failed."""
        return self.filter(taken_at=None, sent_at=None, failed_at=None)

    def taken(self) -> "OutboxQuerySet":
        """Handed to a sender that has not said yet what became of it."""
        return self.filter(taken_at__isnull=False, sent_at=None, failed_at=None)


class OutboxMessage(models.Model):
    """One message to one person. `key` says what it is about: the same key is posted once."""

    person = models.ForeignKey(
        Person,
        verbose_name=_("destinataire"),
        on_delete=models.PROTECT,
        related_name="outbox_messages",
    )
    channel = models.CharField(_("voie"), max_length=5, choices=Channel)
    address = models.CharField(_("adresse"), max_length=254)
    subject = models.CharField(_("objet"), max_length=150, blank=True)
    text = models.TextField(_("texte"))
    key = models.CharField(_("clé"), max_length=120, unique=True)
    created_at = models.DateTimeField(_("créé le"))
    taken_at = models.DateTimeField(_("pris en charge le"), null=True, blank=True)
    sent_at = models.DateTimeField(_("envoyé le"), null=True, blank=True)
    failed_at = models.DateTimeField(_("échoué le"), null=True, blank=True)
    failure = models.CharField(_("échec"), max_length=300, blank=True)

    objects = OutboxQuerySet.as_manager()

    class Meta:
        verbose_name = _("message à envoyer")
        verbose_name_plural = _("messages à envoyer")
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(failed_at=None), name="message_sent_or_failed"
            ),
            models.CheckConstraint(
                condition=Q(failed_at=None, failure="")
                | (Q(failed_at__isnull=False) & ~Q(failure="")),
                name="failed_message_says_why",
            ),
        ]
        indexes = [models.Index(fields=["channel", "sent_at"], name="outbox_by_channel")]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} · {self.key}"
