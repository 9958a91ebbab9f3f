from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Revision

from assessments.models import Question, TestForm
from courses.models import CurriculumPage, LessonPage
from tests.factories.accounts import make_profession
from tests.factories.courses import LESSON_MD, form_yaml, write_folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """A parent folder with topics, one curriculum and an awareness page."""
    make_profession()
    write_folder(tmp_path)
    (tmp_path / "topics.yaml").write_text(
        "- {code: identification, name: Identification}\n", encoding="utf-8"
    )
    (tmp_path / "sensibilisation").mkdir()
    (tmp_path / "sensibilisation" / "01-signes.md").write_text(
        '---\ntitle: "Les signes"\nslug: signes\nsummary: "S"\nsources: ["PAN-TP"]\n---\nTexte.',
        encoding="utf-8",
    )
    return tmp_path


def run(folder: Path) -> str:
    out = StringIO()
    call_command("import_curriculum", str(folder), stdout=out)
    return out.getvalue()


def test_import_curriculum_freezes_its_two_parallel_forms(library: Path) -> None:
    said = run(library / "reperer")

    a, b = TestForm.objects.order_by("code")
    assert "4 page(s) créée(s)" in said
    assert "tests figés : rep-a, rep-b" in said
    assert (a.letter, b.letter, a.parallel_group, b.parallel_group) == ("A", "B", "rep", "rep")
    assert [form.items.count() for form in (a, b)] == [8, 8]
    assert a.items.get(position=1).stem == "A1 : quel fait est l'acte ?"
    assert a.bank.curriculum.slug == "reperer"


def test_import_curriculum_of_the_parent_brings_everything(library: Path) -> None:
    said = run(library)

    assert "Sensibilisation : 1 page(s) créée(s)" in said
    assert CurriculumPage.objects.get().topics.get().name == "Identification"


def test_import_curriculum_twice_changes_nothing(library: Path) -> None:
    run(library)
    before = (Revision.objects.count(), Question.objects.count(), TestForm.objects.count())

    said = run(library)

    assert said.splitlines() == [
        "Repérer la traite : 4 page(s), rien n'a changé ; tests figés : rep-a, rep-b.",
        "Sensibilisation : 1 page(s), rien n'a changé.",
    ]
    assert before == (5, 16, 2)
    assert (Revision.objects.count(), Question.objects.count(), TestForm.objects.count()) == before


def test_import_curriculum_refuses_a_wrong_folder_in_one_line(library: Path) -> None:
    write_folder(library, acte=LESSON_MD.replace("minutes: 5", "minutes: 60"))

    with pytest.raises(CommandError) as refusal:
        run(library / "reperer")

    assert str(refusal.value) == (
        "reperer/modules/01-comprendre/01-acte.md, ligne 4 : la clé « minutes » doit être un "
        "nombre entier de 3 à 6, pas « 60 ». Rien n'est importé."
    )
    assert not CurriculumPage.objects.exists()


def test_import_curriculum_refuses_a_changed_frozen_form_and_writes_nothing(library: Path) -> None:
    run(library)
    write_folder(
        library,
        acte=LESSON_MD.replace("minutes: 5", "minutes: 6"),
        form_a=form_yaml("A").replace("La dette.", "Le passeport."),
    )

    with pytest.raises(CommandError, match="« rep-a » est déjà figé avec un autre contenu"):
        run(library / "reperer")

    assert Question.objects.count() == 16
    assert set(LessonPage.objects.values_list("minutes", flat=True)) == {5}


def test_import_curriculum_refuses_a_form_that_guessing_would_pass(library: Path) -> None:
    write_folder(library, form_a=form_yaml("A", items=2), form_b=form_yaml("B", items=2))

    with pytest.raises(CommandError, match=r"Rien n'est importé\.$"):
        run(library / "reperer")

    assert not TestForm.objects.exists()
    assert not CurriculumPage.objects.exists()
