"""Seats asked for by a link: once, within limits, approved or refused by the staff."""

import datetime
import uuid

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import Person
from tests.factories.accounts import make_person, make_profession, make_user
from tests.factories.trainers import START, attend, make_session
from trainers.attendance.newcomers import Newcomer
from trainers.enums import RegistrationState
from trainers.models import Participation, Registration, RegistrationLink, TrainingSession
from trainers.registration import requests
from trainers.registration.links import (
    LinkRefused,
    close_link,
    is_open,
    link_of,
    open_link,
    renew_token,
)
from trainers.registration.requests import (
    Asked,
    RequestRefused,
    TooManyRequests,
    approve,
    ask_for_seat,
    ask_with_account,
    make_wait,
    refuse,
    refuse_unknown,
    take_back,
    undecided,
)
from trainers.sessions.planning import cancel_session, submit_session

BEFORE = datetime.datetime(2025, 5, 1, 9, tzinfo=datetime.UTC)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("may_day")]


@pytest.fixture
def may_day():
    with time_machine.travel(BEFORE, tick=False):
        yield


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-1", seats=2)


@pytest.fixture
def link(session: TrainingSession) -> RegistrationLink:
    return open_link(session=session, closes_on=START, by=None)


def asked(name: str = "DIARRA", phone: str = "+22376000001", **facts: object) -> Asked:
    return Asked(uuid.uuid4(), Newcomer(family_name=name, phone=phone, **facts))  # type: ignore[arg-type]


# --- The link -----------------------------------------------------------------------------------


def test_link_opens_until_a_day_and_closes(link: RegistrationLink) -> None:
    assert is_open(link)
    close_link(session=link.session)
    link.refresh_from_db()
    assert not is_open(link)
    again = open_link(session=link.session, closes_on=START, by=None)
    assert (is_open(again), again.token) == (True, link.token)
    with time_machine.travel(datetime.date(2025, 5, 13)):
        assert not is_open(again)


def test_token_is_renewed_and_the_old_one_leads_nowhere(link: RegistrationLink) -> None:
    old = link.token
    renewed = renew_token(session=link.session)

    assert link_of(old) is None
    assert link_of(renewed.token) == link
    assert len(renewed.token) == 12


@pytest.mark.parametrize("day", [datetime.date(2025, 4, 30), datetime.date(2025, 5, 14)])
def test_link_is_refused_in_the_past_and_after_the_session(
    session: TrainingSession, day: datetime.date
) -> None:
    with pytest.raises(LinkRefused):
        open_link(session=session, closes_on=day, by=None)


def test_link_of_a_session_that_is_over_takes_nobody(link: RegistrationLink) -> None:
    submit_session(session=link.session, by=None)
    link.refresh_from_db()

    assert not is_open(link_of(link.token))
    with pytest.raises(RequestRefused):
        ask_for_seat(link=link, asked=asked())
    with pytest.raises(LinkRefused):
        open_link(session=link.session, closes_on=START, by=None)
    assert Registration.objects.count() == 0


# --- Asking -------------------------------------------------------------------------------------


def test_request_enrols_nobody_and_counts_once(link: RegistrationLink) -> None:
    sent = asked()
    first = ask_for_seat(link=link, asked=sent)
    assert ask_for_seat(link=link, asked=sent) == first
    other_page = asked(name="Diarra")
    assert ask_for_seat(link=link, asked=other_page) == first

    assert (first.state, Registration.objects.count()) == (RegistrationState.PENDING, 1)
    assert (Participation.objects.count(), Person.objects.count()) == (0, 0)


def test_uuid_of_another_session_makes_another_request(link: RegistrationLink) -> None:
    sent = asked()
    ask_for_seat(link=link, asked=sent)
    elsewhere = open_link(session=make_session("SEG-2"), closes_on=START, by=None)
    second = ask_for_seat(link=elsewhere, asked=sent)

    assert (second.session.code, Registration.objects.count()) == ("SEG-2", 2)


def test_requests_wait_once_the_seats_are_asked_for(link: RegistrationLink) -> None:
    attend(link.session, positions=())
    states = [
        ask_for_seat(link=link, asked=asked(phone=f"+2237600000{rank}")).state for rank in range(3)
    ]

    assert states == ["PENDING", "WAITING", "WAITING"]


def test_limits_are_those_of_the_link(
    link: RegistrationLink, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(requests, "MAX_AN_HOUR", 2)
    for rank in range(2):
        ask_for_seat(link=link, asked=asked(phone=f"+2237600000{rank}"))
    with pytest.raises(TooManyRequests):
        ask_for_seat(link=link, asked=asked(phone="+22376000009"))
    with time_machine.travel(BEFORE + datetime.timedelta(hours=2)):
        ask_for_seat(link=link, asked=asked(phone="+22376000009"))
        monkeypatch.setattr(requests, "MAX_UNDECIDED", 3)
        with pytest.raises(TooManyRequests):
            ask_for_seat(link=link, asked=asked(phone="+22376000008"))

    assert Registration.objects.count() == 3


def test_signed_in_person_asks_once_takes_back_and_asks_again(link: RegistrationLink) -> None:
    person = make_person("DIARRA", "Awa")
    first = ask_with_account(link=link, person=person)
    assert ask_with_account(link=link, person=person) == first
    assert (first.family_name, first.phone, first.person) == ("DIARRA", person.phone, person)

    assert take_back(registration=first).state == RegistrationState.CANCELLED
    again = ask_with_account(link=link, person=person)
    assert (again.pk, again.state, again.decided_at) == (first.pk, "PENDING", None)


# --- Answering ----------------------------------------------------------------------------------


def test_approval_enrols_a_new_person_once(link: RegistrationLink) -> None:
    by = make_user(Role.TRAINER)
    one = ask_for_seat(link=link, asked=asked(sex="F", profession=make_profession()))
    participation = approve(registration=one, by=by)
    assert approve(registration=one, by=by) == participation

    one.refresh_from_db()
    assert (one.state, one.participation, one.decided_by) == ("APPROVED", participation, by)
    assert (participation.sex, participation.profession.code) == ("F", "avocat")
    assert participation.person.phone == "+22376000001"


def test_approval_as_a_known_person_makes_no_second_one(link: RegistrationLink) -> None:
    known = make_person("DIARRA", "Awa")
    one = ask_for_seat(link=link, asked=asked())
    participation = approve(registration=one, by=None, known=known)

    assert participation.person == known
    assert Person.objects.count() == 1


def test_full_session_takes_one_more_only_on_purpose(link: RegistrationLink) -> None:
    for _ in range(2):
        attend(link.session, positions=())
    one = ask_for_seat(link=link, asked=asked())
    with pytest.raises(RequestRefused):
        approve(registration=one, by=None)
    assert link.session.participations.count() == 2
    approve(registration=one, by=None, is_overbooking=True)
    assert link.session.participations.count() == 3


def test_refusal_takes_a_reason_and_is_not_for_the_enrolled(link: RegistrationLink) -> None:
    one = ask_for_seat(link=link, asked=asked())
    with pytest.raises(RequestRefused):
        refuse(registration=one, by=None, reason=" ")
    refuse(registration=one, by=None, reason="Hors région")
    one.refresh_from_db()
    assert (one.state, one.reason) == ("REFUSED", "Hors région")

    approve(registration=one, by=None)
    with pytest.raises(RequestRefused):
        refuse(registration=one, by=None, reason="Trop tard")


def test_requests_without_an_account_are_refused_together(link: RegistrationLink) -> None:
    for rank in range(3):
        ask_for_seat(link=link, asked=asked(phone=f"+2237600000{rank}"))
    known = ask_with_account(link=link, person=make_person())
    with pytest.raises(RequestRefused):
        refuse_unknown(session=link.session, by=None, reason="")

    assert refuse_unknown(session=link.session, by=None, reason="Demandes en masse") == 3
    assert list(undecided(link.session)) == [known]


def test_request_taken_back_is_not_approved(link: RegistrationLink) -> None:
    one = ask_with_account(link=link, person=make_person())
    take_back(registration=one)

    with pytest.raises(RequestRefused):
        approve(registration=one, by=None)


def test_line_keeps_the_order_of_arrival(link: RegistrationLink) -> None:
    first = ask_for_seat(link=link, asked=asked())
    with time_machine.travel(BEFORE + datetime.timedelta(minutes=1)):
        second = ask_for_seat(link=link, asked=asked(phone="+22376000002"))
    make_wait(registration=first, by=None)

    assert [(one.pk, one.state) for one in undecided(link.session)] == [
        (first.pk, "WAITING"),
        (second.pk, "PENDING"),
    ]


def test_cancelled_session_enrols_nobody(link: RegistrationLink) -> None:
    one = ask_for_seat(link=link, asked=asked())
    cancel_session(session=link.session, reason="Report")

    with pytest.raises(ValueError, match="annulée"):
        approve(registration=one, by=None)
    assert Participation.objects.count() == 0
