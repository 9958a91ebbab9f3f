"""Write curricula back to their folders: the way home of `import_curriculum`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.forms_export import forms_of, withdrawn_codes
from courses.curriculum_export import all_topics, export_awareness, export_curriculum
from courses.curriculum_folder import CURRICULUM_FILE
from courses.curriculum_library import AWARENESS_FOLDER, TOPICS_FILE
from courses.curriculum_writing import CannotExport, write_topics
from courses.models import CurriculumPage
from courses.site_tree import ensure_site


class Command(BaseCommand):
    help = (
        "Écrit un curriculum publié dans DOSSIER/<identifiant>/ (voir docs/curriculum-folder.md), "
        "tests figés et fichiers compris. Avec --all : tous les curricula, les thèmes et les pages "
        "de sensibilisation. Ce qui ne s'écrit pas dans ce format est refusé, jamais perdu."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", nargs="?", help="identifiant d'un curriculum")
        parser.add_argument("folder", type=Path, help="dossier où écrire")
        parser.add_argument("--all", action="store_true", help="tout ce que l'import sait lire")

    def handle(self, *args: Any, **options: Any) -> None:
        folder, slug, is_all = options["folder"], options["slug"], options["all"]
        if is_all == bool(slug):
            raise CommandError("Donnez l'identifiant d'un curriculum, ou --all.")
        curricula = CurriculumPage.objects.live().child_of(ensure_site().catalogue)
        chosen = list(curricula.order_by("slug") if is_all else curricula.filter(slug=slug))
        if not chosen:
            raise CommandError("Aucun curriculum publié à cet identifiant.")
        try:
            for curriculum in chosen:
                self._export(curriculum, folder / curriculum.slug)
            if is_all:
                self._export_shared(folder)
        except CannotExport as refusal:
            first, *others = refusal.problems
            for problem in others:
                self.stderr.write(str(problem))
            raise CommandError(str(first)) from refusal

    def _export(self, curriculum: CurriculumPage, folder: Path) -> None:
        if folder.exists() and any(folder.iterdir()) and not (folder / CURRICULUM_FILE).exists():
            raise CommandError(
                f"{folder} n'est pas un dossier de curriculum : choisissez-en un autre."
            )
        count = export_curriculum(curriculum, folder, forms=forms_of(curriculum))
        self.stdout.write(f"{curriculum.title} : {count} fichier(s) dans {folder}.")
        for code in withdrawn_codes(curriculum):
            self.stderr.write(f"{code} est retirée du score : le dossier ne le dit pas.")

    def _export_shared(self, folder: Path) -> None:
        (folder / TOPICS_FILE).write_text(write_topics(all_topics()), encoding="utf-8")
        count = export_awareness(folder / AWARENESS_FOLDER)
        self.stdout.write(f"Sensibilisation : {count} page(s).")
