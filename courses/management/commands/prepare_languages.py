"""manage.py prepare_languages [DIR]: the pages of the site in each further language."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.folder_problems import InvalidFolder
from courses.page_publishing import DraftInTheWay
from courses.translated_folder import read_translation
from courses.translations import SECTIONS, ensure_translated_pages, publish_translation


class Command(BaseCommand):
    help = "Crée les pages des autres langues ; publie celles que le dossier a traduites."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", nargs="?", type=Path, help="dossier des curricula")

    def handle(self, *args: Any, **options: Any) -> None:
        added = ensure_translated_pages()
        self.stdout.write(f"{added} page(s) ajoutée(s) dans les autres langues.")
        folder: Path | None = options["folder"]
        for code in SECTIONS:
            translated = folder / "sensibilisation" / code if folder else None
            if translated is None or not translated.is_dir():
                continue
            try:
                count = publish_translation(code=code, translation=read_translation(translated))
            except (InvalidFolder, DraftInTheWay) as refusal:
                raise CommandError(str(refusal)) from refusal
            self.stdout.write(f"{code} : {count.updated} page(s) traduite(s) publiée(s).")
