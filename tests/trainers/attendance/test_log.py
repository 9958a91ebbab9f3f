import uuid

import pytest

from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend, make_session
from trainers.attendance.log import MarkEntry, MarkRefused, record_mark, record_marks, void_mark
from trainers.enums import EntrySource
from trainers.models import AttendanceMark, Participation, TrainingSession
from trainers.participation.marks import contradicted_pairs, marks_in_force
from trainers.participation.records import enrol

pytestmark = pytest.mark.django_db


def entries(session: TrainingSession, *, is_present: bool = True) -> list[MarkEntry]:
    slot = session.slots.get(position=1)
    people = Participation.objects.filter(session=session).order_by("pk")
    return [MarkEntry(uuid.uuid4(), one.pk, slot.pk, is_present) for one in people]


def test_same_uuid_is_the_same_mark() -> None:
    session = make_session()
    participation = attend(session, positions=[])
    slot = session.slots.get(position=1)
    facts = {"uuid": uuid.uuid4(), "participation": participation, "slot": slot}
    first = record_mark(**facts, source="PHONE")
    again = record_mark(**facts, source="QR", is_present=False)

    assert (again, again.is_present, again.source) == (first, True, "PHONE")
    assert AttendanceMark.objects.count() == 1


def test_uuid_of_another_mark_is_refused() -> None:
    session = make_session()
    participation = attend(session, positions=[])
    one, two = session.slots.order_by("position")[:2]
    key = uuid.uuid4()
    record_mark(uuid=key, participation=participation, slot=one, source="PHONE")
    with pytest.raises(MarkRefused):
        record_mark(uuid=key, participation=participation, slot=two, source="PHONE")


def test_slot_of_another_session_is_refused() -> None:
    participation = attend(make_session(), positions=[])
    slot = make_session().slots.get(position=1)
    with pytest.raises(MarkRefused):
        record_mark(uuid=uuid.uuid4(), participation=participation, slot=slot, source="PHONE")
    assert AttendanceMark.objects.count() == 0


def test_first_mark_stands_against_a_later_one() -> None:
    session = make_session()
    participation = attend(session, positions=[1])
    slot = session.slots.get(position=1)
    record_mark(
        uuid=uuid.uuid4(), participation=participation, slot=slot, is_present=False, source="QR"
    )

    assert [mark.is_present for mark in marks_in_force(session).values()] == [True]
    participation.refresh_from_db()
    assert participation.contact_minutes == 210


def test_correction_voids_a_mark_and_keeps_it_in_the_log() -> None:
    session = make_session()
    participation = attend(session, positions=[1])
    mark = AttendanceMark.objects.get()
    key = uuid.uuid4()
    facts = {"mark": mark, "uuid": key, "is_present": False, "by": make_user()}
    with pytest.raises(MarkRefused):
        void_mark(**facts, reason=" ")
    correction = void_mark(**facts, reason="Parti à 9 h")

    assert void_mark(**facts, reason="Parti à 9 h") == correction
    participation.refresh_from_db()
    assert (participation.status, AttendanceMark.objects.count()) == ("ENROLLED", 2)
    with pytest.raises(MarkRefused):
        void_mark(**facts | {"uuid": uuid.uuid4()}, reason="Encore")


def test_roll_call_writes_only_what_is_new() -> None:
    session = make_session()
    attend(session, positions=[1])
    attend(session, positions=[])
    by = make_user()
    first = record_marks(session=session, entries=entries(session), source="TYPED", by=by)
    assert (first.recorded, first.corrected, first.unchanged) == (1, 0, 1)
    again = record_marks(session=session, entries=entries(session), source="TYPED", by=by)
    assert (again.recorded, again.corrected, again.unchanged) == (0, 0, 2)
    assert AttendanceMark.objects.count() == 2


def test_roll_call_that_contradicts_needs_a_reason() -> None:
    session = make_session()
    attend(session, positions=[1])
    attend(session, positions=[])
    facts = {"session": session, "source": "TYPED", "by": None}
    with pytest.raises(MarkRefused) as refusal:
        record_marks(entries=entries(session, is_present=False), **facts)
    assert str(refusal.value) == (
        "1 présence déjà notée change : indiquez le motif de la correction."
    )
    assert AttendanceMark.objects.count() == 1
    call = record_marks(entries=entries(session, is_present=False), **facts, reason="Erreur")
    assert (call.recorded, call.corrected) == (1, 1)
    assert [mark.is_present for mark in marks_in_force(session).values()] == [False, False]


def test_roll_call_refuses_strangers_and_repeats() -> None:
    session = make_session()
    attend(session, positions=[])
    (entry,) = entries(session)
    stranger = attend(make_session(), positions=[])
    other = MarkEntry(uuid.uuid4(), stranger.pk, entry.slot_id, True)
    for wrong in ([other], [entry, entry]):
        with pytest.raises(MarkRefused):
            record_marks(session=session, entries=wrong, source="TYPED", by=None)
    assert AttendanceMark.objects.count() == 0


@pytest.mark.parametrize("people", [1, 3])
def test_roll_call_asks_as_often_for_1_person_as_for_3(
    people: int, django_assert_num_queries
) -> None:
    session = make_session()
    for _ in range(people):
        attend(session, positions=[])
    call = entries(session)
    with django_assert_num_queries(17):
        record_marks(session=session, entries=call, source="TYPED", by=None)


def test_person_enrolled_with_no_mark_has_none_in_force() -> None:
    session = make_session()
    enrol(session=session, person=make_person())
    assert marks_in_force(session) == {}


def test_correction_of_a_whole_roll_call_settles_a_contradiction() -> None:
    session = make_session()
    awa = attend(session, positions=[1])
    slot = session.slots.get(position=1)
    record_mark(
        uuid=uuid.uuid4(), participation=awa, slot=slot, is_present=False, source=EntrySource.PHONE
    )
    entry = MarkEntry(uuid.uuid4(), awa.pk, slot.pk, is_present=True)
    with pytest.raises(MarkRefused):
        record_marks(session=session, entries=[entry], source=EntrySource.TYPED, by=None)

    call = record_marks(
        session=session, entries=[entry], source=EntrySource.TYPED, by=None, reason="Vue en salle"
    )

    assert (call.recorded, call.corrected, call.unchanged) == (0, 1, 0)
    assert contradicted_pairs(session) == set()
