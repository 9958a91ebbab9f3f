"""From an author to the public, through Wagtail's own screens: nobody publishes alone."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.images.models import Image
from wagtail.models import ModelLogEntry, PageLogEntry, TaskState
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from accounts.enums import Role
from accounts.models import User
from courses.curriculum_versions import current_version
from courses.editorial_roles import put_in_group
from courses.models import CurriculumPage, LessonPage, Recording
from tests.factories.accounts import make_user
from tests.factories.courses import publish_curriculum

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def curriculum() -> CurriculumPage:
    return publish_curriculum()


@pytest.fixture
def lesson(curriculum: CurriculumPage) -> LessonPage:
    return LessonPage.objects.descendant_of(curriculum).get(slug="a")


@pytest.fixture
def author() -> User:
    user = make_user(Role.EDITOR)
    put_in_group(user=user, role=Role.EDITOR)
    return user


@pytest.fixture
def validator() -> User:
    user = make_user(Role.VALIDATOR)
    put_in_group(user=user, role=Role.VALIDATOR)
    return user


def posted(lesson: LessonPage, html: str, action: str) -> dict[str, Any]:
    """What the editor's form sends."""
    return nested_form_data(
        {
            "title": lesson.title,
            "slug": lesson.slug,
            "minutes": lesson.minutes,
            "objectives": "\n".join(lesson.objectives),
            "sources": "\n".join(lesson.sources),
            "body": streamfield([("text", rich_text(html))]),
            "comments": inline_formset([]),
            action: "1",
        }
    )


def submit(client: Client, author: User, lesson: LessonPage, html: str) -> Any:
    client.force_login(author)
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    return client.post(edit, posted(lesson, html, "action-submit"))


def answer(client: Client, validator: User, lesson: LessonPage, action: str, **data: str) -> Any:
    client.force_login(validator)
    task = TaskState.objects.get(status=TaskState.STATUS_IN_PROGRESS)
    address = reverse("wagtailadmin_pages:workflow_action", args=[lesson.pk, action, task.pk])
    return client.post(address, data)


def seen(client: Client, lesson: LessonPage) -> str:
    client.logout()
    return client.get(lesson.url).content.decode()


def test_what_an_author_submits_is_seen_only_once_a_validator_has_approved_it(
    client: Client, lesson: LessonPage, author: User, validator: User
) -> None:
    first = current_version(CurriculumPage.objects.get())
    response = submit(client, author, lesson, "<p>Un texte relu.</p>")

    assert response.status_code == 302
    assert "Un texte relu." not in seen(client, lesson)
    client.force_login(validator)
    home = client.get(reverse("wagtailadmin_home")).content.decode()
    assert lesson.title in home
    assert "Accord d" in home  # the task that waits

    answer(client, validator, lesson, "approve", comment="")

    assert "Un texte relu." in seen(client, lesson)
    second = current_version(CurriculumPage.objects.get())
    assert (first.edition, second.edition) == (1, 2)
    assert "Un texte relu." in second.files["modules/01-un/01-a.md"]
    trail = PageLogEntry.objects.filter(page=lesson.pk).order_by("timestamp", "pk")
    actions = [(entry.action, entry.user) for entry in trail if entry.user is not None]
    assert ("wagtail.workflow.start", author) in actions
    assert ("wagtail.workflow.approve", validator) in actions
    assert ("wagtail.publish", validator) in actions


def test_a_validator_sends_a_text_back_with_a_comment(
    client: Client, lesson: LessonPage, author: User, validator: User
) -> None:
    submit(client, author, lesson, "<p>Un texte trop rapide.</p>")

    answer(client, validator, lesson, "reject", comment="Citez la source du chiffre.")

    assert "Un texte trop rapide." not in seen(client, lesson)
    state = TaskState.objects.get()
    assert (state.status, state.comment) == ("rejected", "Citez la source du chiffre.")
    client.force_login(author)
    history = reverse("wagtailadmin_pages:workflow_history", args=[lesson.pk])
    assert client.get(history).status_code == 200
    detail = reverse(
        "wagtailadmin_pages:workflow_history_detail", args=[lesson.pk, state.workflow_state_id]
    )
    assert "Citez la source du chiffre." in client.get(detail).content.decode()


def test_an_author_cannot_publish_nor_approve(
    client: Client, lesson: LessonPage, author: User
) -> None:
    client.force_login(author)
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    client.post(edit, posted(lesson, "<p>Publié de force.</p>", "action-publish"))
    assert "Publié de force." not in seen(client, lesson)

    submit(client, author, lesson, "<p>Approuvé de force.</p>")
    answer(client, author, lesson, "approve", comment="")

    assert "Approuvé de force." not in seen(client, lesson)
    assert TaskState.objects.get().status == TaskState.STATUS_IN_PROGRESS


def test_the_comparison_of_two_revisions_shows_a_changed_block(
    client: Client, lesson: LessonPage, author: User
) -> None:
    law = {
        "title": "Les peines",
        "reference": "Loi n°2012-023",
        "updated_on": "2026-11-22",
        "text": "<p>Cinq ans.</p>",
    }
    for text in ("<p>Cinq ans.</p>", "<p>Dix ans.</p>"):
        lesson.body = json.dumps([{"type": "law", "id": "un", "value": {**law, "text": text}}])
        lesson.save_revision()
    older, newer = lesson.revisions.order_by("-created_at", "-pk")[:2][::-1]
    client.force_login(author)

    page = client.get(
        reverse("wagtailadmin_pages:revisions_compare", args=[lesson.pk, older.pk, newer.pk])
    )

    assert page.status_code == 200
    html = page.content.decode()
    assert '<span class="deletion">Cinq ans.</span>' in html
    assert '<span class="addition">Dix ans.</span>' in html


def test_the_history_of_a_page_names_who_did_what(
    client: Client, lesson: LessonPage, author: User, validator: User
) -> None:
    submit(client, author, lesson, "<p>Un texte relu.</p>")
    answer(client, validator, lesson, "approve", comment="")
    client.force_login(validator)

    html = client.get(reverse("wagtailadmin_pages:history", args=[lesson.pk])).content.decode()

    assert str(author) in html
    assert str(validator) in html


def test_an_author_may_change_a_recording_and_bring_a_picture(client: Client, author: User) -> None:
    recording = Recording.objects.create(title="Avant", kind="AUDIO", file="a.opus", transcript="x")
    client.force_login(author)
    edit = reverse("wagtailsnippets_courses_recording:edit", args=[recording.pk])

    response = client.post(
        edit,
        {"title": "Après", "kind": "AUDIO", "language": "fr", "transcript": "Mots.", "seconds": ""},
    )

    assert response.status_code == 302
    recording.refresh_from_db()
    assert recording.title == "Après"
    entry = ModelLogEntry.objects.get(action="wagtail.edit")
    assert entry.user == author
    assert client.get(reverse("wagtailimages:add")).status_code == 200
    image = Image(title="D'un autre", file="x.png", width=1, height=1)
    image.save()
    refused = client.get(reverse("wagtailimages:edit", args=[image.pk]))
    assert refused.status_code == 302
    assert refused["Location"] == reverse("wagtailadmin_home")


def test_a_learner_changes_no_recording(client: Client) -> None:
    recording = Recording.objects.create(title="Avant", kind="AUDIO", file="a.opus", transcript="x")
    client.force_login(make_user())

    edit = reverse("wagtailsnippets_courses_recording:edit", args=[recording.pk])

    assert client.post(edit, {"title": "Après"}).status_code == 302
    recording.refresh_from_db()
    assert recording.title == "Avant"
