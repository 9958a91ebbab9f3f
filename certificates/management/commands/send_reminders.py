"""Post the reminders of the day in the outbox; `send_outbox` sends them."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.follow_up_sending import send_due_follow_ups
from certificates.reminders import post_reminders


class Command(BaseCommand):
    help = (
        "Dépose les rappels du jour : formations à rafraîchir, parcours à terminer, suivi "
        "à 3 et 6 mois. À lancer "
        "chaque jour ; relancer n'ajoute rien. Puis : send_outbox, et sms_outbox."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        done = post_reminders()
        self.stdout.write(f"{done.posted} rappel(s) déposé(s).")
        if done.without_address:
            self.stdout.write(f"{done.without_address} personne(s) sans e-mail ni téléphone.")
        asked = send_due_follow_ups()
        if asked.asked:
            self.stdout.write(f"{asked.asked} question(s) de suivi déposée(s).")
        if asked.without_address:
            self.stdout.write(f"{asked.without_address} suivi(s) sans e-mail ni téléphone.")
