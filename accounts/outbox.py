"""Acts on messages to send: post one, hand it to a sender, note what became of it.

What cannot be had is exactly once: a machine that stops between the mail server's « accepted » and
our note of it leaves a doubt. The choice here is at most once. A sender first takes a message
(`taken_at`, committed), then sends, then notes. A message taken and never noted is not sent again
by itself; `send_outbox` counts it, and `release_taken` gives it back when a person decides so.
"""

import datetime
import smtplib
from dataclasses import dataclass

from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Channel
from accounts.models import OutboxMessage, Person
from accounts.sms_text import fits_one_message

FAILURE_LENGTH = 300


class MessageRefused(ValueError):
    """A message that cannot be posted or noted; its text is a French sentence."""


@dataclass(frozen=True)
class Sending:
    """How many messages one run sent, and how many were refused by the other side."""

    sent: int
    failed: int


@transaction.atomic
def post_message(
    *,
    person: Person,
    channel: str,
    address: str,
    text: str,
    key: str,
    subject: str = "",
    at: datetime.datetime | None = None,
) -> OutboxMessage:
    """Put a message in the outbox; the same key is posted once, whatever its text has become.

    A telephone message is one message: 160 signs of the GSM alphabet (`accounts.sms_text`).
    """
    if not address:
        raise MessageRefused(_("Ce message n'a pas d'adresse."))
    if channel == Channel.SMS and not fits_one_message(text):
        raise MessageRefused(
            _("Ce SMS dépasse 160 signes, ou contient un signe hors alphabet GSM.")
        )
    message, _is_new = OutboxMessage.objects.get_or_create(
        key=key,
        defaults={
            "person": person,
            "channel": channel,
            "address": address,
            "subject": " ".join(subject.split()),
            "text": text,
            "created_at": at or timezone.now(),
        },
    )
    return message


def send_waiting_mail(*, limit: int = 500) -> Sending:
    """Send the waiting e-mails one by one, the oldest first; several senders may run at once.

    The connection is opened before anything is taken: a mail server that is down changes nothing
    and raises OSError. A message that the server refuses is noted as failed, with its answer.
    """
    ids = list(
        OutboxMessage.objects.waiting()
        .filter(channel=Channel.EMAIL)
        .order_by("pk")
        .values_list("pk", flat=True)[:limit]
    )
    if not ids:
        return Sending(0, 0)
    sent = failed = 0
    with get_connection() as connection:
        for pk in ids:
            message = take_message(pk=pk)
            if message is None:
                continue
            mail = EmailMessage(
                message.subject, message.text, to=[message.address], connection=connection
            )
            try:
                mail.send()
            except (smtplib.SMTPException, OSError) as refusal:
                note_failed(pk=pk, reason=str(refusal) or type(refusal).__name__)
                failed += 1
                if isinstance(refusal, smtplib.SMTPServerDisconnected):
                    break
            else:
                note_sent(pk=pk)
                sent += 1
    return Sending(sent, failed)


@transaction.atomic
def take_message(*, pk: int, at: datetime.datetime | None = None) -> OutboxMessage | None:
    """Take one waiting message for sending; None when another sender was first."""
    taken = OutboxMessage.objects.waiting().filter(pk=pk).update(taken_at=at or timezone.now())
    return OutboxMessage.objects.get(pk=pk) if taken else None


@transaction.atomic
def note_sent(*, pk: int, at: datetime.datetime | None = None) -> bool:
    """Note that a message left; False when it was already noted sent or failed, or is unknown."""
    at = at or timezone.now()
    return bool(_unsettled(pk).update(sent_at=at))


@transaction.atomic
def note_failed(*, pk: int, reason: str, at: datetime.datetime | None = None) -> bool:
    """Note that a message could not leave, and why; False when it was already settled."""
    failure = " ".join(reason.split())[:FAILURE_LENGTH]
    if not failure:
        raise MessageRefused(_("Dites pourquoi le message n'est pas parti."))
    return bool(_unsettled(pk).update(failed_at=at or timezone.now(), failure=failure))


@transaction.atomic
def release_taken(*, before: datetime.datetime, channel: str) -> int:
    """Give back messages taken before that moment and never settled: some may leave twice."""
    stuck = OutboxMessage.objects.taken().filter(taken_at__lt=before, channel=channel)
    return stuck.update(taken_at=None)


def _unsettled(pk: int) -> QuerySet[OutboxMessage]:
    return OutboxMessage.objects.filter(pk=pk, sent_at=None, failed_at=None)
