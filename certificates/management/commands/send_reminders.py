"""Post the reminders of the day in the outbox; `send_outbox` sends them."""

from typing import Any

from django.core.management.base import BaseCommand

from assessments.follow_up_sending import send_due_follow_ups
from certificates.reminders import post_reminders
from trainers.oversight.reminders import post_session_reminders


class Command(BaseCommand):
    help = (
        "Dépose les rappels du jour : formations à rafraîchir, parcours à terminer, sessions qui "
        "commencent, pièces manquantes, validations en retard, suivi à 3 et 6 mois. À lancer "
        "chaque jour ; relancer n'ajoute rien. Puis : send_outbox, et sms_outbox."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        runs = [post_reminders(), post_session_reminders()]
        self.stdout.write(f"{sum(run.posted for run in runs)} rappel(s) déposé(s).")
        if without := sum(run.without_address for run in runs):
            self.stdout.write(f"{without} personne(s) sans e-mail ni téléphone.")
        follow_ups = send_due_follow_ups()
        if follow_ups.asked:
            self.stdout.write(f"{follow_ups.asked} question(s) de suivi déposée(s).")
        if follow_ups.without_address:
            self.stdout.write(f"{follow_ups.without_address} suivi(s) sans e-mail ni téléphone.")
