"""Print the 39 indicators for a period, as JSON or CSV."""

import io
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from indicators.measure_records import as_document, write_csv
from indicators.measuring import measure_all
from indicators.periods import UnknownPeriod, parse_period
from indicators.tallies import Dimension


class Command(BaseCommand):
    help = (
        "Mesure les 39 indicateurs du plan pour une période. Champs décrits dans "
        "docs/indicators.md. « value » compte tout ce qui est enregistré ; « validated_value », "
        "seul comparé à la cible, ne compte que les sessions validées."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--period", required=True, help="2025, 2025-S1, 2025-T1, 2025-03 ou plan (2023-2027)"
        )
        parser.add_argument(
            "--by",
            default="",
            help="ventilations séparées par des virgules, données chacune à part : "
            "sex,category,region",
        )
        form = parser.add_mutually_exclusive_group()
        form.add_argument("--json", action="store_true", help="un document JSON (par défaut)")
        form.add_argument("--csv", action="store_true", help="une ligne par indicateur et par case")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            period = parse_period(options["period"])
        except UnknownPeriod as error:
            raise CommandError(str(error)) from error
        measures = measure_all(period, _dimensions(options["by"]))
        if not measures:
            raise CommandError("Le plan n'est pas chargé : lancez d'abord manage.py load_plan.")
        if options["csv"]:
            text = io.StringIO()
            write_csv(measures, text)
            self.stdout.write(text.getvalue(), ending="")
        else:
            self.stdout.write(json.dumps(as_document(measures), ensure_ascii=False, indent=1))


def _dimensions(text: str) -> list[Dimension]:
    """Dimensions asked for, once each. Raises `CommandError`."""
    known = [dimension.value for dimension in Dimension]
    asked = [name.strip() for name in text.split(",") if name.strip()]
    unknown = [name for name in asked if name not in known]
    if unknown:
        raise CommandError(
            f"Ventilation inconnue : {', '.join(unknown)}. Choix : {', '.join(known)}."
        )
    return [Dimension(name) for name in dict.fromkeys(asked)]
