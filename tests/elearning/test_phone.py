"""What the server does for a phone: its worker, its manifest, and whose sendings it takes."""

import json

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import User
from elearning.phone import phone_key
from elearning.phone_shell import worker_version
from tests.factories.accounts import PASSWORD, make_user
from tests.factories.courses import lessons_of, publish_curriculum

pytestmark = pytest.mark.django_db

LEAVE = "/compte/deconnexion/"


@pytest.fixture
def learner() -> User:
    return make_user()


@pytest.fixture
def phone(client: Client, learner: User) -> Client:
    client.force_login(learner)
    return client


def test_the_worker_answers_for_the_whole_site_and_is_asked_again_for_nothing(
    client: Client,
) -> None:
    first = client.get("/sw.js")

    again = client.get("/sw.js", headers={"if-none-match": first["ETag"]})

    text = first.content.decode()
    assert first["Content-Type"] == "text/javascript"
    assert first["Cache-Control"] == "no-cache"
    assert f'const VERSION = "{worker_version()}";' in text
    assert '"/hors-ligne/"' in text
    assert (again.status_code, again.content) == (304, b"")


def test_the_shell_holds_only_what_exists(client: Client) -> None:
    text = client.get("/sw.js").content.decode()
    shell = json.loads(text.partition("const SHELL = ")[2].partition(";")[0])

    files = [address.removeprefix(settings.STATIC_URL) for address in shell if "static" in address]
    missing = [name for name in files if not (settings.BASE_DIR / "static" / name).exists()]

    assert len(files) == len(shell) - 1  # the other one is the page without network
    assert missing == []


def test_the_page_without_network_is_the_same_for_everybody(phone: Client) -> None:
    own, public = phone.get("/hors-ligne/"), Client().get("/hors-ligne/")

    assert own.content == public.content
    assert "data-person" not in own.content.decode()


def test_the_manifest_makes_an_application(client: Client) -> None:
    manifest = json.loads(client.get("/manifest.webmanifest").content)

    assert manifest["start_url"] == manifest["scope"] == "/"
    assert manifest["display"] == "standalone"
    assert {icon["sizes"] for icon in manifest["icons"]} == {"192x192", "512x512"}
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}


def test_a_page_names_its_owner_by_a_key_that_says_nothing(phone: Client, learner: User) -> None:
    html = phone.get("/compte/").content.decode()

    assert f'data-person="{phone_key(learner)}"' in html
    assert len(phone_key(learner)) == 16
    assert phone_key(learner) != phone_key(make_user())
    assert 'data-person=""' in Client().get("/compte/connexion/").content.decode()


def test_a_sending_of_somebody_else_is_refused_before_it_is_read(phone: Client) -> None:
    key = phone_key(make_user())

    answer = phone.post("/tests/envoi/", {}, headers={"x-person": key})

    assert (answer.status_code, answer.content) == (409, b"")


def test_a_sending_after_the_session_ended_is_asked_to_sign_in(
    client: Client, learner: User
) -> None:
    answer = client.post("/tests/envoi/", {}, headers={"x-person": phone_key(learner)})

    assert answer.status_code == 401


def test_a_sending_in_the_background_gets_an_address_and_no_page(
    phone: Client, learner: User
) -> None:
    answer = phone.get("/compte/arrivee/", headers={"x-person": phone_key(learner)})

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer["Location"] == "/mon-espace/"


def test_signing_out_wipes_the_phone(phone: Client) -> None:
    assert "Clear-Site-Data" not in phone.get(LEAVE).headers

    answer = phone.post(LEAVE)

    assert (answer.status_code, answer.url) == (302, "/")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert "Clear-Site-Data" not in phone.post(LEAVE).headers


def test_signing_in_wipes_nothing(client: Client, learner: User) -> None:
    answer = client.post("/compte/connexion/", {"login": learner.username, "password": PASSWORD})

    assert answer.status_code == 302
    assert "Clear-Site-Data" not in answer.headers


def test_no_shared_cache_keeps_a_page_with_somebody_s_progress(phone: Client) -> None:
    lesson = lessons_of(publish_curriculum())[0]

    assert phone.get(lesson.get_url())["Cache-Control"] == "private, no-cache"
    assert "Cache-Control" not in Client().get(lesson.get_url())
    assert phone.get("/mon-espace/")["Cache-Control"] == "private, no-store"
