"""manage.py seed_demo [--seed N]: build the demo world, then print its sign-ins."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from elearning.demo.team import sign_ins
from elearning.demo.world import DemoRefused, seed_world


class Command(BaseCommand):
    help = (
        "Construit le monde de démonstration (personnes et sessions fictives) par les mêmes actes "
        "que l'usage réel. La même graine donne le même monde ; un second appel ne change rien."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2023, help="graine du tirage (2023)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEBUG or settings.IS_DEMO):
            raise CommandError(_("Le monde de démonstration ne se construit pas en production."))
        try:
            totals = seed_world(seed=options["seed"])
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        state = _("construit") if totals.is_new else _("déjà en place")
        self.stdout.write(
            f"Monde de démonstration {state} : {totals.sessions} sessions, {totals.persons} "
            f"personnes, {totals.trainers} formateurs, {totals.participations} participations, "
            f"{totals.events} actions de sensibilisation."
        )
        for line in sign_ins():
            self.stdout.write(
                f"  {line.role:<20} {line.username:<12} {line.password}   {line.opens}"
            )
