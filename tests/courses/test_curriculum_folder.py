import datetime
from pathlib import Path

import pytest

from courses.curriculum_folder import read_awareness, read_curriculum, read_topics
from courses.curriculum_library import read_library
from courses.folder_problems import InvalidFolder
from tests.factories.courses import CURRICULUM_MD, LESSON_MD, MODULE_MD, form_yaml, write_folder

OURS = Path(__file__).resolve().parents[2] / "curricula"


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(InvalidFolder) as refusal:
        read_curriculum(folder)
    return [str(problem) for problem in refusal.value.problems]


def test_read_curriculum_reads_the_whole_folder(tmp_path: Path) -> None:
    parsed = read_curriculum(write_folder(tmp_path))

    assert (parsed.slug, parsed.version, parsed.updated_on) == (
        "reperer",
        "1.0",
        datetime.date(2026, 11, 22),
    )
    assert (parsed.nominal_minutes, parsed.validity_months, parsed.has_online_lessons) == (
        840,
        24,
        True,
    )
    assert (parsed.topics, parsed.audience) == (("identification",), ("avocat",))
    assert parsed.presentation.startswith("<h2>Pourquoi</h2>")
    assert [module.summary for module in parsed.modules] == [
        "La définition.\n\nLe début du parcours."
    ]
    assert [lesson.slug for lesson in parsed.modules[0].lessons] == ["acte", "but"]
    assert len(parsed.modules[0].lessons[0].parts) == 5
    assert [term.slug for term in parsed.glossary] == ["acte"]
    assert [(form.code, form.letter, len(form.items)) for form in parsed.forms] == [
        ("rep-a", "A", 8),
        ("rep-b", "B", 8),
    ]


def test_read_curriculum_accepts_a_room_only_curriculum(tmp_path: Path) -> None:
    folder = tmp_path / "reperer"
    folder.mkdir()
    room = CURRICULUM_MD.replace("lessons_online: true", "lessons_online: false")
    (folder / "curriculum.md").write_text(
        room.replace("modules:\n  - 01-comprendre", "modules: []"), encoding="utf-8"
    )

    parsed = read_curriculum(folder)

    assert (parsed.has_online_lessons, parsed.modules, parsed.forms) == (False, (), ())


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        (
            "curriculum",
            'version: "1.0"\n',
            "",
            "curriculum.md, ligne 1 : la clé « version » manque dans l'en-tête.",
        ),
        (
            "curriculum",
            "slug: reperer",
            "slug: Repérer !",
            "curriculum.md, ligne 3 : la clé « slug » n'est pas un identifiant en minuscules : "
            "« Repérer ! ».",
        ),
        (
            "curriculum",
            "nominal_minutes: 840",
            "nominal_minutes: 5",
            "curriculum.md, ligne 8 : la clé « nominal_minutes » doit être un nombre entier de 10 "
            "à 20000, pas « 5 ».",
        ),
        (
            "curriculum",
            "updated_on: 2026-11-22",
            "updated_on: novembre",
            "curriculum.md, ligne 7 : la clé « updated_on » doit être une date AAAA-MM-JJ, pas "
            "« novembre ».",
        ),
        (
            "curriculum",
            "lessons_online: true",
            "lessons_online: peut-être",
            "curriculum.md, ligne 10 : la clé « lessons_online » doit valoir true ou false.",
        ),
        (
            "curriculum",
            "language: fr",
            "langage: fr",
            "curriculum.md, ligne 5 : la clé « langage » n'est pas une clé connue.",
        ),
        (
            "curriculum",
            "language: fr",
            "slug: autre",
            "curriculum.md, ligne 5 : la clé « slug » est écrite deux fois.",
        ),
        (
            "curriculum",
            "  - 01-comprendre",
            "  - 02-absent",
            "modules/02-absent/module.md : ce fichier n'existe pas.",
        ),
        (
            "curriculum",
            "  - 01-comprendre",
            "  - ../ailleurs",
            "curriculum.md, ligne 15 : « ../ailleurs » doit être un simple nom, sans chemin.",
        ),
        (
            "curriculum",
            "topics:\n  - identification",
            "topics: identification",
            "curriculum.md, ligne 11 : la clé « topics » doit être une liste de textes.",
        ),
        (
            "curriculum",
            'title: "Repérer',
            'title: "Repérer" la',
            "curriculum.md, ligne 2 : YAML illisible : expected <block end>, but found '<scalar>'.",
        ),
        (
            "curriculum",
            "topics:",
            "refreshes: reperer\ntopics:",
            "curriculum.md, ligne 11 : une formation ne se rafraîchit pas elle-même.",
        ),
        (
            "module",
            "  - 02-but.md",
            "",
            "modules/01-comprendre/module.md : 02-but.md n'est pas dans la liste « lessons ».",
        ),
        (
            "acte",
            "minutes: 5",
            "minutes: 45",
            "modules/01-comprendre/01-acte.md, ligne 4 : la clé « minutes » doit être un nombre "
            "entier de 3 à 6, pas « 45 ».",
        ),
        (
            "acte",
            ":::retenir",
            ":::resume",
            "modules/01-comprendre/01-acte.md, ligne 30 : encadré inconnu « resume » (connus : "
            "activite, attention, audio, cas, document, etapes, image, loi, retenir, signe, terme, "
            "verifier, video).",
        ),
        (
            "but",
            "slug: acte",
            "slug: acte",
            "curriculum.md : l'identifiant « acte » est porté par deux éléments (leçon).",
        ),
        (
            "form_a",
            "    correct: true\n",
            "",
            "tests/form-a.yaml, ligne 6 : une question a exactement une réponse juste, ici 0.",
        ),
        (
            "form_a",
            '  - text: "La promesse."\n',
            '  - text: "La promesse."\n    correct: true\n',
            "tests/form-a.yaml, ligne 6 : une question a exactement une réponse juste, ici 2.",
        ),
        (
            "form_a",
            "lesson: acte",
            "lesson: absente",
            "tests/form-a.yaml, ligne 6 : la leçon « absente » n'existe pas dans ce curriculum.",
        ),
        (
            "form_a",
            "Nommer l'acte",
            "Nommer autre chose",
            "tests/form-a.yaml, ligne 6 : l'objectif de rep-a-1 n'est pas un objectif de sa leçon, "
            "mot pour mot.",
        ),
        (
            "form_a",
            "La promesse.",
            "Le recrutement.",
            "tests/form-a.yaml, ligne 6 : deux réponses proposées sont identiques.",
        ),
        (
            "form_a",
            "letter: A",
            "letter: B",
            "tests : rep-b et rep-a sont parallèles et ont la même lettre.",
        ),
        (
            "form_a",
            "code: rep-a-2",
            "code: rep-a-1",
            "tests/form-a.yaml : le code « rep-a-1 » est déjà pris dans tests/form-a.yaml.",
        ),
        (
            "glossary",
            "slug: acte, ",
            "",
            "glossary.yaml, ligne 1 : « slug » manque dans un terme.",
        ),
    ],
)
def test_read_curriculum_says_what_is_wrong_and_where(
    tmp_path: Path, file: str, old: str, new: str, problem: str
) -> None:
    texts = {
        "curriculum": CURRICULUM_MD,
        "module": MODULE_MD,
        "acte": LESSON_MD,
        "but": LESSON_MD,
        "form_a": form_yaml("A"),
        "glossary": '- {term: "Acte", slug: acte, definition: "Recruter."}\n',
    }
    assert old in texts[file]

    folder = write_folder(tmp_path, **{file: texts[file].replace(old, new)})

    assert problem in problems_of(folder)


def test_read_curriculum_collects_every_problem_at_once(tmp_path: Path) -> None:
    folder = write_folder(
        tmp_path,
        curriculum=CURRICULUM_MD.replace('version: "1.0"\n', ""),
        acte=LESSON_MD.replace("minutes: 5", "minutes: 0"),
        form_b=form_yaml("B", items=7),
    )

    problems = problems_of(folder)

    assert [problem.partition(" :")[0] for problem in problems] == [
        "modules/01-comprendre/01-acte.md, ligne 4",
        "curriculum.md, ligne 1",
        "tests",
    ]
    assert problems[2] == "tests : rep-b et rep-a n'ont pas le même nombre de questions."


def test_read_curriculum_refuses_a_folder_without_its_file(tmp_path: Path) -> None:
    assert problems_of(tmp_path) == ["curriculum.md : ce fichier n'existe pas."]


def test_read_curriculum_refuses_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    folder = write_folder(tmp_path)
    (folder / "curriculum.md").write_bytes("---\ntitle: Repérer\n---\n".encode("cp1252"))

    assert problems_of(folder) == ["curriculum.md : ce fichier n'est pas en UTF-8."]


def test_read_topics_and_awareness_refuse_duplicates(tmp_path: Path) -> None:
    topics = tmp_path / "topics.yaml"
    topics.write_text("- {code: a, name: A}\n- {code: a, name: B}\n", encoding="utf-8")
    page = '---\ntitle: "T"\nslug: t\nsummary: "S"\nsources: ["PAN-TP"]\n---\nTexte.\n'
    for name in ("01-t.md", "02-t.md"):
        (tmp_path / name).write_text(page, encoding="utf-8")

    with pytest.raises(InvalidFolder, match="« a » est porté par deux éléments"):
        read_topics(topics)
    with pytest.raises(InvalidFolder, match="« t » est porté par deux éléments"):
        read_awareness(tmp_path)


def test_read_library_names_the_folder_of_each_problem(tmp_path: Path) -> None:
    write_folder(tmp_path, name="un", acte=LESSON_MD.replace("minutes: 5", "minutes: 45"))
    write_folder(tmp_path, name="deux")

    with pytest.raises(InvalidFolder) as refusal:
        read_library(tmp_path)

    assert [problem.file for problem in refusal.value.problems] == [
        "un/modules/01-comprendre/01-acte.md"
    ]


def test_read_library_refuses_a_folder_with_nothing_to_import(tmp_path: Path) -> None:
    with pytest.raises(InvalidFolder, match=r"aucun curriculum\.md dans ce dossier"):
        read_library(tmp_path)
    with pytest.raises(InvalidFolder, match="ce dossier n'existe pas"):
        read_library(tmp_path / "absent")


def test_read_library_puts_a_refresher_after_what_it_refreshes(tmp_path: Path) -> None:
    refresher = CURRICULUM_MD.replace("slug: reperer", "slug: a-rappel\nrefreshes: reperer")
    write_folder(tmp_path, name="a-rappel", curriculum=refresher)
    write_folder(tmp_path)

    library = read_library(tmp_path)

    assert [(c.slug, c.refreshes) for c in library.curricula] == [
        ("reperer", ""),
        ("a-rappel", "reperer"),
    ]


def test_read_library_reads_the_curricula_of_the_project() -> None:
    library = read_library(OURS)

    main = next(c for c in library.curricula if c.slug == "comprendre-reperer-signaler")
    assert len(library.curricula) >= 5
    assert (len(main.modules), sum(len(m.lessons) for m in main.modules)) == (5, 12)
    assert [len(form.items) for form in main.forms] == [20, 20]
    assert len(library.topics) == 9
    assert [page.slug for page in library.awareness][:2] == ["reconnaitre-les-signes", "que-faire"]
