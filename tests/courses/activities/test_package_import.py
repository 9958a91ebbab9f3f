"""Take packages in: whole, once, under their hash, and waiting for who approves code."""

import json
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.enums import Role
from courses.activities.library_approval import approve_libraries
from courses.activities.package_import import import_activity
from courses.activities.refusals import PackageRefused
from courses.models import Activity, ActivityLibrary, ActivityVersion
from tests.courses.activities.packages import (
    QUIZ_JS,
    SCO_12,
    SCO_2004,
    dependency,
    library,
    quiz_files,
    scorm_files,
    write_package,
)
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def quiz(tmp_path: Path) -> Path:
    return write_package(tmp_path / "quiz.h5p", quiz_files())


def stored(settings: Any) -> set[str]:
    """Every file under ACTIVITY_ROOT, by its path with hashes cut short."""
    root = Path(settings.ACTIVITY_ROOT)
    return {
        "/".join(part[:6] if len(part) == 64 else part for part in path.relative_to(root).parts)
        for path in root.rglob("*")
        if path.is_file()
    }


def test_an_h5p_package_is_stored_under_its_hashes(quiz: Path, settings: Any) -> None:
    version = import_activity(path=quiz, code="premiers-gestes")

    by_name = {library.versioned_name: library for library in version.libraries.all()}
    buttons, main = by_name["H5P.Boutons 1.2"], by_name["H5P.PetitQuiz 1.0"]
    assert version.load_order == [buttons.sha256, main.sha256]
    assert (version.number, version.kind, version.main_library) == (1, "H5P", "H5P.PetitQuiz 1.0")
    assert version.activity.title == "Que faire d'abord ?"
    assert (buttons.patch_version, buttons.file_count) == (5, 4)
    assert stored(settings) == {
        f"packages/{version.sha256[:6]}/h5p.json",
        f"packages/{version.sha256[:6]}/content/content.json",
        f"packages/{version.sha256[:6]}/content/images/dessin.png",
        f"libraries/{main.sha256[:6]}/library.json",
        f"libraries/{main.sha256[:6]}/quiz.js",
        f"libraries/{buttons.sha256[:6]}/library.json",
        f"libraries/{buttons.sha256[:6]}/scripts/boutons.js",
        f"libraries/{buttons.sha256[:6]}/styles/boutons.css",
        f"libraries/{buttons.sha256[:6]}/images/fond.png",
    }


def test_a_library_may_hold_what_real_ones_hold(tmp_path: Path, settings: Any) -> None:
    extra = ["icon.svg", "language/fr.json", "README.md", "LICENSE.txt", "old.xml", ".eslintrc"]
    files = quiz_files() | {f"H5P.Boutons-1.2/{name}": "{}" for name in extra}
    path = write_package(tmp_path / "quiz.h5p", files)

    version = import_activity(path=path, code="premiers-gestes")

    names = {name.split("/", 2)[2] for name in stored(settings) if name.startswith("libraries/")}
    assert {*extra, ".eslintrc"} - names == {".eslintrc"}
    assert version.file_count == 14


def test_the_same_package_again_is_the_same_version(quiz: Path, settings: Any) -> None:
    first = import_activity(path=quiz, code="premiers-gestes")
    files = stored(settings)

    again = import_activity(path=quiz, code="premiers-gestes")

    assert again.pk == first.pk
    assert (ActivityVersion.objects.count(), ActivityLibrary.objects.count()) == (1, 2)
    assert stored(settings) == files


def test_a_library_of_other_bytes_waits_while_the_former_version_plays(
    quiz: Path, tmp_path: Path
) -> None:
    administrator = make_user(Role.ADMINISTRATOR)
    first = import_activity(path=quiz, code="premiers-gestes")
    approve_libraries(ids=[library.pk for library in first.libraries.all()], by=administrator)
    changed = quiz_files(script=QUIZ_JS + "// une ligne de plus")
    path = write_package(tmp_path / "autre.h5p", changed)

    second = import_activity(path=path, code="premiers-gestes")

    versions = first.activity.versions
    assert second.number == 2
    assert [str(waiting) for waiting in second.libraries.waiting()] == ["H5P.PetitQuiz 1.0"]
    assert versions.playable().latest_first().first() == first
    assert ActivityLibrary.objects.count() == 3  # the buttons are stored once

    ids = [library.pk for library in second.libraries.all()]
    assert approve_libraries(ids=ids, by=administrator) == 1
    approved = ActivityLibrary.objects.get(sha256=second.load_order[1])
    assert approved.approved_by == administrator
    assert approved.approved_at is not None
    assert versions.playable().latest_first().first() == second


def test_an_older_package_imported_again_plays_again(quiz: Path, tmp_path: Path) -> None:
    first = import_activity(path=quiz, code="premiers-gestes")
    other = write_package(tmp_path / "autre.h5p", quiz_files(title="Autre titre"))
    import_activity(path=other, code="premiers-gestes")

    import_activity(path=quiz, code="premiers-gestes")

    assert first.activity.versions.latest_first().first() == first


@pytest.mark.parametrize(
    ("edition", "page", "kind"),
    [("1.2", SCO_12, "SCORM_12"), ("2004", SCO_2004, "SCORM_2004")],
)
def test_a_scorm_package_is_stored_with_its_first_page(
    tmp_path: Path, settings: Any, edition: str, page: str, kind: str
) -> None:
    path = write_package(
        tmp_path / "sco.zip", scorm_files(page, edition=edition, href="index.html?lang=fr")
    )

    version = import_activity(path=path, code="les-signes")

    assert (version.kind, version.launch) == (kind, "index.html?lang=fr")
    assert version.activity.title == "Les signes"
    assert stored(settings) == {
        f"scorm/{version.sha256[:6]}/imsmanifest.xml",
        f"scorm/{version.sha256[:6]}/index.html",
    }


def without(name: str) -> dict[str, Any]:
    return {key: value for key, value in quiz_files().items() if key != name}


REFUSED_H5P = {
    "not an object": (
        quiz_files() | {"h5p.json": "[]"},
        "« h5p.json » ne décrit pas un objet JSON.",
    ),
    "not JSON": (quiz_files() | {"h5p.json": "{"}, "« h5p.json » n'est pas du JSON lisible."),
    "no title": (
        quiz_files(title=7),
        "« h5p.json » : le champ title manque ou n'est pas un texte.",
    ),
    "dependencies as text": (
        quiz_files(preloadedDependencies="H5P.PetitQuiz"),
        "« h5p.json » : le champ preloadedDependencies n'est pas une liste.",
    ),
    "version as a word": (
        quiz_files(preloadedDependencies=[dependency("H5P.PetitQuiz", "un", 0)]),  # type: ignore[arg-type]
        "« h5p.json » : le champ majorVersion n'est pas un numéro de version.",
    ),
    "machine name that climbs": (
        quiz_files(preloadedDependencies=[dependency("../H5P", 1, 0)]),
        "« h5p.json » : « ../H5P » n'est pas un nom technique.",
    ),
    "main library not asked for": (
        quiz_files(mainLibrary="H5P.Autre"),
        "« h5p.json » nomme H5P.Autre comme bibliothèque principale sans en dépendre.",
    ),
    "no content": (
        without("content/content.json"),
        "« content/content.json » manque dans le paquet.",
    ),
    "no description of a library": (
        without("H5P.Boutons-1.2/library.json"),
        "« H5P.Boutons-1.2/library.json » manque dans le paquet.",
    ),
    "script that is not there": (
        without("H5P.PetitQuiz-1.0/quiz.js"),
        "« H5P.PetitQuiz-1.0/library.json » charge quiz.js, qui manque dans le paquet.",
    ),
    "missing library": (
        quiz_files()
        | library("H5P.PetitQuiz", needs=[dependency("H5P.Absente", 2, 1)], files={"quiz.js": ""}),
        "« H5P.PetitQuiz-1.0/library.json » demande la bibliothèque H5P.Absente 2.1, qui manque "
        "dans le paquet.",
    ),
    "circle": (
        quiz_files()
        | library(
            "H5P.Boutons",
            minor=2,
            needs=[dependency("H5P.PetitQuiz", 1, 0)],
            files={"scripts/boutons.js": ""},
        ),
        "« H5P.Boutons-1.2/library.json » : H5P.PetitQuiz 1.0 dépend d'elle-même.",
    ),
    "folder of another name": (
        quiz_files()
        | {"H5P.Faux-1.0/library.json": library("H5P.Vrai")["H5P.Vrai-1.0/library.json"]},
        "« H5P.Faux-1.0/library.json » décrit H5P.Vrai 1.0 : ce n'est pas le nom de son dossier.",
    ),
    "svg with a script in the content": (
        quiz_files() | {"content/images/a.svg": "<svg><script>alert(1)</script></svg>"},
        "« content/images/a.svg » est refusé : l'extension .svg n'est pas admise à cet endroit.",
    ),
    "page in the content": (
        quiz_files() | {"content/a.html": "<p>"},
        "« content/a.html » est refusé : l'extension .html n'est pas admise à cet endroit.",
    ),
    "script in the content": (
        quiz_files() | {"content/a.JS": "alert(1)"},
        "« content/a.JS » est refusé : l'extension .js n'est pas admise à cet endroit.",
    ),
    "page in a library": (
        quiz_files() | {"H5P.Boutons-1.2/a.html": "<p>"},
        "« H5P.Boutons-1.2/a.html » est refusé : l'extension .html n'est pas admise à cet endroit.",
    ),
    "neither": (
        {"lisez-moi.txt": ""},
        "paquet.h5p n'a à sa racine ni « h5p.json » ni « imsmanifest.xml » : ce n'est ni une "
        "activité H5P ni un paquet SCORM.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", REFUSED_H5P)
def test_a_wrong_package_is_refused_in_one_sentence(
    case: str, tmp_path: Path, settings: Any
) -> None:
    files, sentence = REFUSED_H5P[case]
    path = write_package(tmp_path / "paquet.h5p", files)

    with pytest.raises(PackageRefused) as refusal:
        import_activity(path=path, code="premiers-gestes")

    assert str(refusal.value) == sentence
    assert (Activity.objects.count(), ActivityLibrary.objects.count()) == (0, 0)
    assert not {name for name in stored(settings) if not name.startswith("libraries/")}


MANIFEST_2004 = str(scorm_files(SCO_12, edition="2004")["imsmanifest.xml"])
ENTITY = '<!DOCTYPE m [<!ENTITY a "aaaa">]><manifest>&a;</manifest>'


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            scorm_files(SCO_12, href="https://example.org/a.html"),
            "« imsmanifest.xml » ouvre d'abord https://example.org/a.html, qui n'est pas dans le "
            "paquet.",
        ),
        (
            scorm_files(SCO_12, href="../../index.html"),
            "« imsmanifest.xml » ouvre d'abord ../../index.html, qui n'est pas dans le paquet.",
        ),
        (
            scorm_files(SCO_12) | {"imsmanifest.xml": ENTITY},
            "« imsmanifest.xml » n'est pas un fichier XML lisible.",
        ),
        (
            scorm_files(SCO_12) | {"imsmanifest.xml": "<manifest/>"},
            "« imsmanifest.xml » ne dit pas quelle page ouvrir en premier.",
        ),
        (
            scorm_files(SCO_12)
            | {"imsmanifest.xml": MANIFEST_2004.replace("2004 4th Edition", "3.0")},
            "« imsmanifest.xml » n'est ni du SCORM 1.2 ni du SCORM 2004 (« 3.0 »).",
        ),
    ],
)  # fmt: skip
def test_a_scorm_package_that_cannot_start_is_refused(
    tmp_path: Path, files: dict[str, Any], sentence: str
) -> None:
    path = write_package(tmp_path / "sco.zip", files)

    with pytest.raises(PackageRefused) as refusal:
        import_activity(path=path, code="les-signes")

    assert str(refusal.value) == sentence
    assert Activity.objects.count() == 0


def test_a_code_that_an_address_cannot_hold_is_refused(quiz: Path) -> None:
    for code in ("Été", "a b", "", "bibliotheques", "x" * 61):
        with pytest.raises(PackageRefused, match="ne convient pas"):
            import_activity(path=quiz, code=code)

    assert Activity.objects.count() == 0


def test_an_import_killed_half_way_leaves_nothing_half_written(
    quiz: Path, settings: Any, tmp_path: Path
) -> None:
    """The process is killed once its first library has its final name, before the second one."""
    script = tmp_path / "killed.py"
    script.write_text(
        textwrap.dedent(
            """
            import os, signal, sys
            from pathlib import Path
            import django
            django.setup()
            from django.conf import settings
            settings.ACTIVITY_ROOT = Path(sys.argv[1])
            rename, count = Path.replace, []
            def replace(self, target):
                count.append(1)
                if len(count) == 2:
                    os.kill(os.getpid(), signal.SIGKILL)
                return rename(self, target)
            Path.replace = replace
            from courses.activities.package_import import import_activity
            import_activity(path=Path(sys.argv[2]), code="premiers-gestes")
            """
        ),
        encoding="utf-8",
    )
    root = Path(settings.ACTIVITY_ROOT)
    run = subprocess.run(
        [sys.executable, str(script), str(root), str(quiz)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "elearning.settings.dev",
            "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
            "PYTHONPATH": str(settings.BASE_DIR),
        },
        capture_output=True,
        check=False,
    )

    assert run.returncode == -signal.SIGKILL
    kept = {path.relative_to(root).parts[0] for path in root.rglob("*") if path.is_file()}
    assert kept == {"libraries", "incoming"}
    whole = list((root / "libraries").iterdir())
    assert [sorted(file.name for file in folder.rglob("*.*")) for folder in whole] == [
        ["boutons.css", "boutons.js", "fond.png", "library.json"]
    ]

    version = import_activity(path=quiz, code="premiers-gestes")

    assert version.number == 1
    assert {name.split("/")[0] for name in stored(settings)} == {
        "libraries",
        "packages",
        "incoming",
    }


def test_what_a_killed_import_left_is_swept_a_day_later(quiz: Path, settings: Any) -> None:
    left = Path(settings.ACTIVITY_ROOT) / "incoming" / "abandonné"
    left.mkdir(parents=True)
    (left / "fichier.js").write_text("à moitié")
    os.utime(left, (0, 0))

    import_activity(path=quiz, code="premiers-gestes")

    assert list((Path(settings.ACTIVITY_ROOT) / "incoming").iterdir()) == []


def test_command_imports_and_names_what_waits(quiz: Path, capsys: Any) -> None:
    call_command("import_activity", str(quiz), "--code", "premiers-gestes", "--title", "Gestes")

    assert capsys.readouterr().out.splitlines() == [
        "« Gestes », version 1 (H5P), 9 fichiers.",
        "À approuver par un administrateur : H5P.Boutons 1.2, H5P.PetitQuiz 1.0.",
    ]


def test_command_says_why_a_package_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "texte.h5p"
    path.write_text(json.dumps({}))

    with pytest.raises(CommandError, match=r"texte\.h5p n'est pas une archive ZIP lisible\."):
        call_command("import_activity", str(path), "--code", "premiers-gestes")
