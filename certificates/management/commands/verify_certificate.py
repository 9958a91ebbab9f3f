"""Check the code of a QR without a network and without a database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from certificates.signing import SignatureRefused, read_keys, verify_token

KINDS = {"ATTESTATION": "Attestation de suivi", "CERTIFICATE": "Certificat de formation"}


class Command(BaseCommand):
    help = (
        "Vérifie hors ligne le code QR d'une attestation avec le fichier des clés publiques "
        "(/attestations/cle-publique/). Ne lit aucune base de données."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="le code, ou l'adresse entière lue dans le QR")
        parser.add_argument("--key", required=True, type=Path, help="fichier des clés publiques")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["key"]
        try:
            keys = read_keys(path.read_text(encoding="utf-8"))
            facts = verify_token(options["code"], keys)
        except (OSError, UnicodeDecodeError) as refusal:
            raise CommandError(f"Le fichier {path} ne se lit pas.") from refusal
        except SignatureRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        until = f"{facts.valid_until:%d/%m/%Y}" if facts.valid_until else "sans limite"
        self.stdout.write(
            f"Signature vérifiée : {KINDS[facts.kind]} n° {facts.number}\n"
            f"{facts.name}\n"
            f"{facts.course}\n"
            f"du {facts.starts_on:%d/%m/%Y} au {facts.ends_on:%d/%m/%Y}, "
            f"délivrée le {facts.issued_on:%d/%m/%Y}, valable jusqu'au : {until}\n"
            "Une révocation ne se voit qu'en ligne."
        )
