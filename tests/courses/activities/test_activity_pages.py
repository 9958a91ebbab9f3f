"""The screens around activities: the lesson's card, the player, import, approval."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.enums import Role
from accounts.models import User
from courses.models import Activity, ActivityLibrary, ActivityResult, LessonPage
from tests.courses.activities.lessons import CODE, follow, imported, lesson_with
from tests.courses.activities.packages import SCO_12, quiz_files, scorm_files, write_package
from tests.factories.accounts import make_person, make_user

pytestmark = pytest.mark.django_db

PLAYER_FILES = (
    "h5p-standalone/dist/frame.bundle.js",
    "h5p-standalone/dist/styles/h5p.css",
    "scorm-again/dist/esm/scorm12.min.js",
    "scorm-again/dist/esm/scorm2004.min.js",
)


@pytest.fixture(autouse=True)
def players(settings: Any, tmp_path: Path) -> Path:
    """Players that are installed as far as the server can see, so that no test needs npm."""
    root = tmp_path / "node_modules"
    for name in PLAYER_FILES:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("/* player */")
    for package in ("h5p-standalone", "scorm-again"):
        (root / package / "package.json").write_text("{}")
    settings.PLAYER_ROOT = root
    return root


@pytest.fixture
def lesson() -> LessonPage:
    return lesson_with()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(client: Client, address: str) -> str:
    html = client.get(address).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html.partition("<main")[2]))


def test_a_lesson_shows_its_activity_and_what_it_weighs(lesson: LessonPage, tmp_path: Path) -> None:
    imported(tmp_path)

    html = Client().get(lesson.get_url()).content.decode()

    assert f'href="/activites/{CODE}/?lecon={lesson.pk}"' in html
    assert "<iframe" not in html  # the lesson stays light: the activity has its own page
    assert "H5P, 3 Kio au plus à charger." in words(Client(), lesson.get_url())


def test_a_lesson_says_that_its_activity_is_not_there(lesson: LessonPage) -> None:
    assert f"L'activité « {CODE} » n'est pas encore importée." in words(
        Client(), lesson.get_url()
    ).replace("&#x27;", "'")


def test_an_activity_whose_code_nobody_approved_waits(lesson: LessonPage, tmp_path: Path) -> None:
    version = imported(tmp_path, approve=False)
    sentence = "Cette activité attend : son code est à approuver par un administrateur."

    assert sentence in words(Client(), lesson.get_url())
    assert sentence in words(Client(), f"/activites/{CODE}/")
    assert Client().get(f"/activites-contenu/h5p/{version.sha256}/").status_code == 404
    library = f"/activites-contenu/bibliotheques/{version.load_order[0]}/scripts/boutons.js"
    assert Client().get(library).status_code == 404


def test_an_activity_without_its_player_says_so(
    lesson: LessonPage, tmp_path: Path, players: Path
) -> None:
    imported(tmp_path)
    (players / "h5p-standalone/dist/frame.bundle.js").unlink()

    for address in (lesson.get_url(), f"/activites/{CODE}/"):
        assert "son lecteur n'est pas installé" in words(Client(), address).replace("&#x27;", "'")
    assert "<iframe" not in Client().get(f"/activites/{CODE}/").content.decode()


def test_a_scorm_activity_without_a_content_origin_says_so(tmp_path: Path, settings: Any) -> None:
    imported(tmp_path, scorm_files(SCO_12))
    settings.CONTENT_ORIGIN = ""
    absent = words(Client(), f"/activites/{CODE}/").replace("&#x27;", "'")
    settings.CONTENT_ORIGIN = "http://testserver:9000"
    same = words(Client(), f"/activites/{CODE}/").replace("&#x27;", "'")
    settings.CONTENT_ORIGIN = "http://contenu.test"
    page = Client().get(f"/activites/{CODE}/")

    assert "le site n'a pas d'adresse réservée aux contenus (CONTENT_ORIGIN)" in absent
    assert "porte le même nom que le site" in same
    assert 'data-origin="http://contenu.test"' in page.content.decode()
    assert 'sandbox="allow-scripts allow-same-origin allow-forms"' in page.content.decode()
    assert "frame-src http://contenu.test;" in page.headers["Content-Security-Policy"] + ";"


def test_the_player_page_frames_nothing_but_the_activity(tmp_path: Path) -> None:
    version = imported(tmp_path)

    page = Client().get(f"/activites/{CODE}/")

    html, policy = page.content.decode(), page.headers["Content-Security-Policy"]
    assert f'data-src="/activites-contenu/h5p/{version.sha256}/"' in html
    assert 'sandbox="allow-scripts"' in html
    assert "frame-src http://testserver;" in policy + ";"
    assert "script-src 'self';" in policy + ";"
    assert "data-results" not in html  # a visitor's score goes nowhere
    assert "votre score n'est pas gardé" in words(Client(), f"/activites/{CODE}/")


def test_a_learner_sees_her_last_tries_and_nobody_elses(lesson: LessonPage, tmp_path: Path) -> None:
    version = imported(tmp_path)
    person, other = make_person(), make_person()
    for rank, who in enumerate((person, other)):
        ActivityResult.objects.create(
            uuid=f"00000000-0000-4000-8000-00000000000{rank}",
            run=follow(who, lesson), lesson=lesson, version=version, outcome="COMPLETED",
            score=rank + 2, max_score=4, reported_at=timezone.now(),
        )  # fmt: skip

    text = words(signed_in(make_user(person=person)), f"/activites/{CODE}/?lecon={lesson.pk}")

    assert "Terminée : 2 sur 4. Entraînement, score déclaré par l'activité." in text.replace(
        "&#x27;", "'"
    )
    assert "3 sur 4" not in text


@pytest.mark.parametrize("code", ["inconnue", "bibliotheque"])
def test_an_unknown_activity_is_not_found(code: str) -> None:
    assert Client().get(f"/activites/{code}/").status_code == 404


def test_an_editor_imports_a_package(tmp_path: Path) -> None:
    editor = make_user(Role.EDITOR)
    client = signed_in(editor)
    package = write_package(tmp_path / "quiz.h5p", quiz_files()).read_bytes()

    answer = client.post(
        "/activites/",
        {"code": CODE, "title": "Gestes", "package": SimpleUploadedFile("quiz.h5p", package)},
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, "/activites/")
    version = Activity.objects.get(code=CODE).versions.get()
    assert (version.imported_by, version.package_size) == (editor, len(package))
    text = words(client, "/activites/")
    assert "« Gestes » est importée, version 1." in text
    assert "À approuver par un administrateur" in text


def test_a_refused_package_is_told_beside_the_file() -> None:
    client = signed_in(make_user(Role.EDITOR))

    answer = client.post(
        "/activites/", {"code": CODE, "package": SimpleUploadedFile("mon quiz.h5p", b"non")}
    )

    assert answer.status_code == 200
    assert "mon quiz.h5p n&#x27;est pas une archive ZIP lisible." in answer.content.decode()
    assert Activity.objects.count() == 0


def test_an_upload_past_the_size_is_cut_off(settings: Any) -> None:
    settings.ACTIVITY_LIMITS = {"package_bytes": 100_000}
    client = signed_in(make_user(Role.EDITOR))

    answer = client.post(
        "/activites/", {"code": CODE, "package": SimpleUploadedFile("a.h5p", bytes(1_000_000))}
    )

    assert "Ce paquet dépasse 200 Mo : il est refusé." in answer.content.decode()
    assert Activity.objects.count() == 0


def test_an_upload_without_the_token_is_refused(tmp_path: Path) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(Role.EDITOR))
    package = write_package(tmp_path / "quiz.h5p", quiz_files()).read_bytes()

    answer = client.post(
        "/activites/", {"code": CODE, "package": SimpleUploadedFile("quiz.h5p", package)}
    )

    assert answer.status_code == 403
    assert Activity.objects.count() == 0


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_activities_asks_the_same_whatever_its_length(
    count: int, tmp_path: Path, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for rank in range(count):
        imported(tmp_path, quiz_files(title=f"Quiz {rank}"), code=f"quiz-{rank}", approve=False)
    client = signed_in(make_user(Role.VALIDATOR))

    with django_assert_num_queries(6):
        html = client.get("/activites/").content.decode()

    assert [f"quiz-{rank}" in html for rank in range(count)] == [True] * count
    assert html.count("À approuver par un administrateur") == count


def test_an_administrator_approves_what_is_ticked(tmp_path: Path, caplog: Any) -> None:
    version = imported(tmp_path, approve=False)
    buttons = version.libraries.get(machine_name="H5P.Boutons")
    administrator = make_user(Role.ADMINISTRATOR)
    client = signed_in(administrator)
    page = words(client, "/activites/bibliotheques/")

    answer = client.post("/activites/bibliotheques/", {"library": [buttons.pk, "x", "999999"]})

    assert "H5P.Boutons 1.2.5 · H5P.Boutons 4 fichiers" in page
    assert answer.status_code == 302
    buttons.refresh_from_db()
    assert buttons.approved_by == administrator
    assert [str(library) for library in version.libraries.waiting()] == ["H5P.PetitQuiz 1.0"]
    assert "1 bibliothèque approuvée." in words(client, "/activites/bibliotheques/")


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_libraries_asks_the_same_whatever_its_length(
    count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    for rank in range(count * 2):
        is_approved = rank % 2
        ActivityLibrary.objects.create(
            machine_name=f"H5P.N{rank}", major_version=1, minor_version=0, patch_version=0,
            title="N", sha256=f"{rank:064}", file_count=1, size=10, imported_at=timezone.now(),
            approved_at=timezone.now() if is_approved else None,
            approved_by=administrator if is_approved else None,
        )  # fmt: skip
    client = signed_in(administrator)

    with django_assert_num_queries(6):
        html = client.get("/activites/bibliotheques/").content.decode()

    assert [f"H5P.N{rank} " in html or f"H5P.N{rank} 1.0" in html for rank in range(count * 2)] == [
        True
    ] * (count * 2)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/activites/", {Role.EDITOR, Role.VALIDATOR}),
        ("/activites/bibliotheques/", {Role.ADMINISTRATOR}),
    ],
)
def test_import_is_for_editors_and_approval_for_administrators(
    address: str, allowed: set[Role], tmp_path: Path
) -> None:
    imported(tmp_path, approve=False)
    roles = [Role.EDITOR, Role.VALIDATOR, Role.ADMINISTRATOR, Role.COMMITTEE, Role.TRAINER]

    opened = {role for role in roles if signed_in(make_user(role)).get(address).status_code == 200}
    refused = signed_in(make_user()).get(address)

    assert opened == allowed
    assert refused.status_code == 403
    assert "H5P.Boutons" not in refused.content.decode()
    assert Client().get(address).status_code == 302


def test_a_result_nested_without_end_is_unreadable(lesson: LessonPage, tmp_path: Path) -> None:
    imported(tmp_path)
    client = signed_in(make_user())

    answer = client.post(f"/activites/{CODE}/resultats/", b"[" * 1900, "application/json")

    assert (answer.status_code, answer.json()["message"]) == (400, "Ce résultat n'est pas lisible.")
