"""Two writers at once, with real connections: what is written twice counts once."""

import uuid

import pytest

from accounts.models import Person
from accounts.reference_data import load_reference_data
from tests.factories.accounts import make_person
from tests.factories.threads import at_once
from tests.factories.trainers import attend, make_session, workbook
from trainers.attendance.log import record_mark
from trainers.attendance.sending import receive_sending
from trainers.attendance.sending_payload import Sending, SentMark, SentNewcomer
from trainers.attendance.sheet_import import apply_attendance
from trainers.models import AttendanceMark, Evidence, Participation
from trainers.participation.records import enrol

pytestmark = pytest.mark.django_db(transaction=True)


def test_same_file_applied_twice_at_once_counts_once() -> None:
    load_reference_data()
    session = make_session()
    rows = [[f"NOM{n}", "Awa", 76000000 + n, "x"] for n in range(1, 6)]
    content = workbook([["Nom", "Prénom", "Tél", "J1 matin"], *rows])

    def apply() -> bool:
        return apply_attendance(session=session, content=content, name="a.xlsx").already_applied

    assert sorted(at_once(apply, apply)) == [False, True]
    assert (Person.objects.count(), Participation.objects.count()) == (5, 5)
    assert (AttendanceMark.objects.count(), Evidence.objects.count()) == (5, 1)


def test_two_phones_sending_the_same_mark_count_once() -> None:
    session = make_session()
    participation = attend(session, positions=[])
    slot = session.slots.get(position=1)
    key = uuid.uuid4()

    def mark() -> int:
        return record_mark(uuid=key, participation=participation, slot=slot, source="PHONE").pk

    first, second = at_once(mark, mark)
    participation.refresh_from_db()
    assert first == second
    assert AttendanceMark.objects.count() == 1
    assert participation.contact_minutes == 210


def test_person_enrolled_twice_at_once_is_one_participation() -> None:
    session, person = make_session(), make_person()

    def put() -> int:
        return enrol(session=session, person=person).pk

    first, second = at_once(put, put)
    assert first == second
    assert Participation.objects.count() == 1


def test_same_sending_received_twice_at_once_counts_once() -> None:
    session = make_session()
    slot = session.slots.get(position=1)
    who = uuid.uuid4()
    sending = Sending(
        (SentNewcomer(who, "KONE", "Awa", phone="76000001"),),
        (SentMark(uuid.uuid4(), who, slot.pk, is_present=True),),
    )

    def receive() -> list[str]:
        answers = receive_sending(session=session, sending=sending, by=None)
        return [one.refusal for one in answers.values()]

    assert at_once(receive, receive) == [["", ""], ["", ""]]
    assert (Person.objects.count(), Participation.objects.count()) == (1, 1)
    assert AttendanceMark.objects.count() == 1
