"""The demonstration's two activities: imported, approved, in their lessons, once."""

from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.models import User
from courses.activities.results import lesson_offers
from courses.curriculum_import import import_curriculum
from courses.models import ActivityVersion, LessonPage
from tests.factories.courses import ParsedModule, parsed_curriculum, parsed_lesson

pytestmark = pytest.mark.django_db


@pytest.fixture
def lessons() -> dict[str, LessonPage]:
    slugs = ("acte-moyen-but", "signes-dalerte")
    module = ParsedModule("un", "Un", "Premier.", tuple(parsed_lesson(slug) for slug in slugs))
    import_curriculum(parsed=parsed_curriculum("reperer", module))
    return {slug: LessonPage.objects.get(slug=slug) for slug in slugs}


@pytest.fixture
def accounts(settings: Any) -> None:
    settings.IS_DEMO = True
    for name in ("redactrice", "admin"):
        User.objects.create_user(name)


def test_both_activities_play_at_the_end_of_their_lessons(
    accounts: None, lessons: dict[str, LessonPage]
) -> None:
    call_command("seed_activities")

    versions = {version.activity.code: version for version in ActivityVersion.objects.playable()}
    assert {code: version.kind for code, version in versions.items()} == {
        "classer-acte-moyen-but": "H5P",
        "decider-devant-un-signe": "SCORM_12",
    }
    assert versions["classer-acte-moyen-but"].activity.title == "Classer : acte, moyen ou but ?"
    for slug, code in zip(lessons, versions, strict=True):
        lesson = LessonPage.objects.get(slug=slug)
        assert lesson_offers(lesson, code)
        assert lesson.body.raw_data[-1]["type"] == "activity"


def test_a_second_call_changes_nothing(accounts: None, lessons: dict[str, LessonPage]) -> None:
    call_command("seed_activities")
    revisions = {slug: lesson.revisions.count() for slug, lesson in lessons.items()}

    call_command("seed_activities")

    assert ActivityVersion.objects.count() == 2
    assert {slug: lesson.revisions.count() for slug, lesson in lessons.items()} == revisions


def test_activities_are_not_seeded_outside_a_demonstration(settings: Any) -> None:
    settings.IS_DEMO, settings.DEBUG = False, False

    with pytest.raises(CommandError, match="ne se construit pas en production"):
        call_command("seed_activities")

    assert ActivityVersion.objects.count() == 0


def test_activities_wait_for_the_demonstration_world(settings: Any) -> None:
    settings.IS_DEMO = True

    with pytest.raises(CommandError, match="Construisez d'abord le monde de démonstration"):
        call_command("seed_activities")
