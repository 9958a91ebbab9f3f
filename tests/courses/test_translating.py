"""A translator at work in the editor: a page in bamanankan, from the French one."""

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale
from wagtail_localize.models import StringTranslation, Translation

from accounts.enums import Role
from courses.curriculum_import import import_awareness
from courses.editorial_roles import ensure_editorial_groups, put_in_group
from courses.models import AwarenessPage
from courses.translations import ensure_translated_pages
from tests.courses.test_translations import SIGNS, awareness
from tests.factories.accounts import make_user

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]


@pytest.fixture
def french() -> AwarenessPage:
    Permission.objects.get_or_create(
        codename="submit_translation",
        content_type=ContentType.objects.get_for_model(Translation),
    )
    ensure_editorial_groups()
    import_awareness(pages=awareness())
    ensure_translated_pages()
    return AwarenessPage.objects.get(locale__language_code="fr")


def submit(client: Client, page: AwarenessPage) -> int:
    locale = Locale.objects.get(language_code="bm")
    response = client.post(
        reverse("wagtail_localize:submit_page_translation", args=[page.pk]),
        {"locales": [locale.pk]},
    )
    return response.status_code


def test_author_translates_a_page_that_was_an_alias(client: Client, french: AwarenessPage) -> None:
    author = make_user(Role.EDITOR)
    put_in_group(user=author, role=Role.EDITOR)
    client.force_login(author)

    assert submit(client, french) == 302

    translation = Translation.objects.get(target_locale__language_code="bm")
    edit = reverse("wagtailadmin_pages:edit", args=[translation.get_target_instance().pk])
    assert client.get(edit).status_code == 200
    for segment in translation.source.stringsegment_set.all():
        StringTranslation.objects.create(
            translation_of=segment.string,
            locale=translation.target_locale,
            context=segment.context,
            data=f"ß {segment.string.data}",
        )
    translation.save_target(publish=True)
    html = client.get(f"/bm{SIGNS}").content.decode()
    assert "ß Un signe." in html
    assert "ß Reconnaître les signes" in html
    assert "pas encore traduite" not in html
    assert "ß" not in client.get(SIGNS).content.decode()


def test_learner_translates_nothing(client: Client, french: AwarenessPage) -> None:
    client.force_login(make_user())

    assert submit(client, french) in {302, 403}
    assert Translation.objects.count() == 0
