"""manage.py prepare_languages: the pages of the site in each further language."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.translations import ensure_translated_pages


class Command(BaseCommand):
    help = "Crée les pages des autres langues, à traduire dans l'éditeur."

    def handle(self, *args: Any, **options: Any) -> None:
        added = ensure_translated_pages()
        self.stdout.write(f"{added} page(s) ajoutée(s) dans les autres langues.")
