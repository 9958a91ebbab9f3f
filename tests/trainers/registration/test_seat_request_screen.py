"""The public page of a link: light, without an account, and silent about the list."""

import datetime
import re
import uuid

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.reference_data import load_reference_data
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import START, attend, make_session
from trainers.models import Participation, Registration, RegistrationLink
from trainers.registration import requests
from trainers.registration.links import close_link, open_link
from trainers.registration.requests import approve, refuse

pytestmark = pytest.mark.django_db

PAGE_BYTES = 30_000


@pytest.fixture(autouse=True)
def may_day():
    with time_machine.travel(datetime.datetime(2025, 5, 1, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def link() -> RegistrationLink:
    session = make_session("SEG-1", seats=2, venue="Salle A")
    return open_link(session=session, closes_on=START, by=None)


def page_of(link: RegistrationLink) -> str:
    return f"/inscription/{link.token}/"


def written(**facts: object) -> dict[str, object]:
    return {
        "uuid": str(uuid.uuid4()),
        "family_name": "DIARRA",
        "given_name": "Awa",
        "phone": "76 00 00 01",
        **facts,
    }


def test_page_opens_without_an_account_and_is_light(client: Client, link: RegistrationLink) -> None:
    load_reference_data()
    page = client.get(page_of(link))

    assert page.status_code == 200
    assert len(page.content) <= PAGE_BYTES  # before compression
    assert "Salle A" in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert page.headers["Cache-Control"] == "private, no-store"


def test_request_is_sent_once_however_often_the_page_is(
    client: Client, link: RegistrationLink
) -> None:
    sent = written()
    for _time in range(2):
        answer = client.post(page_of(link), sent)
        assert answer.headers["Location"] == f"{page_of(link)}recue/"
    thanks = client.get(answer.headers["Location"])

    one = Registration.objects.get()
    assert (one.phone, str(one.uuid), one.state) == ("+22376000001", sent["uuid"], "PENDING")
    assert "Votre demande est reçue" in thanks.content.decode()
    assert Participation.objects.count() == 0


def test_forty_people_of_one_room_are_not_slowed(client: Client, link: RegistrationLink) -> None:
    answers = [
        client.post(page_of(link), written(phone=f"7600{rank:04}", uuid=str(uuid.uuid4())))
        for rank in range(40)
    ]

    assert {answer.status_code for answer in answers} == {302}
    assert Registration.objects.count() == 40


def test_link_that_received_too_much_says_so(
    client: Client, link: RegistrationLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "MAX_AN_HOUR", 1)
    client.post(page_of(link), written())
    answer = client.post(page_of(link), written(phone="76 00 00 02"))

    assert answer.status_code == 429
    assert "Trop de demandes" in answer.content.decode()


def test_answer_is_the_same_whoever_is_on_the_list(client: Client, link: RegistrationLink) -> None:
    attend(link.session, make_person("DIARRA", "Awa", phone="76000001"), positions=())
    client.post(page_of(link), written())
    known = client.get(f"{page_of(link)}recue/").content
    client.post(page_of(link), written(family_name="KEITA", phone="76000002"))
    unknown = client.get(f"{page_of(link)}recue/").content
    form = client.get(page_of(link)).content.decode()

    assert known == unknown
    for name in ("DIARRA", "KEITA", "76000001"):
        assert name not in known.decode() + form


@pytest.mark.parametrize(
    ("facts", "field"),
    [({"family_name": ""}, "family_name"), ({"phone": ""}, "phone"), ({"phone": "12"}, "phone")],
)
def test_unfit_answer_is_told_on_its_field(
    client: Client, link: RegistrationLink, facts: dict[str, str], field: str
) -> None:
    answer = client.post(page_of(link), written(**facts))

    assert list(answer.context["form"].errors) == [field]
    assert Registration.objects.count() == 0


def test_closed_link_takes_nothing(client: Client, link: RegistrationLink) -> None:
    close_link(session=link.session)
    page = client.get(page_of(link)).content.decode()
    client.post(page_of(link), written())

    assert "closes" in page
    assert 'name="family_name"' not in page
    assert Registration.objects.count() == 0


def test_unknown_token_leads_nowhere(client: Client, link: RegistrationLink) -> None:
    for path in ("/inscription/abcdefghijkl/", "/inscription/abcdefghijkl/recue/"):
        answer = client.get(path)
        assert answer.status_code == 404
        assert b"Salle A" not in answer.content


def test_signed_in_person_asks_in_one_tap(client: Client, link: RegistrationLink) -> None:
    person = make_person("DIARRA", "Awa")
    client.force_login(make_user(person=person))
    page = client.get(page_of(link)).content.decode()
    assert not re.findall(r'<(?:input|select)[^>]*name="(?!csrf)', page.partition("<main")[2])

    client.post(page_of(link))
    client.post(page_of(link))
    one = Registration.objects.get()
    assert (one.person, one.state) == (person, "PENDING")
    assert "À examiner" in client.get(page_of(link)).content.decode()

    client.post(f"{page_of(link)}retirer/")
    one.refresh_from_db()
    assert one.state == "CANCELLED"


def test_signed_in_person_reads_the_answer(client: Client, link: RegistrationLink) -> None:
    client.force_login(make_user())
    client.post(page_of(link))
    one = Registration.objects.get()
    refuse(registration=one, by=None, reason="Hors région")
    assert "Hors région" in client.get(page_of(link)).content.decode()
    approve(registration=one, by=None)
    assert "Vous êtes sur la liste" in client.get(page_of(link)).content.decode()


def test_request_of_somebody_else_is_not_taken_back(client: Client, link: RegistrationLink) -> None:
    client.force_login(make_user())
    client.post(page_of(link))
    client.force_login(make_user(Role.PARTNER))
    client.post(f"{page_of(link)}retirer/")

    assert Registration.objects.get().state == "PENDING"
