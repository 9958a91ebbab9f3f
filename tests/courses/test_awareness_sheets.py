import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from courses.awareness_sheets import make_sheet, page_count
from courses.curriculum_folder import ParsedAwareness, read_awareness
from courses.curriculum_import import import_awareness
from courses.lesson_parts import KeyPoints, LessonPart, Text
from courses.models import AwarenessPage
from courses.printing import compile_pdf
from courses.sheet_content import (
    FIRST_SENTENCES,
    LISTS_ONLY,
    blocks_of,
    shortened,
    without_last_section,
)

OURS = Path(__file__).resolve().parents[2] / "curricula" / "sensibilisation"
ADDRESS = "https://exemple.org/sensibilisation/signes/"


def publish(*parts: LessonPart, slug: str = "signes") -> AwarenessPage:
    parsed = ParsedAwareness(slug, "Reconnaître les signes", "Ce qui se voit.", ("PAN-TP",), parts)
    import_awareness(pages=[parsed])
    return AwarenessPage.objects.get(slug=slug, locale__language_code="fr")


def words(blocks: list[dict[str, object]]) -> str:
    return " ".join(re.findall(r"'text': ['\"](.*?)['\"], 'bold'", str(blocks)))


@pytest.mark.django_db
def test_each_awareness_page_of_the_project_is_one_sheet_and_is_whole() -> None:
    parsed = read_awareness(OURS)
    import_awareness(pages=parsed)

    sheets = {
        page.slug: make_sheet(page, ADDRESS)
        for page in AwarenessPage.objects.filter(locale__language_code="fr")
    }

    assert len(sheets) == len(parsed) >= 5
    assert {slug: page_count(sheet.pdf) for slug, sheet in sheets.items()} == dict.fromkeys(
        sheets, 1
    )
    assert [slug for slug, sheet in sheets.items() if sheet.is_abridged] == []


def test_page_count_sees_a_second_page() -> None:
    assert page_count(compile_pdf("un #pagebreak() deux", {})) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("paragraphs", [40, 120])
def test_a_page_that_is_too_long_is_abridged_to_one_sheet(paragraphs: int) -> None:
    long = "".join(
        f"<h2>Titre {n}</h2><p>Première phrase {n}. {'Une suite longue. ' * 30}</p>"
        f"<ul><li>Point {n}</li></ul>"
        for n in range(paragraphs)
    )

    sheet = make_sheet(publish(Text(long)), ADDRESS)

    assert sheet.is_abridged
    assert page_count(sheet.pdf) == 1


def test_shortened_keeps_headings_lists_and_whole_sentences() -> None:
    blocks = blocks_of(
        [
            Text(
                "<h2>Signes</h2><p>Elle a <strong>peur. Toujours</strong> peur.</p>"
                "<ul><li>Un point. Deux.</li></ul><h3>Seul</h3><p>Fini.</p>"
            ),
            KeyPoints("À retenir", ("<p>Regarder.</p>",)),
        ]
    )

    assert words(shortened(blocks, FIRST_SENTENCES)) == (
        "Signes Elle a  peur. Un point. Deux. Seul Fini. Regarder."
    )
    lists = shortened(blocks, LISTS_ONLY)
    assert [block["kind"] for block in lists] == ["heading", "list", "heading", "box"]
    assert [block["kind"] for block in without_last_section(lists)] == ["heading", "list"]


@pytest.mark.django_db
def test_a_visitor_prints_the_sheet_whose_weight_the_page_says(client: Client) -> None:
    page = publish(Text("<h2>Chez un enfant</h2><p>Il travaille la nuit.</p>"))
    address = reverse("courses:awareness_sheet", args=[page.pk])

    html = client.get(page.url).content.decode()
    response = client.get(address)

    weight = -(-len(response.content) // 1024)
    assert f'<a href="{address}">Imprimer la fiche (PDF, {weight} ko)</a>' in html
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response["Content-Disposition"] == 'inline; filename="fiche-signes.pdf"'
    assert page_count(response.content) == 1


@pytest.mark.django_db
def test_the_sheet_of_a_page_that_is_not_published_is_not_found(client: Client) -> None:
    page = publish(Text("<p>Secret.</p>"))
    page.unpublish()

    assert client.get(reverse("courses:awareness_sheet", args=[page.pk])).status_code == 404


@pytest.mark.django_db
def test_a_sheet_is_made_again_when_its_page_changes(client: Client) -> None:
    page = publish(Text("<p>Avant.</p>"))
    address = reverse("courses:awareness_sheet", args=[page.pk])
    first, again = client.get(address).content, client.get(address).content

    publish(Text("<p>Tout autre chose, plus longue.</p>"))

    assert first == again
    assert client.get(address).content != first
