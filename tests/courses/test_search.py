"""Search by words: accents and plurals do not count, only what is published is found."""

import dataclasses

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from courses.curriculum_folder import ParsedAwareness, ParsedModule
from courses.curriculum_import import import_awareness, import_curriculum
from courses.lesson_parts import Text
from courses.models import GlossaryTerm, LessonPage
from courses.search_words import passage, plain, query_words, search_words
from tests.factories.courses import parsed_curriculum, parsed_lesson

pytestmark = pytest.mark.django_db


def publish(*texts: str, slug: str = "reperer", summary: str = "Résumé.") -> None:
    module = ParsedModule(
        "un",
        "Un",
        "Premier.",
        tuple(parsed_lesson(f"l{n}", Text(f"<p>{text}</p>")) for n, text in enumerate(texts)),
    )
    parsed = dataclasses.replace(parsed_curriculum(slug, module), summary=summary)
    import_curriculum(parsed=parsed)


def found(client: Client, query: str) -> dict[str, list[str]]:
    groups = client.get("/recherche/", {"q": query}).context["groups"]
    return {group.label: [one.title for one in group.results] for group in groups}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Ségou", "segou"),
        ("Les enquêtes, les VICTIMES", "les enquete les victime"),
        ("l'enquête d\u2019office", "l enquete d office"),
        ("prix, pas, travaux", "prix pas travau"),
        ("Œuvre soŋoy", "oeuvre sonoy"),
        ("n°2012-023", "n 2012 023"),
        ("", ""),
    ],
)
def test_words_are_compared_without_accents_case_or_plural(text: str, words: str) -> None:
    assert search_words(text) == words


def test_a_rich_text_is_read_without_tags_or_entities() -> None:
    assert plain("<p>Faits&nbsp;: l&#39;<b>acte</b></p>") == "Faits : l' acte"


def test_a_single_letter_is_left_out_unless_it_is_alone() -> None:
    assert query_words("l'enquête l") == ["enquete"]
    assert query_words("l") == ["l"]
    assert query_words(" ,; ") == []


def test_a_passage_is_cut_between_words_around_what_was_found() -> None:
    text = f"{'avant ' * 20}l'enquête commence {'ensuite ' * 30}"

    shown = passage(text, ["enquete"])

    assert shown.found == "enquête"
    assert shown.before.startswith("… avant")
    assert shown.before.endswith("l'")
    assert shown.after.endswith("ensuite …")
    assert len(shown.before) <= 62
    assert len(shown.after) <= 122


@pytest.mark.parametrize("query", ["segou", "Ségou", "SEGOU", "ségo"])
def test_segou_is_found_however_it_is_typed(client: Client, query: str) -> None:
    publish("Une affaire jugée à Ségou en première instance.", "Ailleurs.")

    assert found(client, query) == {"Leçons": ["Leçon l0"]}


@pytest.mark.parametrize("query", ["enquete", "enquête", "enquêtes", "Enquetes", "enqu"])
def test_enquete_is_found_however_it_is_typed(client: Client, query: str) -> None:
    publish("L'enquête se mène à deux.", "Les enquêtes longues.", "Rien ici.")

    assert sorted(found(client, query)["Leçons"]) == ["Leçon l0", "Leçon l1"]


def test_every_word_is_needed(client: Client) -> None:
    publish("Une enquête à Mopti.", "Une enquête à Ségou.")

    assert found(client, "enquete mopti") == {"Leçons": ["Leçon l0"]}
    assert found(client, "enquete kidal") == {}


def test_each_kind_is_found_with_its_passage(client: Client) -> None:
    publish("La servitude pour dette expliquée.", summary="Comprendre la servitude.")
    parts = (Text("<p>La <b>servitude</b> se voit peu.</p>"),)
    import_awareness(pages=[ParsedAwareness("signes", "Les signes", "Résumé.", (), parts)])
    GlossaryTerm.objects.create(slug="dette", term="Dette", definition="Une servitude déguisée.")

    page = client.get("/recherche/?q=servitude")

    groups = {group.label: group.results[0] for group in page.context["groups"]}
    assert list(groups) == ["Formations", "Leçons", "Sensibilisation", "Glossaire"]
    assert groups["Leçons"].place == "Formation reperer"
    assert groups["Glossaire"].url == "/glossaire/#dette"
    assert page.content.decode().count("<mark>servitude</mark>") == 4


def test_what_is_not_published_is_not_found(client: Client) -> None:
    publish("Un passage secret.")
    LessonPage.objects.get().unpublish()

    assert found(client, "secret") == {}


def test_eight_results_are_shown_and_the_rest_is_said(client: Client) -> None:
    publish(*["Une enquête."] * 9)

    page = client.get("/recherche/?q=enquete")

    assert len(page.context["groups"][0].results) == 8
    assert "D'autres résultats existent" in page.content.decode()


@pytest.mark.parametrize(
    "query", ["", " ", "%", "' OR 1=1 --", '"', "a" * 5000, "\x00", "AND OR NOT", "*", "(", "é:b"]
)
def test_odd_queries_answer_a_page(client: Client, query: str) -> None:
    publish("Une enquête.")

    page = client.get("/recherche/", {"q": query})

    assert page.status_code == 200
    assert len(page.content) < 20_000


def test_what_is_typed_is_never_run(client: Client) -> None:
    page = client.get("/recherche/", {"q": "<script>alert(1)</script>"}).content.decode()

    assert "<script>alert" not in page
    assert "Rien ne correspond" in page


@pytest.mark.parametrize("count", [1, 3])
def test_search_takes_the_same_queries_for_one_and_three_results(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    publish(*["Une enquête."] * count)
    client.get("/recherche/?q=enquete")

    with django_assert_num_queries(8):
        page = client.get("/recherche/?q=enquete")

    assert len(page.context["groups"][0].results) == count
