import json
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from courses.curriculum_folder import read_curriculum
from courses.curriculum_import import import_curriculum
from courses.curriculum_versions import MANIFEST_FILE, current_version, keep_version
from courses.models import CurriculumPage, CurriculumVersion, LessonPage
from courses.progress import start_run
from courses.version_comparison import ADDED, GAP, REMOVED, SAME, Line, compare, title_of
from tests.factories.accounts import make_person
from tests.factories.courses import LESSON_MD, parsed_curriculum, publish_curriculum, write_folder
from tests.factories.media import MEDIA_BOXES, write_every_file
from tests.factories.trainers import make_session

pytestmark = pytest.mark.django_db


def rewrite(slug: str, html: str) -> None:
    lesson = LessonPage.objects.get(slug=slug)
    lesson.body = json.dumps([{"type": "text", "value": html}])
    lesson.save_revision().publish()


def test_an_import_keeps_a_version_and_the_same_folder_keeps_no_other() -> None:
    curriculum = publish_curriculum()
    publish_curriculum()

    version = CurriculumVersion.objects.get()
    assert (version.curriculum, version.name) == (curriculum, "1.0")
    assert sorted(version.files) == [
        "curriculum.md",
        "modules/01-un/01-a.md",
        "modules/01-un/02-b.md",
        "modules/01-un/module.md",
        "modules/02-deux/01-c.md",
        "modules/02-deux/02-d.md",
        "modules/02-deux/module.md",
    ]
    assert "Texte de a." in version.files["modules/01-un/01-a.md"]


def test_other_content_under_the_same_label_is_its_next_edition() -> None:
    curriculum = publish_curriculum()
    rewrite("a", "<p>Neuf.</p>")

    second = current_version(curriculum)
    CurriculumPage.objects.filter(pk=curriculum.pk).update(version="1.1")
    third = keep_version(curriculum)

    names = [version.name for version in CurriculumVersion.objects.order_by("pk")]
    assert names == ["1.0", "1.0, édition 2", "1.1"]
    assert (second.name, third.edition) == ("1.0, édition 2", 1)
    assert "Texte de a." in CurriculumVersion.objects.earliest("pk").files["modules/01-un/01-a.md"]


def test_current_version_costs_two_queries_until_something_is_published(
    django_assert_num_queries,
) -> None:
    curriculum = publish_curriculum()
    first = current_version(curriculum)

    with django_assert_num_queries(2):
        assert current_version(curriculum) == first

    LessonPage.objects.get(slug="a").save_revision().publish()  # the same words
    assert current_version(curriculum) == first
    with django_assert_num_queries(2):
        assert current_version(curriculum) == first


def test_a_lesson_that_is_withdrawn_makes_another_version() -> None:
    curriculum = publish_curriculum()
    first = current_version(curriculum)

    LessonPage.objects.get(slug="d").unpublish()

    second = current_version(curriculum)
    assert second.edition == 2
    assert set(first.files) - set(second.files) == {"modules/02-deux/02-d.md"}


def test_a_draft_is_in_no_version() -> None:
    curriculum = publish_curriculum()
    lesson = LessonPage.objects.get(slug="a")
    lesson.title = "Secret de rédaction"
    lesson.save_revision()

    assert "Secret" not in json.dumps(keep_version(curriculum).files)


def test_a_version_holds_the_hash_of_each_file_and_not_its_bytes(tmp_path: Path) -> None:
    parsed_curriculum()
    folder = write_folder(tmp_path, acte=LESSON_MD + MEDIA_BOXES)
    write_every_file(folder)

    import_curriculum(parsed=read_curriculum(folder))

    manifest = CurriculumVersion.objects.get().files[MANIFEST_FILE]
    assert [line.partition("  ")[2] for line in manifest.splitlines()].count("carte.png") == 1
    assert len(manifest.splitlines()) == 5


def test_a_page_that_markdown_cannot_say_is_kept_as_it_is_stored() -> None:
    curriculum = publish_curriculum()
    rewrite("a", "<p>x</p><table><tr><td>Peines</td></tr></table>")

    version = keep_version(curriculum)

    assert "<td>Peines</td>" in version.files["brut/a.json"]
    assert "Texte de b." in version.files["modules/01-un/02-b.md"]


def test_a_session_and_a_run_point_at_the_text_of_their_day() -> None:
    curriculum = publish_curriculum()
    session = make_session(curriculum=curriculum)
    rewrite("a", "<p>Neuf.</p>")
    run = start_run(person=make_person(), curriculum=curriculum)

    assert session.taught_version.name == "1.0"
    assert run.taught_version.name == "1.0, édition 2"


def test_everybody_reads_the_versions_and_what_changed(client: Client) -> None:
    curriculum = publish_curriculum()
    rewrite("a", "<p>Texte neuf de a.</p>")
    new = current_version(curriculum)
    old = CurriculumVersion.objects.earliest("pk")

    page = client.get(curriculum.url).content.decode()
    versions = client.get(reverse("courses:versions", args=[curriculum.pk])).content.decode()
    text = client.get(reverse("courses:version", args=[curriculum.pk, old.pk])).content.decode()
    url = reverse("courses:version_changes", args=[curriculum.pk, old.pk, new.pk])
    changes = client.get(url).content.decode()
    same = client.get(url.replace(f"/{new.pk}/", f"/{old.pk}/")).content.decode()

    assert reverse("courses:versions", args=[curriculum.pk]) in page
    assert versions.index("Version 1.0, édition 2") < versions.index("Version 1.0</h2>")
    assert url in versions
    assert "<summary>Leçon a</summary>" in text
    assert '<h2 class="h3">Leçon a</h2>' in changes
    assert "Texte de a." in text
    assert "Texte neuf de a." not in text
    assert "<strong>Retiré :</strong> <del>Texte de a.</del>" in changes
    assert "<strong>Ajouté :</strong> <ins>Texte neuf de a.</ins>" in changes
    assert "Texte de b." not in changes
    assert "Ces deux versions disent la même chose." in same


@pytest.mark.parametrize("edits", [0, 2])
def test_the_list_of_versions_costs_the_same_for_one_and_for_three(
    client: Client, edits: int, django_assert_num_queries
) -> None:
    curriculum = publish_curriculum()
    for number in range(edits):
        rewrite("a", f"<p>Texte {number}.</p>")
        current_version(curriculum)
    address = reverse("courses:versions", args=[curriculum.pk])
    client.get(address)

    with django_assert_num_queries(QUERIES):
        page = client.get(address).content.decode()

    assert page.count("Lire ce texte") == edits + 1


QUERIES = 5  # restricted pages, the curriculum, its versions, the trail, the site


def test_the_versions_of_a_withdrawn_or_another_curriculum_are_not_found(client: Client) -> None:
    curriculum, other = publish_curriculum(), publish_curriculum("autre")
    version = current_version(curriculum)

    assert client.get(reverse("courses:version", args=[other.pk, version.pk])).status_code == 404
    curriculum.unpublish()
    for address in (
        reverse("courses:versions", args=[curriculum.pk]),
        reverse("courses:version", args=[curriculum.pk, version.pk]),
    ):
        assert client.get(address).status_code == 404


def test_compare_says_lines_removed_added_and_left_out() -> None:
    before = {"a.md": "1\n2\n3\n4\n5\n6\n7\n8", "b.md": "x", "c.md": "même"}
    after = {"a.md": "un\n2\n3\n4\n5\n6\n7", "c.md": "même", "d.md": "y"}

    changes = compare(before, after)

    assert [(change.path, change.kind) for change in changes] == [
        ("a.md", "changed"),
        ("b.md", REMOVED),
        ("d.md", ADDED),
    ]
    assert changes[0].lines == (
        Line(REMOVED, "1"),
        Line(ADDED, "un"),
        Line(SAME, "2"),
        Line(GAP, ""),
        Line(SAME, "7"),
        Line(REMOVED, "8"),
    )
    assert (changes[0].removed, changes[0].added) == (2, 1)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ('---\ntitle: "Acte : \\"moyen\\", but"\nslug: a\n---\nTexte.', 'Acte : "moyen", but'),
        ("---\ntitle: Sans guillemets\n---\n", "Sans guillemets"),
        ("- term: Traite\n", "media/sha256.txt"),
        ('title: ""\n', "media/sha256.txt"),
    ],
)
def test_a_kept_file_is_named_by_its_title_or_else_by_its_path(text: str, title: str) -> None:
    assert title_of("media/sha256.txt", text) == title
