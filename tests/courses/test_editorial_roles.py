import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, PageViewRestriction, Workflow

from accounts.enums import Role
from courses.editorial_roles import NotAnEditorialRole, ensure_editorial_groups, put_in_group
from courses.models import LessonPage
from courses.site_tree import ensure_site
from tests.factories.accounts import make_user
from tests.factories.courses import publish_curriculum

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


def test_ensure_editorial_groups_twice_changes_nothing() -> None:
    groups = ensure_editorial_groups()
    rights = GroupPagePermission.objects.filter(group__in=(groups.authors, groups.validators))
    permissions = rights.count()

    assert ensure_editorial_groups() == groups
    assert rights.count() == permissions == 21
    assert Workflow.objects.filter(name="Validation des contenus").count() == 1


def test_an_author_may_change_a_lesson_but_not_publish_it() -> None:
    lesson = LessonPage.objects.descendant_of(publish_curriculum()).first()
    author, validator = make_user(Role.EDITOR), make_user(Role.VALIDATOR)
    put_in_group(user=author, role=Role.EDITOR)
    put_in_group(user=validator, role=Role.VALIDATOR)

    rights = [lesson.permissions_for_user(user) for user in (author, validator)]

    assert [r.can_edit() for r in rights] == [True, True]
    assert [r.can_publish() for r in rights] == [False, True]
    assert [ensure_site().home.permissions_for_user(u).can_edit() for u in (author, validator)] == [
        False,
        False,
    ]


def test_the_catalogue_asks_for_a_validator() -> None:
    groups = ensure_editorial_groups()

    workflow = ensure_site().catalogue.get_workflow()

    assert workflow.name == "Validation des contenus"
    assert [list(task.specific.groups.all()) for task in workflow.tasks] == [[groups.validators]]


def test_another_role_has_no_group() -> None:
    with pytest.raises(NotAnEditorialRole, match="TRAINER"):
        put_in_group(user=make_user(), role=Role.TRAINER)


def test_an_author_opens_the_editor_and_a_learner_does_not(client: Client) -> None:
    lesson = LessonPage.objects.descendant_of(publish_curriculum()).first()
    author = make_user(Role.EDITOR)
    put_in_group(user=author, role=Role.EDITOR)
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    client.force_login(author)
    assert client.get(reverse("wagtailadmin_home")).status_code == 200
    page = client.get(edit)
    assert page.status_code == 200
    assert "Savoir a" in page.content.decode()

    client.force_login(make_user())
    assert client.get(reverse("wagtailadmin_home")).status_code == 302
    assert client.get(edit).status_code == 302


def test_an_author_edits_a_list_one_text_per_line() -> None:
    lesson = LessonPage.objects.descendant_of(publish_curriculum()).first()
    form_class = LessonPage.get_edit_handler().get_form_class()
    widget = form_class.base_fields["objectives"].widget

    assert widget.format_value('["Un", "Deux"]') == "Un\nDeux"
    assert widget.value_from_datadict({"o": "Un\r\n\r\n Deux "}, {}, "o") == '["Un", "Deux"]'
    assert lesson.objectives == ["Savoir a"]


def test_no_page_can_be_made_private(client: Client) -> None:
    """The search, the kept versions and the packs would show what such a page holds."""
    page = publish_curriculum()
    everything = make_user(Role.ADMINISTRATOR)
    everything.is_superuser = True
    everything.save()
    client.force_login(everything)

    client.post(
        reverse("wagtailadmin_pages:set_privacy", args=[page.pk]), {"restriction_type": "login"}
    )

    assert not PageViewRestriction.objects.exists()


@pytest.mark.parametrize("is_bulk", [False, True])
def test_a_withdrawn_curriculum_leaves_no_lesson_to_visitors(client: Client, is_bulk: bool) -> None:
    page = publish_curriculum()
    lesson = LessonPage.objects.descendant_of(page).first()
    address = lesson.get_url()
    visitor = Client()
    assert visitor.get("/recherche/", {"q": lesson.title}).context["groups"] != []
    everything = make_user(Role.ADMINISTRATOR)
    everything.is_superuser = True
    everything.save()
    client.force_login(everything)

    if is_bulk:
        several = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
        client.post(f"{several}?id={page.pk}")
    else:
        client.post(reverse("wagtailadmin_pages:unpublish", args=[page.pk]))

    assert visitor.get(address).status_code == 404
    assert visitor.get("/recherche/", {"q": lesson.title}).context["groups"] == []
