import dataclasses
from pathlib import Path

import pytest

from courses.curriculum_folder import ParsedCurriculum, ParsedTerm, read_curriculum
from courses.curriculum_writing import CannotExport, write_curriculum
from courses.lesson_parts import Case, CaseQuestion, Check, CheckChoice, KeyPoints, LessonPart, Text
from courses.lesson_writing import write_parts
from courses.rich_text_tree import CannotWrite
from tests.factories.courses import LESSON_MD, write_folder
from tests.factories.media import MEDIA_BOXES, write_every_file


def write(folder: Path, parsed: ParsedCurriculum) -> Path:
    for path, text in write_curriculum(parsed).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def test_write_curriculum_gives_files_that_are_read_the_same(tmp_path: Path) -> None:
    source = write_folder(tmp_path / "avant", acte=LESSON_MD + MEDIA_BOXES)
    write_every_file(source)
    parsed = read_curriculum(source)

    folder = write(tmp_path / "après", parsed)
    write_every_file(folder)

    assert read_curriculum(folder) == parsed
    assert (folder / "modules/01-comprendre/01-acte.md").read_text(encoding="utf-8") == (
        source / "modules/01-comprendre/01-acte.md"
    ).read_text(encoding="utf-8")


def test_write_curriculum_says_which_lesson_does_not_fit(tmp_path: Path) -> None:
    parsed = read_curriculum(write_folder(tmp_path))
    module = parsed.modules[0]
    bad = dataclasses.replace(module.lessons[1], parts=(Text("<p><code>x</code></p>"),))
    changed = dataclasses.replace(module, lessons=(module.lessons[0], bad))

    with pytest.raises(CannotExport) as refusal:
        write_curriculum(dataclasses.replace(parsed, modules=(changed,)))

    assert [str(problem) for problem in refusal.value.problems] == [
        "modules/01-comprendre/02-but.md : le texte contient « <code> », que le dossier ne sait "
        "pas écrire."
    ]


def test_the_glossary_comes_in_alphabetical_order_without_accents(tmp_path: Path) -> None:
    terms = "".join(
        f'- {{term: "{term}", slug: {slug}, definition: "D"}}\n'
        for term, slug in (("Traite", "traite"), ("École", "ecole"), ("dette", "dette"))
    )

    parsed = read_curriculum(write_folder(tmp_path, glossary=terms))

    assert [term.slug for term in parsed.glossary] == ["dette", "ecole", "traite"]
    assert parsed.glossary[0] == ParsedTerm("dette", "dette", "D", "")


@pytest.mark.parametrize(
    ("part", "sentence"),
    [
        (Text("<ul><li>un</li></ul><ul><li>deux</li></ul>"), "ne s'écrit pas en Markdown"),
        (
            Case("Titre", "<ul><li>un</li></ul>", (CaseQuestion("Quoi ?", ""),)),
            "« Titre » ne s'écrit pas",
        ),
        (KeyPoints("À {retenir}", ("<p>un</p>",)), "les attributs s'écrivent"),
        (
            Check("Quoi ?", (CheckChoice("a — b", True, ""), CheckChoice("c", False, ""))),
            "ne s'écrit pas dans le dossier",
        ),
        (Check("Quoi ?", (CheckChoice("a", True, ""),)), "au moins deux réponses"),
    ],
)
def test_write_parts_refuses_what_would_be_read_otherwise(part: LessonPart, sentence: str) -> None:
    with pytest.raises(CannotWrite, match=sentence):
        write_parts([part])


def test_write_parts_joins_texts_that_follow_each_other() -> None:
    assert write_parts([Text("<p>un</p>"), Text("<p>deux</p>"), Text("")]) == "un\n\ndeux"
