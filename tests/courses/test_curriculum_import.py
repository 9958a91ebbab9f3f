import dataclasses

import pytest
from wagtail.models import Page, Revision, Site

from courses.curriculum_folder import ParsedAwareness, ParsedModule, ParsedTerm, ParsedTopic
from courses.curriculum_import import import_awareness, import_curriculum, import_topics
from courses.folder_problems import InvalidFolder
from courses.lesson_parts import Check, CheckChoice, Text
from courses.models import AwarenessPage, CurriculumPage, GlossaryTerm, LessonPage, Topic
from courses.page_publishing import DraftInTheWay
from courses.site_tree import ensure_site
from tests.factories.courses import lessons_of, parsed_curriculum, parsed_lesson

pytestmark = pytest.mark.django_db


def test_ensure_site_makes_the_fixed_pages_once() -> None:
    site = ensure_site()

    assert ensure_site() == site
    assert Site.objects.get(is_default_site=True).root_page_id == site.home.pk
    assert [(page.slug, page.live) for page in site.home.get_children()] == [
        ("formations", True),
        ("glossaire", True),
        ("sensibilisation", True),
    ]
    assert list(Page.objects.filter(depth=2).values_list("slug", flat=True)) == ["accueil"]


def test_import_curriculum_publishes_modules_and_lessons_in_order() -> None:
    report = import_curriculum(parsed=parsed_curriculum())

    curriculum = report.curriculum
    assert curriculum.url_path == "/accueil/formations/reperer/"
    assert [(p.code) for p in curriculum.audience_professions.all()] == ["avocat"]
    assert [t.code for t in curriculum.topics.all()] == ["identification"]
    assert [(page.slug, page.live) for page in lessons_of(curriculum)] == [
        ("a", True),
        ("b", True),
        ("c", True),
        ("d", True),
    ]
    assert (report.pages.created, report.pages.updated, report.pages.unchanged) == (7, 0, 0)


def test_import_curriculum_twice_makes_no_new_revision() -> None:
    import_curriculum(parsed=parsed_curriculum())
    revisions = Revision.objects.count()

    report = import_curriculum(parsed=parsed_curriculum())

    assert (report.pages.created, report.pages.updated, report.pages.unchanged) == (0, 0, 7)
    assert report.pages.is_untouched
    assert Revision.objects.count() == revisions == 7


def test_import_curriculum_updates_only_the_page_that_changed() -> None:
    import_curriculum(parsed=parsed_curriculum())
    choices = (CheckChoice("Oui", True, "Bien."), CheckChoice("Non", False, ""))
    changed = parsed_lesson("a", Text("<p>Neuf.</p>"), Check("Quoi\u00a0?", choices))
    module = ParsedModule("un", "Un", "Premier.", (changed, parsed_lesson("b")))
    parsed = parsed_curriculum()

    report = import_curriculum(
        parsed=dataclasses.replace(parsed, modules=(module, parsed.modules[1]))
    )

    lesson = LessonPage.objects.get(slug="a")
    assert (report.pages.created, report.pages.updated, report.pages.unchanged) == (0, 1, 6)
    assert lesson.body[0].value.source == "<p>Neuf.</p>"
    assert [c["is_correct"] for c in lesson.body[1].value["choices"]] == [True, False]
    assert lesson.revisions.count() == 2


def test_import_curriculum_follows_a_lesson_to_another_module_and_keeps_its_key() -> None:
    import_curriculum(parsed=parsed_curriculum())
    key = LessonPage.objects.get(slug="b").pk
    first = ParsedModule("un", "Un", "Premier.", (parsed_lesson("a"),))
    second = ParsedModule(
        "deux", "Deux", "Second.", (parsed_lesson("c"), parsed_lesson("b"), parsed_lesson("d"))
    )

    report = import_curriculum(parsed=parsed_curriculum("reperer", first, second))

    lessons = lessons_of(report.curriculum)
    assert [lesson.slug for lesson in lessons] == ["a", "c", "b", "d"]
    assert lessons[2].pk == key
    assert lessons[2].url_path == "/accueil/formations/reperer/deux/b/"


def test_import_curriculum_reorders_modules() -> None:
    import_curriculum(parsed=parsed_curriculum())
    parsed = parsed_curriculum()

    report = import_curriculum(
        parsed=dataclasses.replace(parsed, modules=tuple(reversed(parsed.modules)))
    )

    assert [page.slug for page in report.curriculum.get_children()] == ["deux", "un"]


def test_import_curriculum_unpublishes_what_the_folder_no_longer_holds() -> None:
    import_curriculum(parsed=parsed_curriculum())
    module = ParsedModule("un", "Un", "Premier.", (parsed_lesson("a"),))

    report = import_curriculum(parsed=parsed_curriculum("reperer", module))

    assert report.pages.unpublished == 4
    assert list(LessonPage.objects.live().values_list("slug", flat=True)) == ["a"]
    assert LessonPage.objects.count() == 4


def test_import_curriculum_does_not_write_over_a_draft() -> None:
    import_curriculum(parsed=parsed_curriculum())
    lesson = LessonPage.objects.get(slug="a")
    lesson.minutes = 6
    lesson.save_revision()
    changed = dataclasses.replace(parsed_lesson("a"), title="Autre titre")
    module = ParsedModule("un", "Un", "Premier.", (changed,))

    with pytest.raises(DraftInTheWay, match="« Leçon a » a un brouillon"):
        import_curriculum(parsed=parsed_curriculum("reperer", module))

    assert LessonPage.objects.live().count() == 4


def test_import_curriculum_refuses_unknown_codes_and_writes_nothing() -> None:
    parsed = parsed_curriculum()

    with pytest.raises(InvalidFolder, match="profession inconnue : astronaute"):
        import_curriculum(parsed=dataclasses.replace(parsed, audience=("avocat", "astronaute")))
    with pytest.raises(InvalidFolder, match="thème inconnu : jardinage"):
        import_curriculum(parsed=dataclasses.replace(parsed, topics=("jardinage",)))

    assert not CurriculumPage.objects.exists()


def test_import_curriculum_brings_glossary_terms_with_french_spaces() -> None:
    term = ParsedTerm("acte", "Acte", "Premier élément : recruter.", "APID Mali 2023")
    parsed = dataclasses.replace(parsed_curriculum(), glossary=(term,))

    reports = [import_curriculum(parsed=parsed).terms for _ in range(2)]

    assert reports == [1, 0]
    assert GlossaryTerm.objects.get().definition == "Premier élément\u00a0: recruter."


def test_import_topics_renames_and_counts_what_moved() -> None:
    assert import_topics(topics=[ParsedTopic("a", "A"), ParsedTopic("b", "B")]) == 2
    assert import_topics(topics=[ParsedTopic("a", "A"), ParsedTopic("b", "Bé")]) == 1
    assert list(Topic.objects.order_by("code").values_list("name", flat=True)) == ["A", "Bé"]


def test_import_awareness_publishes_in_order_and_once() -> None:
    pages = [
        ParsedAwareness(slug, slug.upper(), "Résumé.", ("PAN-TP",), (Text("<p>x</p>"),))
        for slug in ("zebu", "acacia")
    ]

    first, second = import_awareness(pages=pages), import_awareness(pages=pages)

    assert (first.created, second.unchanged, second.is_untouched) == (2, 2, True)
    assert [page.slug for page in AwarenessPage.objects.order_by("path")] == ["zebu", "acacia"]


def test_import_curriculum_links_a_refresher_to_what_it_refreshes() -> None:
    refreshed = import_curriculum(parsed=parsed_curriculum()).curriculum
    refresher = dataclasses.replace(parsed_curriculum("rappel"), refreshes="reperer")

    assert import_curriculum(parsed=refresher).curriculum.refreshes == refreshed
    assert import_curriculum(parsed=refresher).pages.is_untouched


def test_import_curriculum_refuses_to_refresh_an_unknown_curriculum() -> None:
    refresher = dataclasses.replace(parsed_curriculum("rappel"), refreshes="absente")

    with pytest.raises(InvalidFolder, match="formation à rafraîchir inconnue : absente"):
        import_curriculum(parsed=refresher)

    assert not CurriculumPage.objects.exists()
