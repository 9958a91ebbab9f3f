"""Write the reference sheets into docs/indicators.md, from the plan's files."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from indicators.plan_document import NoPlaceForSheets, with_sheets


class Command(BaseCommand):
    help = (
        "Récrit les 39 fiches de docs/indicators.md à partir du plan et de reference_sheets.yaml."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        path = settings.BASE_DIR / "docs" / "indicators.md"
        try:
            text = with_sheets(path.read_text(encoding="utf-8"))
        except NoPlaceForSheets as error:
            raise CommandError(str(error)) from error
        path.write_text(text, encoding="utf-8")
        self.stdout.write(f"{path} : fiches récrites.")
