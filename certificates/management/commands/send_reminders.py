"""Post the reminders of the day in the outbox; `send_outbox` sends them."""

from typing import Any

from django.core.management.base import BaseCommand

from certificates.reminders import post_reminders


class Command(BaseCommand):
    help = (
        "Dépose les rappels du jour : formations à rafraîchir, parcours à terminer. À lancer "
        "chaque jour ; relancer n'ajoute rien. Puis : send_outbox, et sms_outbox."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = post_reminders()
        self.stdout.write(f"{done.posted} rappel(s) déposé(s).")
        if done.without_address:
            self.stdout.write(f"{done.without_address} personne(s) sans e-mail ni téléphone.")
