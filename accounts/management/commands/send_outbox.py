"""Send the waiting e-mails of the outbox."""

import datetime
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from accounts.enums import Channel
from accounts.models import OutboxMessage
from accounts.outbox import release_taken, send_waiting_mail

ONE_HOUR = datetime.timedelta(hours=1)


class Command(BaseCommand):
    help = (
        "Envoie les e-mails en attente, chacun une fois. Un envoi coupé net laisse un message en "
        "suspens : il n'est pas renvoyé tout seul ; --release le remet en attente après une "
        "heure, au risque qu'il parte deux fois."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--limit", type=int, default=500, help="500 par défaut")
        parser.add_argument(
            "--release", action="store_true", help="remet en attente les messages restés en suspens"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["release"]:
            released = release_taken(before=timezone.now() - ONE_HOUR, channel=Channel.EMAIL)
            self.stdout.write(f"{released} message(s) remis en attente.")
        try:
            done = send_waiting_mail(limit=options["limit"])
        except OSError as refusal:
            raise CommandError(f"Le serveur de courrier ne répond pas : {refusal}") from refusal
        doubtful = OutboxMessage.objects.taken().filter(channel=Channel.EMAIL).count()
        self.stdout.write(f"{done.sent} envoyé(s), {done.failed} refusé(s).")
        if doubtful:
            self.stdout.write(f"{doubtful} en suspens : envoi coupé avant d'être noté (--release).")
