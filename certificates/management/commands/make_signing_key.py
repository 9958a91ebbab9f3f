"""Put the key that signs attestations in use, or replace it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from certificates.keys import create_signing_key, replace_signing_key


class Command(BaseCommand):
    help = (
        "Met en service la clé qui signe les attestations, et dit laquelle. Sans option, une clé "
        "déjà en service est gardée ; --replace la retire : ce qu'elle a signé reste vérifiable."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--replace", action="store_true", help="retire la clé en service")

    def handle(self, *args: Any, **options: Any) -> None:
        key = replace_signing_key() if options["replace"] else create_signing_key()
        self.stdout.write(f"Clé en service : {key.key_id}, depuis le {key.created_on:%d/%m/%Y}.")
