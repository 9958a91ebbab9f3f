"""The joined files of an H5P page: their order, their addresses, what they depend on."""

import json
from pathlib import Path

import pytest

from courses.activities.h5p_page import (
    joined_scripts,
    joined_styles,
    page_key,
    rebased,
    setup_script,
)
from courses.models import ActivityVersion
from tests.courses.activities.lessons import imported
from tests.courses.activities.packages import CONTENT, quiz_files

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(tmp_path: Path) -> ActivityVersion:
    return imported(tmp_path)


def test_scripts_are_joined_in_the_order_of_their_dependencies(quiz: ActivityVersion) -> None:
    text = joined_scripts(quiz)

    places = [
        text.index(part)
        for part in (
            "H5P.getUserData = ",
            "H5P.Boutons = ",
            "H5P.PetitQuiz = ",
            "H5P.externalDispatcher",
        )
    ]
    assert places == sorted(places)


def test_styles_keep_the_pictures_that_they_name(quiz: ActivityVersion) -> None:
    buttons = quiz.load_order[0]

    assert f'url("/activites-contenu/bibliotheques/{buttons}/images/fond.png")' in joined_styles(
        quiz
    )


@pytest.mark.parametrize(
    ("css", "expected"),
    [
        ("url(a.png)", 'url("/r/styles/a.png")'),
        ("url('../fonts/a.woff2?v=1#x')", 'url("/r/fonts/a.woff2?v=1#x")'),
        ('url( "./a b.png" )', 'url("/r/styles/a%20b.png")'),
        ("url(data:image/png;base64,AAAA)", "url(data:image/png;base64,AAAA)"),
        ("url(#shape)", "url(#shape)"),
        ("url(../../../secret.png)", "url()"),
    ],
)
def test_addresses_of_a_style_sheet_are_made_whole(css: str, expected: str) -> None:
    assert rebased(css, "/r", "styles") == expected


def test_the_setup_holds_the_content_and_where_its_files_are(quiz: ActivityVersion) -> None:
    text = setup_script(quiz, site="http://site.test")

    start = text.index("window.H5PIntegration = ") + len("window.H5PIntegration = ")
    integration = json.loads(text[start:].rstrip().removesuffix(";"))
    content = integration["contents"]["cid-1"]
    assert json.loads(content["jsonContent"]) == CONTENT
    assert content["library"] == "H5P.PetitQuiz 1.0"
    assert content["contentUrl"] == (
        f"http://site.test/activites-contenu/paquets/{quiz.sha256}/content"
    )
    assert integration["urlLibraries"] == "http://site.test/activites-contenu/bibliotheques"
    assert integration["libraryDirectories"] == {
        "H5P.Boutons-1.2": quiz.load_order[0],
        "H5P.PetitQuiz-1.0": quiz.load_order[1],
    }
    assert "user" not in integration  # nothing of the learner enters the frame


def test_another_package_has_another_key(quiz: ActivityVersion, tmp_path: Path) -> None:
    other = imported(tmp_path, quiz_files(title="Autre"), code="autre")

    assert page_key(quiz) == page_key(ActivityVersion.objects.get(pk=quiz.pk))
    assert page_key(other) != page_key(quiz)
