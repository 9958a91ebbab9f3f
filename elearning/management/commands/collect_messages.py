"""manage.py collect_messages: bring the catalogues of `locale/` up to date with the code."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from elearning.messages_catalogue import (
    messages_for,
    messages_of,
    problems_of,
    read_catalogue,
    save_catalogue,
    update_catalogue,
)


class Command(BaseCommand):
    help = "Met à jour les catalogues de traduction et dit ce qui reste à traduire."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--list", action="store_true", help="montrer ce qui reste à traduire")

    def handle(self, *args: Any, **options: Any) -> None:
        messages = messages_of(settings.BASE_DIR, settings.OUR_APPS)
        for code, name in settings.LANGUAGES:
            if code == settings.LANGUAGE_CODE:
                continue
            needed = messages_for(code, messages)
            catalogue = update_catalogue(read_catalogue(code), needed)
            save_catalogue(catalogue, code)
            left = [problem for entry in catalogue for problem in problems_of(entry)]
            self.stdout.write(f"{name} : {len(needed)} textes, {len(left)} à revoir.")
            if options["list"]:
                self.stdout.write("\n".join(left))
