"""Who asked for a seat is told once what was answered; a stranger is told nothing."""

import datetime
import uuid

import pytest
import time_machine

from accounts.models import OutboxMessage, Person
from accounts.sms_text import fits_one_message
from tests.factories.accounts import make_person
from tests.factories.trainers import START, make_session
from trainers.attendance.newcomers import Newcomer
from trainers.models import RegistrationLink
from trainers.registration.links import open_link
from trainers.registration.requests import (
    Asked,
    approve,
    ask_for_seat,
    ask_with_account,
    refuse,
    refuse_unknown,
)
from trainers.registration.told_answers import was_told

BEFORE = datetime.datetime(2025, 5, 1, 9, tzinfo=datetime.UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("may_day")]


@pytest.fixture
def may_day():
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def link() -> RegistrationLink:
    session = make_session("SEG-1", seats=20, venue="Gouvernorat de Ségou, salle « Niger »")
    return open_link(session=session, closes_on=START, by=None)


def asked(phone: str = "+22376000001") -> Asked:
    return Asked(uuid.uuid4(), Newcomer(family_name="DIARRA", given_name="Awa", phone=phone))


def told() -> list[tuple[str, str, str]]:
    rows = OutboxMessage.objects.order_by("pk")
    return list(rows.values_list("channel", "address", "text"))


def test_accepted_newcomer_is_told_once_by_telephone(link: RegistrationLink) -> None:
    one = ask_for_seat(link=link, asked=asked())
    approve(registration=one, by=None)
    approve(registration=one, by=None)

    ((channel, address, text),) = told()
    assert (channel, address) == ("SMS", "+22376000001")
    assert text.startswith("Votre place est confirmée : session du 12/05/2025 (Gouvernorat")
    assert fits_one_message(text)
    assert link.session.title not in text


def test_known_person_is_told_at_the_address_of_the_record(link: RegistrationLink) -> None:
    """A number typed by a visitor is not taken for the person's."""
    known = make_person("DIARRA", "Awa", email="awa@example.org")
    one = ask_for_seat(link=link, asked=asked("+22370000009"))
    approve(registration=one, by=None, known=known)

    assert [(channel, address) for channel, address, _text in told()] == [
        ("EMAIL", "awa@example.org")
    ]


def test_refusal_is_told_to_an_account_with_its_reason(link: RegistrationLink) -> None:
    person = make_person("DIARRA", "Awa", email="awa@example.org")
    one = ask_with_account(link=link, person=person)
    refuse(registration=one, by=None, reason="Hors région")
    refuse(registration=one, by=None, reason="Hors région")
    ((channel, _address, text),) = told()
    assert (channel, "Motif : Hors région" in text) == ("EMAIL", True)

    with time_machine.travel(BEFORE + datetime.timedelta(days=1)):
        again = ask_with_account(link=link, person=person)
        refuse(registration=again, by=None, reason="Complet")
    assert len(told()) == 2


def test_refused_visitor_is_nobody_to_write_to(link: RegistrationLink) -> None:
    make_person("DIARRA", "Awa", phone="+22376000001")
    one = ask_for_seat(link=link, asked=asked())
    refuse(registration=one, by=None, reason="Hors région")
    ask_for_seat(link=link, asked=asked("+22376000002"))
    refuse_unknown(session=link.session, by=None, reason="Demandes en masse")

    assert told() == []
    assert not was_told(one)
    assert Person.objects.count() == 1


def test_person_without_address_is_enrolled_and_not_told(link: RegistrationLink) -> None:
    one = ask_for_seat(link=link, asked=asked(""))
    approve(registration=one, by=None)

    one.refresh_from_db()
    assert (one.state, told(), was_told(one)) == ("APPROVED", [], False)
