"""Results handed in by a page: whose they are, what is kept, what they never become."""

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Person
from courses.activities import results as results_module
from courses.models import ActivityResult, ActivityVersion, LessonPage
from courses.progress import start_run
from tests.courses.activities.lessons import CODE, follow, imported, lesson_with
from tests.courses.activities.packages import quiz_files
from tests.factories.accounts import make_person, make_user
from tests.house_rules.tree import ROOT, modules

pytestmark = pytest.mark.django_db

ADDRESS = f"/activites/{CODE}/resultats/"


@pytest.fixture
def lesson() -> LessonPage:
    return lesson_with()


@pytest.fixture
def version(tmp_path: Path) -> ActivityVersion:
    return imported(tmp_path)


@pytest.fixture
def learner(lesson: LessonPage) -> Person:
    person = make_person("DIARRA", "Awa")
    follow(person, lesson)
    return person


def client_of(person: Person) -> Client:
    client = Client()
    client.force_login(make_user(person=person))
    return client


def hand_in(client: Client, on: LessonPage, **facts: Any) -> tuple[int, str]:
    """Post one result as activity.js does; the status and the sentence that come back."""
    body = {
        "uuid": str(uuid.uuid4()),
        "lesson": str(on.pk),
        "version": 1,
        "outcome": "PASSED",
        "score": 3,
        "max": 4,
    }
    answer = client.post(ADDRESS, json.dumps(body | facts), content_type="text/plain;charset=UTF-8")
    return answer.status_code, answer.json()["message"]


def test_a_result_is_tied_to_the_person_of_the_session(
    lesson: LessonPage, version: ActivityVersion, learner: Person
) -> None:
    other = make_person("KEÏTA", "Oumou")
    follow(other, lesson)

    answer = hand_in(client_of(learner), lesson, person=other.pk, run=other.course_runs.get().pk)

    assert answer == (200, "Réussie : 3 sur 4. Entraînement, score déclaré par l'activité.")
    result = ActivityResult.objects.get()
    assert (result.run, result.version) == (learner.course_runs.get(), version)
    assert (result.score, result.max_score, result.lesson) == (3.0, 4.0, lesson)


def test_the_same_identifier_again_is_the_same_result(
    lesson: LessonPage, version: ActivityVersion, learner: Person
) -> None:
    client, identifier = client_of(learner), str(uuid.uuid4())
    first = hand_in(client, lesson, uuid=identifier, score=3)

    again = hand_in(client, lesson, uuid=identifier, score=4)

    assert again == first
    assert ActivityResult.objects.get().score == 3.0


def test_an_identifier_of_somebody_else_is_refused(
    lesson: LessonPage, version: ActivityVersion, learner: Person
) -> None:
    identifier = str(uuid.uuid4())
    hand_in(client_of(learner), lesson, uuid=identifier)
    other = make_person("KEÏTA", "Oumou")
    follow(other, lesson)

    answer = hand_in(client_of(other), lesson, uuid=identifier, score=1)

    assert answer == (403, "Ce résultat a déjà été reçu d'une autre page.")
    assert ActivityResult.objects.get().run.person == learner


def test_who_does_not_follow_the_curriculum_hands_in_nothing(
    lesson: LessonPage, version: ActivityVersion, learner: Person
) -> None:
    elsewhere = make_person("KEÏTA", "Oumou")
    follow(elsewhere, lesson_with(slug="autre"))

    answer = hand_in(client_of(elsewhere), lesson)

    assert answer == (403, "Vous ne suivez pas cette formation : ce résultat n'est pas gardé.")
    assert ActivityResult.objects.count() == 0


def test_a_lesson_without_the_activity_takes_no_result(
    lesson: LessonPage, version: ActivityVersion, learner: Person
) -> None:
    other_lesson = lesson.get_next_siblings().first().specific

    answer = hand_in(client_of(learner), other_lesson)

    assert answer == (403, "Cette leçon ne propose pas cette activité.")
    assert ActivityResult.objects.count() == 0


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"score": 5}, "Ce score dépasse le maximum de l'activité : il n'est pas gardé."),
        ({"score": -1}, "Ce score n'est pas entre 0 et 10000 points."),
        ({"uuid": "x"}, "Ce résultat n'a pas d'identifiant."),
        ({"lesson": "9999"}, "Cette leçon n'existe plus."),
        ({"lesson": "1; DROP"}, "Cette leçon n'existe plus."),
    ],
)
def test_an_unbelievable_result_is_answered_by_a_sentence(
    lesson: LessonPage,
    version: ActivityVersion,
    learner: Person,
    facts: dict[str, Any],
    sentence: str,
) -> None:
    assert hand_in(client_of(learner), lesson, **facts) == (400, sentence)
    assert ActivityResult.objects.count() == 0


@pytest.mark.parametrize("body", ["", "[1]", "{", "x" * 3_000])
def test_a_body_that_is_not_a_result_is_refused(
    lesson: LessonPage, version: ActivityVersion, learner: Person, body: str
) -> None:
    answer = client_of(learner).post(ADDRESS, body, content_type="application/json")

    assert answer.status_code == 400
    assert answer.json() == {"message": "Ce résultat n'est pas lisible."}


def test_a_visitor_and_a_forged_form_are_turned_away(
    lesson: LessonPage, version: ActivityVersion, learner: Person
) -> None:
    visitor = Client().post(ADDRESS, "{}", content_type="application/json")
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(make_user(person=learner))
    forged = strict.post(ADDRESS, "{}", content_type="text/plain")

    assert visitor.status_code == 302
    assert visitor.headers["Location"].startswith("/compte/connexion/")
    assert forged.status_code == 403
    assert ActivityResult.objects.count() == 0


def test_the_version_that_was_open_is_the_one_noted(
    lesson: LessonPage, version: ActivityVersion, learner: Person, tmp_path: Path
) -> None:
    newer = imported(tmp_path, quiz_files(title="Nouvelle édition"))
    client = client_of(learner)

    hand_in(client, lesson, version=1)

    assert newer.number == 2
    assert ActivityResult.objects.get().version == version
    body = json.dumps({"lesson": str(lesson.pk), "version": 3})
    assert client.post(ADDRESS, body, content_type="text/plain").status_code == 404


def test_code_that_sends_without_end_is_stopped(
    lesson: LessonPage,
    version: ActivityVersion,
    learner: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(results_module, "MAX_TRIES", 2)
    client, kept = client_of(learner), str(uuid.uuid4())
    hand_in(client, lesson, uuid=kept)
    hand_in(client, lesson)

    assert hand_in(client, lesson) == (403, "Cette activité a déjà envoyé trop de résultats.")
    assert hand_in(client, lesson, uuid=kept)[0] == 200  # a repeat is still answered
    assert ActivityResult.objects.count() == 2


def test_the_database_refuses_a_score_out_of_bounds(
    lesson: LessonPage, version: ActivityVersion, learner: Person
) -> None:
    facts = {
        "run": start_run(person=learner, curriculum=learner.course_runs.get().curriculum),
        "lesson": lesson,
        "version": version,
        "outcome": "PASSED",
        "reported_at": timezone.now(),
    }

    for score, most in ((5, 4), (-1, 4), (1, None), (0, 0)):
        with pytest.raises(IntegrityError), transaction.atomic():
            ActivityResult.objects.create(uuid=uuid.uuid4(), score=score, max_score=most, **facts)


def test_no_figure_of_the_platform_reads_what_activities_declare() -> None:
    """H5P is practice: outside `courses` nothing points at a result, nor names it."""
    pointing = {
        relation.related_model._meta.label for relation in ActivityResult._meta.related_objects
    }
    word = re.compile(r"ActivityResult|activity_results")
    naming = [
        path.relative_to(ROOT).as_posix()
        for path in modules()
        if path.relative_to(ROOT).parts[0] != "courses"
        and word.search(path.read_text(encoding="utf-8"))
    ]

    assert pointing == set()
    assert naming == []
    assert apps.get_model("courses", "ActivityResult") is ActivityResult
