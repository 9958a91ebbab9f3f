import datetime
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Page

from accounts.reference_data import load_reference_data
from assessments.curriculum_forms import import_library
from assessments.models import FormItem, QuestionBank, TestForm
from courses.curriculum_export import read_pages
from courses.curriculum_folder import read_curriculum
from courses.curriculum_import import import_curriculum
from courses.curriculum_library import read_library
from courses.models import (
    CurriculumPage,
    CurriculumVersion,
    GlossaryTerm,
    LessonPage,
    Recording,
)
from tests.factories.courses import LESSON_MD, parsed_curriculum, publish_curriculum, write_folder
from tests.factories.media import MEDIA_BOXES, write_every_file

pytestmark = pytest.mark.django_db
OURS = Path(__file__).resolve().parents[2] / "curricula"


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def import_folder(folder: Path) -> CurriculumPage:
    library = read_library(folder)
    return import_library(library=library).curricula[0][0].curriculum


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    parsed_curriculum()  # the topic and the profession
    folder = write_folder(tmp_path / "avant", acte=LESSON_MD + MEDIA_BOXES)
    write_every_file(folder)
    return folder


def test_the_curricula_of_the_project_come_back_whole(tmp_path: Path) -> None:
    load_reference_data()
    library = read_library(OURS)
    import_library(library=library)

    call_command("export_curriculum", "--all", tmp_path / "un", verbosity=0)
    call_command("export_curriculum", "--all", tmp_path / "deux", verbosity=0)

    again = read_library(tmp_path / "un")
    assert again.curricula == library.curricula
    assert again.awareness == library.awareness
    assert again.topics == library.topics
    assert contents(tmp_path / "un") == contents(tmp_path / "deux")


def test_a_folder_comes_back_with_its_forms_and_the_bytes_of_its_files(
    folder: Path, tmp_path: Path
) -> None:
    import_folder(folder)

    call_command("export_curriculum", "reperer", tmp_path / "après")

    assert read_curriculum(tmp_path / "après" / "reperer") == read_curriculum(folder)
    back, first = contents(tmp_path / "après" / "reperer"), contents(folder)
    assert set(back) == set(first)
    assert {n for n in back if n.startswith("media/")} == {n for n in first if "media/" in n}
    assert all(back[name] == first[name] for name in first if name.startswith("media/"))


def test_pages_edited_in_wagtail_survive_a_trip_to_an_empty_site(
    folder: Path, tmp_path: Path
) -> None:
    curriculum = import_folder(folder)
    lesson = LessonPage.objects.get(slug="but")
    elsewhere = LessonPage.objects.get(slug="acte")
    lesson.title = "Le but : exploiter"
    stream = [
        {"type": "text", "value": '<p data-block-key="k1">Un <b>mot </b>et <i>un</i> autre.</p>'},
        {
            "type": "text",
            "value": f'<h3 data-block-key="k2">Voir</h3><p data-block-key="k3">'
            f'<a linktype="page" id="{elsewhere.pk}">la leçon</a><br/>puis « ici » : oui.</p>'
            '<ul><li data-block-key="k4">un</li></ul>',
        },
        {
            "type": "law",
            "value": {
                "title": "Peines",
                "reference": "Loi n°2012-023",
                "updated_on": "2026-11-22",
                "text": "<p>5 000 FCFA.</p>",
            },
        },
    ]
    lesson.body = json.dumps(stream)
    lesson.save_revision().publish()
    before = read_pages(CurriculumPage.objects.get()).curriculum

    call_command("export_curriculum", "reperer", tmp_path / "après")
    for model in (FormItem, TestForm, QuestionBank, CurriculumVersion, GlossaryTerm, Recording):
        model.objects.all().delete()
    Page.objects.get(pk=curriculum.pk).delete()
    report = import_curriculum(parsed=read_curriculum(tmp_path / "après" / "reperer"))

    after = read_pages(report.curriculum).curriculum
    assert not LessonPage.objects.filter(pk=lesson.pk).exists()
    assert after == before
    but = after.modules[0].lessons[1]
    assert but.title == "Le but : exploiter"
    assert [type(part).__name__ for part in but.parts] == ["Text", "Law"]
    assert '<a href="/formations/reperer/comprendre/acte/">la leçon</a><br>' in but.parts[0].html
    assert "<strong>mot</strong> et <em>un</em>" in but.parts[0].html
    assert but.parts[1].updated_on == datetime.date(2026, 11, 22)


def test_what_cannot_be_written_is_refused_and_the_old_folder_stays(
    folder: Path, tmp_path: Path
) -> None:
    import_folder(folder)
    call_command("export_curriculum", "reperer", tmp_path / "après")
    kept = contents(tmp_path / "après")
    lesson = LessonPage.objects.get(slug="but")
    lesson.body = json.dumps([{"type": "text", "value": "<p>x</p><table><tr></tr></table>"}])
    lesson.save_revision().publish()

    with pytest.raises(CommandError, match="Le but : le texte contient « <table> »"):
        call_command("export_curriculum", "reperer", tmp_path / "après")

    assert contents(tmp_path / "après") == kept


def test_a_lesson_out_of_bounds_is_refused(folder: Path, tmp_path: Path) -> None:
    import_folder(folder)
    LessonPage.objects.filter(slug="but").update(minutes=45)

    with pytest.raises(CommandError, match=r"02-but\.md, ligne 4 : la clé « minutes »"):
        call_command("export_curriculum", "reperer", tmp_path / "après")

    assert not (tmp_path / "après").exists()


def test_an_export_keeps_the_workshop_and_drops_the_lessons_that_left(
    folder: Path, tmp_path: Path
) -> None:
    import_folder(folder)
    target = tmp_path / "après" / "reperer"
    call_command("export_curriculum", "reperer", target.parent)
    (target / "media" / "sources").mkdir()
    (target / "media" / "sources" / "carte.svg").write_text("<svg/>")
    LessonPage.objects.get(slug="but").unpublish()

    call_command("export_curriculum", "reperer", target.parent)

    assert (target / "media" / "sources" / "carte.svg").exists()
    assert not (target / "modules" / "01-comprendre" / "02-but.md").exists()


def test_a_withdrawn_item_is_named_because_a_folder_cannot_say_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import_folder(folder)
    item = FormItem.objects.get(question__code="rep-a-3")
    FormItem.objects.filter(pk=item.pk).update(
        withdrawn_at=datetime.datetime(2026, 11, 22, tzinfo=datetime.UTC), withdrawal_reason="Clé"
    )

    call_command("export_curriculum", "reperer", tmp_path / "après")

    assert "rep-a-3 est retirée du score" in capsys.readouterr().err


def test_the_command_refuses_a_wrong_name_or_a_folder_of_something_else(tmp_path: Path) -> None:
    publish_curriculum()
    (tmp_path / "reperer").mkdir()
    (tmp_path / "reperer" / "these.txt").write_text("dix ans de travail")

    with pytest.raises(CommandError, match="n'est pas un dossier de curriculum"):
        call_command("export_curriculum", "reperer", tmp_path)
    with pytest.raises(CommandError, match="Aucun curriculum publié"):
        call_command("export_curriculum", "absent", tmp_path)
    with pytest.raises(CommandError, match="ou --all"):
        call_command("export_curriculum", "reperer", tmp_path, all=True)

    assert (tmp_path / "reperer" / "these.txt").exists()
