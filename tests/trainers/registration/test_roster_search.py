"""Whom a search for the list finds, and what no page of ours would send."""

import datetime
import uuid

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.models import Participation, TrainingSession

pytestmark = pytest.mark.django_db

LIST = "/sessions/SEG-1/liste/"
DECLARED = "/sessions/SEG-1/declarations/"


@pytest.fixture(autouse=True)
def first_morning():
    with time_machine.travel(datetime.datetime(2025, 5, 12, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def session(client: Client) -> TrainingSession:
    """A session whose trainer is signed in."""
    person = make_person("DIALLO", "Sira")
    session = make_session("SEG-1", seats=2)
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    return session


@pytest.mark.parametrize("text", ["secret", "SECRET Nom", "7612", "76 12 34 5"])
def test_a_trainer_does_not_search_the_whole_register(
    client: Client, session: TrainingSession, text: str
) -> None:
    person = make_person("SECRET", "Nom", phone="+22376123456")
    attend(make_session("KAY-1", territory=make_region("kayes", "Kayes")), person, positions=())
    page = client.get(LIST, {"q": text})

    assert page.context["found"] == []
    assert "SECRET, Nom" not in page.content.decode()


def test_ids_counted_up_enrol_nobody_out_of_scope(client: Client, session: TrainingSession) -> None:
    person = make_person("SECRET", "Nom", phone="+22376123456")
    answer = client.post(LIST, {"person": person.pk, "q": "secret"}, follow=True)

    assert session.participations.count() == 0
    assert "SECRET" not in answer.content.decode()


def test_who_has_the_whole_number_finds_and_enrols_its_owner(
    client: Client, session: TrainingSession
) -> None:
    person = make_person("SECRET", "Nom", phone="+22376123456")
    found = client.get(LIST, {"q": "76 12 34 56"}).context["found"]
    client.post(LIST, {"person": person.pk, "q": "76 12 34 56"})

    assert [one["pk"] for one in found] == [person.pk]
    assert session.participations.get().person == person


@pytest.mark.parametrize("pk", ["9" * 5000, "9" * 30, "un"])
def test_an_id_that_no_page_makes_is_nobody(
    client: Client, session: TrainingSession, pk: str
) -> None:
    assert client.post(LIST, {"person": pk}).status_code == 302
    assert client.post(DECLARED, {"action": "aside", "one": pk}).status_code == 302
    added = client.post(
        "/sessions/SEG-1/participants/", {"family_name": "DIARRA", "given_name": "Awa", "who": pk}
    )
    assert added.status_code == 200
    assert Participation.objects.count() == 0


@pytest.mark.parametrize("code", ["9" * 400, "é" * 300])
def test_an_endless_code_of_session_is_refused_like_another(client: Client, code: str) -> None:
    sent = {"code": "123456", "phone": "76000001", "uuid": str(uuid.uuid4())}
    page = client.post(f"/presence/{code}/", sent)

    assert page.status_code == 200
    assert "Ce code ou ce numéro ne convient pas" in page.content.decode()
