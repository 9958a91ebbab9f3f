"""Import a curriculum folder: pages, glossary, and its test forms, frozen."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.curriculum_forms import import_library
from assessments.forms_freeze import FormRefused
from assessments.models import TestForm
from assessments.question_import import QuestionsRefused
from courses.curriculum_import import CurriculumImport
from courses.curriculum_library import read_library
from courses.folder_problems import InvalidFolder
from courses.page_publishing import DraftInTheWay, PageCount


class Command(BaseCommand):
    help = (
        "Importe un dossier de curriculum (voir docs/curriculum-folder.md) dans les pages du site, "
        "et fige ses tests. Accepte aussi le dossier parent : thèmes, curricula et pages de "
        "sensibilisation. Tout, ou rien ; le même dossier deux fois ne change rien."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, help="dossier d'un curriculum, ou leur parent")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            report = import_library(library=read_library(options["folder"]))
        except InvalidFolder as refusal:
            first, *others = refusal.problems
            for problem in others:
                self.stderr.write(str(problem))
            raise CommandError(f"{first} Rien n'est importé.") from refusal
        except (DraftInTheWay, FormRefused, QuestionsRefused) as refusal:
            raise CommandError(f"{refusal} Rien n'est importé.") from refusal
        for curriculum, forms in report.curricula:
            self.stdout.write(_curriculum_line(curriculum, forms))
        if report.awareness is not None:
            self.stdout.write(f"Sensibilisation : {_pages(report.awareness)}.")


def _curriculum_line(report: CurriculumImport, forms: Sequence[TestForm]) -> str:
    parts = [_pages(report.pages)]
    if report.terms:
        parts.append(f"{report.terms} terme(s) du glossaire")
    if forms:
        parts.append(f"tests figés : {', '.join(form.code for form in forms)}")
    return f"{report.curriculum.title} : {' ; '.join(parts)}."


def _pages(count: PageCount) -> str:
    if count.is_untouched:
        return f"{count.unchanged} page(s), rien n'a changé"
    return (
        f"{count.created} page(s) créée(s), {count.updated} mise(s) à jour, "
        f"{count.unpublished} retirée(s)"
    )
