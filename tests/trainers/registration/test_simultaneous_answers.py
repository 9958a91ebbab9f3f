"""Two people at once on one list, with real connections: nothing doubled, no seat given twice."""

import datetime
import uuid

import pytest
from django.utils import timezone

from tests.factories.threads import at_once
from tests.factories.trainers import attend, make_session
from trainers.attendance.newcomers import Newcomer
from trainers.models import DeclaredPresence, Participation, Registration, RegistrationLink
from trainers.registration.declared import confirm_declared, declare_presence, shown_code
from trainers.registration.links import open_link
from trainers.registration.requests import Asked, RequestRefused, approve, ask_for_seat

pytestmark = pytest.mark.django_db(transaction=True)


def today() -> datetime.date:
    return timezone.localdate()


def make_link(seats: int) -> RegistrationLink:
    session = make_session("SEG-1", starts_on=today(), seats=seats)
    return open_link(session=session, closes_on=today(), by=None)


def asked(name: str, phone: str) -> Asked:
    return Asked(uuid.uuid4(), Newcomer(name, phone=phone))


def test_page_sent_twice_at_once_is_one_request() -> None:
    link, sent = make_link(seats=5), asked("DIARRA", "+22376000001")

    def ask() -> int:
        return ask_for_seat(link=link, asked=sent).pk

    first, second = at_once(ask, ask)
    assert first == second
    assert Registration.objects.count() == 1


def test_last_seat_is_given_once() -> None:
    link = make_link(seats=1)
    one = ask_for_seat(link=link, asked=asked("DIARRA", "+22376000001"))
    two = ask_for_seat(link=link, asked=asked("KEITA", "+22376000002"))

    def answer(registration: Registration) -> bool:
        try:
            approve(registration=registration, by=None)
        except RequestRefused:
            return False
        return True

    assert sorted(at_once(lambda: answer(one), lambda: answer(two))) == [False, True]
    assert Participation.objects.count() == 1


def test_presence_declared_and_confirmed_twice_at_once_is_one_mark() -> None:
    session = make_session("SEG-1", starts_on=today())
    awa = attend(session, positions=())
    code = shown_code(session.slots.get(position=1)).digits

    def declare() -> int:
        return declare_presence(
            session=session, key="SEG-1", code=code, person=awa.person, uuid=uuid.uuid4()
        ).pk

    first, second = at_once(declare, declare)
    assert first == second

    def confirm() -> int:
        return confirm_declared(session=session, ids=[first], by=None).confirmed

    assert sorted(at_once(confirm, confirm)) == [0, 1]
    assert DeclaredPresence.objects.get().mark is not None
