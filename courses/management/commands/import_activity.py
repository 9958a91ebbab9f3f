"""Import an H5P or SCORM package from a file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from courses.activities.package_import import import_activity
from courses.activities.refusals import PackageRefused


class Command(BaseCommand):
    help = (
        "Importe un paquet H5P (.h5p) ou SCORM (.zip) sous un code que les leçons citent. Le code "
        "d'une activité connue en fait une nouvelle version. Une bibliothèque H5P encore inconnue "
        "attend l'accord d'un administrateur (/activites/bibliotheques/)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="paquet à importer")
        parser.add_argument("--code", required=True, help="code de l'activité")
        parser.add_argument("--title", default="", help="titre ; celui du paquet par défaut")

    def handle(self, *_args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"{path} n'est pas un fichier.")
        try:
            version = import_activity(path=path, code=options["code"], title=options["title"])
        except PackageRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        waiting = [str(library) for library in version.libraries.waiting()]
        self.stdout.write(
            f"« {version.activity.title} », version {version.number} "
            f"({version.get_kind_display()}), {version.file_count} fichiers."
        )
        if waiting:
            self.stdout.write(f"À approuver par un administrateur : {', '.join(sorted(waiting))}.")
