"""The anonymous form that anybody opens, and the import of many events, on screen."""

import gzip
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from tests.factories.accounts import make_region
from tests.trainers.awareness.typed_events import make_event, signed_in
from trainers.models import AwarenessEvent

pytestmark = pytest.mark.django_db


@pytest.fixture
def token(client: Client) -> str:
    make_event(held_on=timezone.localdate())
    signed_in(client, Role.FOCAL_POINT)
    sent = {"question": "Est-ce un crime ?", "answer": "yes"}
    client.post("/actions/ACT-1/question/", sent)
    client.logout()
    return AwarenessEvent.objects.get().poll_token


def test_anybody_answers_once_without_a_name(client: Client, token: str) -> None:
    address = f"/reponse/{token}/apres/"
    page = client.get(address)
    sent = {"uuid": str(page.context["uuid"]), "answer": "yes"}

    assert b"La bonne r\xc3\xa9ponse" not in page.content
    for _ in range(2):
        assert client.post(address, sent)["Location"] == f"{address}?merci"
    thanks = client.get(f"{address}?merci").content.decode()

    event = AwarenessEvent.objects.get()
    assert (event.post_answers, event.post_knowing) == (1, 1)
    assert "La bonne réponse est" in thanks
    assert (
        "La bonne réponse est" not in client.get(f"/reponse/{token}/avant/?merci").content.decode()
    )


def test_ballot_without_an_answer_is_asked_again(client: Client, token: str) -> None:
    answer = client.post(f"/reponse/{token}/avant/", {"uuid": str(uuid.uuid4())})
    assert "Choisissez oui ou non." in answer.content.decode()
    assert AwarenessEvent.objects.get().pre_answers is None


def test_ballot_page_is_light_and_kept_by_nobody(client: Client, token: str) -> None:
    answer = client.get(f"/reponse/{token}/avant/")
    assert len(gzip.compress(answer.content)) < 30_000
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize("address", ["/reponse/absent/avant/", "/reponse/{token}/pendant/"])
def test_unknown_link_leads_nowhere(client: Client, token: str, address: str) -> None:
    assert client.get(address.format(token=token)).status_code == 404


def test_closed_link_leads_nowhere(client: Client, token: str) -> None:
    signed_in(client, Role.FOCAL_POINT)
    client.post("/actions/ACT-1/question/fermer/")
    assert client.get(f"/reponse/{token}/avant/").status_code == 404


# --- The import ----------------------------------------------------------------------------------


def test_workbook_is_checked_then_applied_on_screen(client: Client) -> None:
    make_region()
    user = signed_in(client, Role.FOCAL_POINT)
    lines = "Nature;Région;Lieu;Date;Total\nDialogue;Ségou;Marché;04/03/2025;35\nFête;;;;\n"
    file = SimpleUploadedFile("actions.csv", lines.encode())

    page = client.post("/actions/import/", {"file": file}, follow=True)
    assert (page.context["report"].new, page.context["report"].bad) == (1, 1)
    assert AwarenessEvent.objects.count() == 0
    for _ in range(2):
        client.post(page.request["PATH_INFO"], {"sha256": page.context["report"].sha256})

    assert AwarenessEvent.objects.get().encoded_by == user
    signed_in(client, Role.TRAINER)
    assert client.get(page.request["PATH_INFO"]).status_code == 404


def test_unreadable_workbook_is_refused_in_words(client: Client) -> None:
    signed_in(client, Role.FOCAL_POINT)
    file = SimpleUploadedFile("actions.xlsx", b"PK\x03\x04 not a workbook")
    page = client.post("/actions/import/", {"file": file})
    assert list(page.context["form"].errors) == ["file"]
    assert client.get("/actions/import/modele/").status_code == 200
