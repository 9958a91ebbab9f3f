import dataclasses
import gzip
import re
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from wagtail.documents.models import Document
from wagtail.images.models import Image

from accounts.reference_data import load_reference_data
from courses.curriculum_folder import read_curriculum
from courses.curriculum_import import import_curriculum, import_topics
from courses.curriculum_library import read_library
from courses.file_weights import weight_text
from courses.folder_problems import InvalidFolder
from courses.lesson_parts import Term
from courses.models import LessonPage, Recording
from tests.factories.courses import LESSON_MD, parsed_curriculum, parsed_lesson, write_folder
from tests.factories.media import MEDIA_BOXES, picture_bytes, write_every_file, write_media

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]
OURS = ROOT / "curricula"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    parsed_curriculum()  # the topic and the profession
    folder = write_folder(tmp_path, acte=LESSON_MD + MEDIA_BOXES)
    write_every_file(folder)
    return folder


def test_import_curriculum_keeps_each_file_once(folder: Path) -> None:
    first = import_curriculum(parsed=read_curriculum(folder))
    again = import_curriculum(parsed=read_curriculum(folder))

    assert (first.pages.created, again.pages.is_untouched) == (4, True)
    image = Image.objects.get()
    assert (image.title, image.collection.name, image.width) == ("carte.png", "reperer", 900)
    assert image.renditions.count() == 4
    assert Document.objects.get().collection.name == "reperer"
    assert [
        (r.title, r.kind, r.seconds, bool(r.captions)) for r in Recording.objects.order_by("pk")
    ] == [
        ("La définition", "AUDIO", 95, False),
        ("Le contrôle", "VIDEO", 20, True),
    ]


def test_a_picture_that_changed_under_the_same_name_is_another_picture(folder: Path) -> None:
    import_curriculum(parsed=read_curriculum(folder))
    write_media(folder, carte_png=picture_bytes(shade=10))

    report = import_curriculum(parsed=read_curriculum(folder))

    lesson = LessonPage.objects.get(slug="acte")
    picture = next(block for block in lesson.body if block.block_type == "image")
    assert report.pages.updated == 1
    assert Image.objects.count() == 2
    assert picture.value["image"].file_hash == Image.objects.order_by("-pk")[0].file_hash


def test_other_words_of_a_recording_make_another_one_of_the_same_file(folder: Path) -> None:
    import_curriculum(parsed=read_curriculum(folder))
    path = folder / "modules" / "01-comprendre" / "01-acte.md"
    path.write_text(path.read_text().replace("c'est recruter.", "c'est transporter."))

    import_curriculum(parsed=read_curriculum(folder))

    sounds = Recording.objects.filter(kind="AUDIO").order_by("pk")
    assert [sound.transcript[:24] for sound in sounds] == [
        "La traite, c'est recrute",
        "La traite, c'est transpo",
    ]
    assert sounds[0].file.name == sounds[1].file.name
    assert default_storage.exists(sounds[0].file.name)


def test_a_term_outside_the_glossary_stops_the_import() -> None:
    module = dataclasses.replace(
        parsed_curriculum().modules[0], lessons=(parsed_lesson("a", Term("absent")),)
    )

    with pytest.raises(InvalidFolder, match=r"reperer/…/a.md : le terme « absent » n'est pas au"):
        import_curriculum(parsed=parsed_curriculum("reperer", module))

    assert not LessonPage.objects.exists()


def test_a_lesson_shows_its_files_with_their_weight_and_loads_none_of_them(
    folder: Path, client: Client
) -> None:
    import_curriculum(parsed=read_curriculum(folder))

    html = client.get(LessonPage.objects.get(slug="acte").url).content.decode()

    picture = re.search(r"<picture>.*?</picture>", html, re.DOTALL)[0]
    assert re.findall(r'type="([^"]+)"', picture) == ["image/avif"]
    assert re.search(r'<img [^>]*width="360"[^>]*height="240"', picture) or re.search(
        r'<img [^>]*height="240"[^>]*width="360"', picture
    )
    assert 'loading="lazy"' in picture
    assert 'alt="Une carte\u00a0: trois routes."' in picture
    assert "Son, 95 s, 1 ko" in html
    assert html.count('preload="none"') == 2
    assert '<track kind="captions"' in html
    assert "Et exploiter\u00a0: voilà." in html
    assert "La fiche (PDF, 1 ko)" in html
    assert "/glossaire/#acte" in html
    assert "Premier élément\u00a0: recruter." in html


def test_a_lesson_whose_recording_file_is_gone_still_opens(folder: Path, client: Client) -> None:
    import_curriculum(parsed=read_curriculum(folder))
    default_storage.delete(Recording.objects.filter(kind="AUDIO").get().file.name)

    html = client.get(LessonPage.objects.get(slug="acte").url).content.decode()

    assert "La définition" in html
    assert "95 s, 1 ko" not in html


def test_the_lessons_of_the_project_with_a_picture_are_light_on_a_phone(client: Client) -> None:
    """Cold: the page, its styles and the picture that a dense 360-pixel screen takes, gzipped."""
    load_reference_data()
    library = read_library(OURS)
    import_topics(topics=library.topics)
    import_curriculum(parsed=library.curricula[0])
    styles = len(gzip.compress((ROOT / "static" / "css" / "site.css").read_bytes(), 9))

    weights = {}
    for image in Image.objects.all():
        rendition = image.renditions.get(filter_spec="format-avif|width-720")
        weights[image.title] = rendition.file.size
    page = client.get(LessonPage.objects.get(slug="acte-moyen-but").url)
    cold = len(gzip.compress(page.content)) + styles + weights["acte-moyen-but.png"]

    assert len(weights) >= 4
    assert max(weights.values()) <= 35 * 1024, weights
    assert cold <= 60 * 1024


@pytest.mark.parametrize(
    ("size", "text"), [(0, "1 ko"), (1024, "1 ko"), (1025, "2 ko"), (1_363_149, "1,3 Mo")]
)
def test_weight_text_rounds_up_to_kilobytes(size: int, text: str) -> None:
    assert weight_text(size) == text
