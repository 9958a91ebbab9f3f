"""People added on a phone are shown apart, and compared with whom they resemble."""

import uuid

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from accounts.merging import say_distinct
from accounts.models import Person
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import START, attend, make_session, make_trainer, staff
from trainers.attendance.newcomers import Newcomer
from trainers.attendance.sending_payload import SentNewcomer
from trainers.attendance.sent_newcomers import enrol_newcomers
from trainers.models import TrainingSession
from trainers.registration.links import open_link
from trainers.registration.requests import Asked, approve, ask_for_seat

pytestmark = pytest.mark.django_db

REQUESTS = "/sessions/SEG-1/inscriptions/"


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-1")


def add(session: TrainingSession, given_name: str = "Awa") -> Person:
    """Somebody added on a phone, without a number."""
    sent = SentNewcomer(
        uuid=uuid.uuid4(), family_name="DIARRA", given_name=given_name, sex="F", phone="",
        profession="", organization="", territory="",
    )  # fmt: skip
    (one,) = enrol_newcomers(session=session, newcomers=[sent], by=None)
    assert one.participation is not None
    return one.participation.person


def test_added_people_are_apart_from_those_who_asked(
    client: Client, session: TrainingSession
) -> None:
    add(session)
    with time_machine.travel(START):
        link = open_link(session=session, closes_on=START, by=None)
        asked = ask_for_seat(link=link, asked=Asked(uuid.uuid4(), Newcomer("MAIGA", "Ali")))
    approve(registration=asked, by=None)
    client.force_login(make_user(Role.COMMITTEE))
    page = client.get(REQUESTS)

    assert [row["name"] for row in page.context["added"]] == ["Awa DIARRA"]
    assert [row["name"] for row in page.context["answered"]] == ["Ali MAIGA"]
    assert "Ajoutés en salle" in page.content.decode()


def test_resemblance_leads_whoever_is_in_charge_to_the_comparison(
    client: Client, session: TrainingSession
) -> None:
    known = make_person("DIARRA", "Awa", phone="")
    attend(session, known, positions=())
    added = add(session)
    client.force_login(make_user(Role.COMMITTEE))
    page = client.get(REQUESTS).content.decode()
    path = f"/personnes/{known.uuid}/fusion/{added.uuid}/"
    assert "Même nom" in page
    assert path in page
    assert client.get(path).status_code == 200

    say_distinct(one=known, other=added, by=None)
    assert "Comparer les deux fiches" not in client.get(REQUESTS).content.decode()


def test_trainer_reads_the_note_and_is_led_to_no_record(
    client: Client, session: TrainingSession
) -> None:
    trainer = make_person("DIALLO", "Sira")
    staff(session, make_trainer(trainer))
    make_person("DIARRA", "Awa", phone="")
    add(session)
    client.force_login(make_user(Role.TRAINER, person=trainer))
    page = client.get(REQUESTS).content.decode()

    assert "Même nom" in page
    assert "/fusion/" not in page


def test_focal_point_is_not_led_to_a_record_of_another_region(
    client: Client, session: TrainingSession
) -> None:
    elsewhere = make_session("KAY-1", territory=make_region("kayes", "Kayes"))
    attend(elsewhere, make_person("DIARRA", "Awa", phone=""), positions=())
    add(session)
    client.force_login(make_user(Role.FOCAL_POINT))

    assert "/fusion/" not in client.get(REQUESTS).content.decode()


@pytest.mark.parametrize("people", [1, 3])
def test_added_people_cost_as_much_for_1_as_for_3(
    client: Client, session: TrainingSession, people: int, django_assert_num_queries
) -> None:
    for rank in range(people):
        make_person("DIARRA", f"Awa {rank}", phone="")
        add(session, f"Awa {rank}")
    client.force_login(make_user(Role.COMMITTEE))
    client.get(REQUESTS)
    with django_assert_num_queries(11):
        page = client.get(REQUESTS)

    assert len(page.context["added"]) == people
