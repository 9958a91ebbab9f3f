"""Pages in other languages: beside the French ones, honest about what is not translated yet."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from wagtail.models import GroupPagePermission, Locale, WorkflowPage

from courses.curriculum_folder import ParsedAwareness, read_awareness
from courses.curriculum_import import import_awareness
from courses.editorial_roles import ensure_editorial_groups
from courses.folder_problems import InvalidFolder
from courses.lesson_parts import Text
from courses.models import AwarenessPage, HomePage
from courses.site_tree import ensure_site
from courses.translated_folder import ParsedSection, ParsedTranslation, read_translation
from courses.translations import ensure_translated_pages, publish_translation

pytestmark = pytest.mark.django_db

PUBLIC = Path(__file__).parents[2] / "curricula" / "sensibilisation"
SIGNS = "/sensibilisation/reconnaitre/"


def awareness(text: str = "Un signe.") -> list[ParsedAwareness]:
    return [
        ParsedAwareness(
            slug="reconnaitre",
            title="Reconnaître les signes",
            summary="Ce que vous pouvez voir.",
            sources=("PAN-TP 2023-2027",),
            parts=(Text(html=f"<p>{text}</p>"),),
        )
    ]


def test_ensure_translated_pages_adds_each_page_once() -> None:
    ensure_editorial_groups()
    import_awareness(pages=awareness())

    # English: home, catalogue, awareness, glossary and one page. Bamanankan: home, awareness, page.
    assert (ensure_translated_pages(), ensure_translated_pages()) == (8, 0)


def test_page_that_nobody_translated_shows_the_french_text_and_says_so(client: Client) -> None:
    ensure_editorial_groups()
    import_awareness(pages=awareness())
    ensure_translated_pages()

    html = client.get(f"/bm{SIGNS}").content.decode()

    assert "Un signe." in html
    assert "pas encore traduite (Bamanankan)" in html
    assert 'lang="fr"' in html.partition("<main")[2].partition(">")[0]
    assert "pas encore traduite" not in client.get(SIGNS).content.decode()


def test_untranslated_page_follows_its_french_original(client: Client) -> None:
    ensure_editorial_groups()
    import_awareness(pages=awareness())
    ensure_translated_pages()
    import_awareness(pages=awareness("Un autre signe."))

    assert "Un autre signe." in client.get(f"/en{SIGNS}").content.decode()


def test_translated_page_stays_as_the_translator_wrote_it(client: Client) -> None:
    ensure_editorial_groups()
    import_awareness(pages=awareness())
    ensure_translated_pages()
    page = AwarenessPage.objects.get(locale__language_code="en")
    page.alias_of = None
    page.title = "Recognise the signs"
    page.save_revision().publish()

    import_awareness(pages=awareness("Un autre signe."))
    ensure_translated_pages()
    html = client.get(f"/en{SIGNS}").content.decode()

    assert "Recognise the signs" in html
    assert "pas encore traduite" not in html
    assert "Un autre signe." not in html


def translation(text: str = "A sign.") -> ParsedTranslation:
    page = replace(awareness(text)[0], title="Recognise the signs", summary="What you may see.")
    return ParsedTranslation(
        sections=(ParsedSection("home", "Home", "Learn to recognise."),), pages=(page,)
    )


def test_publish_translation_takes_the_place_of_the_french_text(client: Client) -> None:
    ensure_editorial_groups()
    import_awareness(pages=awareness())
    ensure_translated_pages()

    first = publish_translation(code="en", translation=translation())
    again = publish_translation(code="en", translation=translation())
    html = client.get(f"/en{SIGNS}").content.decode()

    assert (first.updated, again.updated, again.unchanged) == (2, 0, 2)
    assert "Recognise the signs" in html
    assert "A sign." in html
    assert "pas encore traduite" not in html
    assert "Learn to recognise." in client.get("/en/").content.decode()
    assert "Un signe." in client.get(SIGNS).content.decode()


def test_publish_translation_refuses_a_page_that_french_does_not_have() -> None:
    ensure_editorial_groups()
    ensure_translated_pages()

    with pytest.raises(InvalidFolder, match="page inconnue en français : reconnaitre"):
        publish_translation(code="en", translation=translation())

    assert HomePage.objects.get(locale__language_code="en").title == "Accueil"


def test_translation_of_the_project_covers_every_public_page() -> None:
    french = read_awareness(PUBLIC)
    english = read_translation(PUBLIC / "en")

    assert [page.slug for page in english.pages] == [page.slug for page in french]
    assert {section.name for section in english.sections} == {
        "home", "catalogue", "awareness", "glossary",
    }  # fmt: skip


def test_read_translation_says_what_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").write_text("- section: ailleurs\n  title: T\n  introduction: I\n")

    with pytest.raises(InvalidFolder, match="n'est pas une rubrique du site"):
        read_translation(tmp_path)


def test_each_page_links_to_the_closest_page_of_each_language(client: Client) -> None:
    ensure_editorial_groups()
    import_awareness(pages=awareness())
    ensure_translated_pages()

    html = client.get(SIGNS).content.decode()
    catalogue = client.get("/formations/").content.decode()

    assert f'href="/en{SIGNS}" lang="en"' in html
    assert f'href="/bm{SIGNS}" lang="bm"' in html
    assert 'href="/en/formations/" lang="en"' in catalogue
    assert 'href="/bm/" lang="bm"' in catalogue


def test_rights_and_workflow_hold_for_the_translated_sections() -> None:
    ensure_editorial_groups()
    ensure_translated_pages()
    section = ensure_site().awareness

    for code in ("en", "bm"):
        translated = section.get_translation(Locale.objects.get(language_code=code))
        assert WorkflowPage.objects.filter(page_id=translated.pk).count() == 1
        assert (
            GroupPagePermission.objects.filter(page_id=translated.pk).count()
            == GroupPagePermission.objects.filter(page_id=section.pk).count()
        )


def test_browser_that_prefers_english_still_gets_french(client: Client) -> None:
    ensure_site()

    response = client.get("/", HTTP_ACCEPT_LANGUAGE="en-GB,en")

    assert '<html lang="fr"' in response.content.decode()
