"""Load the plan and its reference data; safe to run again."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from indicators.plan_loading import PlanMismatch, PlanTotals, load_plan
from indicators.wording import number


class Command(BaseCommand):
    help = (
        "Charge le PAN-TP 2023-2027 (39 indicateurs, cibles, fiches de référence, 30 activités), "
        "les territoires, les professions et les règles de comptage. Peut être relancée sans rien "
        "changer."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            totals = load_plan()
        except PlanMismatch as error:
            raise CommandError(str(error)) from error
        for line in report(totals):
            self.stdout.write(line)


def report(totals: PlanTotals) -> list[str]:
    """Lines that say what was checked, and what the printed plan has of its own."""
    return [
        f"Territoires : {totals.reference.regions} régions et district, "
        f"{totals.reference.cercles} cercles.",
        f"Professions : {totals.reference.professions} ; effectifs de corps connus : "
        f"{totals.reference.corps_sizes}.",
        f"Activités : {totals.activities.activities} ; budget imprimé "
        f"{number(totals.activities.budget)} FCFA "
        f"({totals.activities.blank_cells} cases en blanc).",
        f"Règles de comptage : version {totals.rule_version}.",
        f"Indicateurs : {totals.indicators}, dont {totals.measured_here} mesurés par la plateforme "
        f"et {totals.declared} déclarés ; fiches de référence : {totals.reference_sheets}.",
        f"Cibles annuelles : {totals.targets}, dont {totals.blank_targets} sans chiffre imprimé.",
        "Totaux imprimés qui diffèrent des totaux calculés :",
        *[f"  {gap}" for gap in totals.gaps],
        "Remarques sur le plan imprimé :",
        *[f"  {code} : {note}" for code, note in totals.notes],
    ]
