import dataclasses
import datetime
import gzip
import html
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from assessments.curriculum_forms import import_library
from courses.curriculum_folder import ParsedModule
from courses.curriculum_import import import_curriculum
from courses.curriculum_library import read_library
from courses.lesson_parts import (
    Attention,
    Case,
    CaseQuestion,
    Check,
    CheckChoice,
    KeyPoints,
    Law,
    Sign,
    Steps,
    Text,
)
from courses.models import LessonPage
from courses.progress import answer_check, complete_lesson
from courses.site_tree import ensure_site
from tests.factories.accounts import make_profession, make_user
from tests.factories.courses import (
    check_of,
    lessons_of,
    parsed_curriculum,
    parsed_lesson,
    publish_curriculum,
    publish_small_curriculum,
    write_folder,
)

pytestmark = pytest.mark.django_db

EVERY_PART = (
    Text("<h2>Une section</h2><p>Un paragraphe.</p>"),
    Law("Les peines", "Loi n°2012-023", datetime.date(2026, 11, 22), "<p>Cinq ans.</p>"),
    Sign("La somme", "<p>Un montant fixe.</p>"),
    Case("Le car", "<p>Un homme paie.</p>", (CaseQuestion("Qui\u00a0?", "Lui."),)),
    Steps("Avant", ("<p>Ouvrez.</p>", "<p>Notez.</p>")),
    KeyPoints("À retenir", ("<p>Un point.</p>",)),
    Attention("Prudence", "<p>Ne promettez rien.</p>"),
    Check(
        "Est-ce un acte\u00a0?", (CheckChoice("Oui", True, "Bien."), CheckChoice("Non", False, ""))
    ),
)


def text_of(client: Client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return " ".join(html.unescape(response.content.decode()).replace("\u00a0", " ").split())


def test_home_offers_three_ways_in(client: Client) -> None:
    publish_curriculum()

    page = text_of(client, "/")

    for words in ("Une personne qui se forme", "Formateur ou point focal", "Membre du comité"):
        assert words in page
    assert "Formation reperer" in page


def test_catalogue_says_hours_audience_lessons_and_date(client: Client) -> None:
    publish_curriculum()

    page = text_of(client, "/formations/")

    for words in ("14 h en salle", "Pour : Avocat", "4 leçons", "à jour au 22 novembre 2026"):
        assert words in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["courte", "reperer", "longue"]),
        ("duree=courte", ["courte"]),
        ("duree=moyenne", ["reperer"]),
        ("duree=longue", ["longue"]),
        ("theme=identification", ["courte", "reperer"]),
        ("theme=cadre-juridique&duree=courte", []),
        ("metier=avocat", ["courte", "reperer", "longue"]),
        ("metier=police", ["longue"]),
        ("en_ligne=on", ["courte", "reperer"]),
        ("en_ligne=on&duree=courte", ["courte"]),
        ("metier=inconnu", ["courte", "reperer", "longue"]),
    ],
)
def test_catalogue_filters(client: Client, query: str, found: list[str]) -> None:
    make_profession("police", "Policier", "police")
    publish_small_curriculum("reperer")
    publish_small_curriculum("courte", minutes=420)
    longer = parsed_curriculum("longue", minutes=1050, topic="cadre-juridique")
    parsed = dataclasses.replace(
        longer, audience=("avocat", "police"), modules=(), has_online_lessons=False
    )
    import_curriculum(parsed=parsed)

    response = client.get(f"/formations/?{query}")

    assert [page.slug for page in response.context["curricula"]] == found


def test_a_curriculum_without_audience_is_for_every_profession(client: Client) -> None:
    publish_small_curriculum("reperer")
    everybody = dataclasses.replace(parsed_curriculum("tous"), audience=(), modules=())
    import_curriculum(parsed=everybody)

    response = client.get("/formations/?metier=avocat")

    assert [page.slug for page in response.context["curricula"]] == ["reperer", "tous"]
    assert "Pour tous les professionnels" in response.content.decode()


def test_curriculum_shows_its_outline_to_a_visitor(client: Client) -> None:
    page = text_of(client, publish_curriculum().url)

    for words in ("Module 1 · Un", "Leçon d", "5 min", "Commencer la première leçon", "24 mois"):
        assert words in page
    assert "Votre lecture" not in page


def test_curriculum_ticks_the_lessons_of_whoever_is_signed_in(client: Client) -> None:
    curriculum = publish_curriculum()
    user = make_user()
    complete_lesson(person=user.person, lesson=lessons_of(curriculum)[0])
    complete_lesson(person=make_user().person, lesson=lessons_of(curriculum)[1])
    client.force_login(user)

    page = text_of(client, curriculum.url)

    assert page.count("outline__item--done") == 1
    assert "1 leçon lue sur 4" in page
    assert "Reprendre : Leçon b" in page


def test_module_shows_its_lessons(client: Client) -> None:
    curriculum = publish_curriculum()

    page = text_of(client, f"{curriculum.url}deux/")

    assert "Module 2 · 2 leçons · 10 min" in page
    assert "Leçon c" in page
    assert "Leçon a" not in page


def test_lesson_shows_every_kind_of_block(client: Client) -> None:
    module = ParsedModule("un", "Un", "Premier.", (parsed_lesson("a", *EVERY_PART),))
    curriculum = import_curriculum(parsed=parsed_curriculum("reperer", module)).curriculum

    page = text_of(client, lessons_of(curriculum)[0].url)

    for words in (
        "<h2>Une section</h2>",
        "Loi n°2012-023",
        "À jour au 22 novembre 2026",
        "Un montant fixe.",
        "Qui ?",
        "Ouvrez.",
        "Un point.",
        "Ne promettez rien.",
        "Bonne réponse.",
        "Savoir a",
        "PAN-TP 2023-2027",
    ):
        assert words in page


def test_lesson_leads_to_its_neighbours_across_modules(client: Client) -> None:
    _a, b, c, d = lessons_of(publish_curriculum())

    response = client.get(c.url)

    assert response.context["neighbours"] == {
        "previous_url": b.url,
        "previous_label": "Leçon b",
        "next_url": d.url,
        "next_label": "Leçon d",
    }
    assert [item["label"] for item in response.context["breadcrumb"]] == [
        "Formations",
        "Formation reperer",
        "Deux",
        "Leçon c",
    ]


def test_lesson_offers_the_button_only_to_somebody_who_has_not_read_it(client: Client) -> None:
    lesson = lessons_of(publish_curriculum())[0]
    assert "J'ai lu cette leçon" not in text_of(client, lesson.url)
    user = make_user()
    client.force_login(user)
    assert "J'ai lu cette leçon" in text_of(client, lesson.url)

    complete_lesson(person=user.person, lesson=lesson)

    page = text_of(client, lesson.url)
    assert "Vous avez lu cette leçon." in page
    assert "J'ai lu cette leçon" not in page


def test_an_unpublished_lesson_leaves_the_site_and_the_outline(client: Client) -> None:
    curriculum = publish_curriculum()
    lesson = LessonPage.objects.get(slug="b")
    lesson.unpublish()

    assert client.get(lesson.url).status_code == 404
    assert "Leçon b" not in text_of(client, curriculum.url)


def test_glossary_and_awareness_say_when_they_are_empty(client: Client) -> None:
    ensure_site()

    assert "Le glossaire est vide" in text_of(client, "/glossaire/")
    assert "Rien à lire pour l'instant" in text_of(client, "/sensibilisation/")


def test_glossary_lists_terms_by_letter(client: Client, tmp_path: Path) -> None:
    parsed_curriculum()  # its topic and its profession
    import_library(library=read_library(write_folder(tmp_path)))

    page = text_of(client, "/glossaire/")

    assert 'id="lettre-A"' in page
    assert "Premier élément : recruter." in page


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("url", "queries"), [("/", 11), ("/formations/", 13)])
def test_lists_take_the_same_queries_for_one_and_three_curricula(
    client: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
    url: str,
    queries: int,
    count: int,
) -> None:
    for number in range(count):
        publish_small_curriculum(f"formation-{number}", lessons=1)
    client.get(url)

    with django_assert_num_queries(queries):
        client.get(url)


@pytest.mark.parametrize("lessons", [1, 3])
def test_pages_of_a_curriculum_take_the_same_queries_for_one_and_three_lessons(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, lessons: int
) -> None:
    module = ParsedModule(
        "un", "Un", "Premier.", tuple(parsed_lesson(f"l{n}", *EVERY_PART) for n in range(lessons))
    )
    curriculum = import_curriculum(parsed=parsed_curriculum("reperer", module)).curriculum
    lesson = lessons_of(curriculum)[0]
    user = make_user()
    answer_check(person=user.person, lesson=lesson, block=check_of(lesson), choice=1)
    complete_lesson(person=user.person, lesson=lesson)
    client.force_login(user)
    client.get(lesson.url)

    for url, queries in ((curriculum.url, 22), (f"{curriculum.url}un/", 21), (lesson.url, 25)):
        with django_assert_num_queries(queries):
            client.get(url)


def test_pages_stay_within_the_budget_of_30_kb(client: Client, tmp_path: Path) -> None:
    parsed_curriculum()
    import_library(library=read_library(write_folder(tmp_path)))

    for url in (
        "/",
        "/formations/",
        "/formations/reperer/",
        "/formations/reperer/comprendre/acte/",
    ):
        assert len(gzip.compress(client.get(url).content)) < 30_000
