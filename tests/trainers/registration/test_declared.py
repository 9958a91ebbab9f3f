"""Presence that people declare with the code of the room, and that the trainer confirms."""

import datetime
import uuid
from typing import Any

import pytest
import time_machine

from accounts.enums import Role
from accounts.models import Person
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend, make_session
from trainers.attendance.log import record_mark
from trainers.enums import EntrySource, LadderStatus
from trainers.models import AttendanceMark, DeclaredPresence, Participation, TrainingSession
from trainers.registration.declared import (
    MISSES,
    OWN_MISSES,
    Confirmed,
    DeclarationRefused,
    TooManyTries,
    confirm_declared,
    declare_presence,
    set_aside,
    shown_code,
)
from trainers.registration.rotating_code import STEP_SECONDS
from trainers.sessions.planning import cancel_session

MORNING = datetime.datetime(2025, 5, 12, 9, tzinfo=datetime.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def session(clock: Any) -> TrainingSession:
    return make_session("SEG-1")


@pytest.fixture
def awa(session: TrainingSession) -> Participation:
    return attend(session, make_person("DIARRA", "Awa", phone="76000001"), positions=())


def code_of(session: TrainingSession, position: int = 1) -> str:
    return shown_code(session.slots.get(position=position)).digits


def declare(session: TrainingSession | None, code: str, **facts: object) -> DeclaredPresence:
    facts.setdefault("uuid", uuid.uuid4())
    facts.setdefault("phone", "76 00 00 01")
    return declare_presence(session=session, key="SEG-1", code=code, **facts)  # type: ignore[arg-type]


def test_declaration_is_no_mark_until_it_is_confirmed(
    session: TrainingSession, awa: Participation
) -> None:
    by, sent = make_user(Role.TRAINER), uuid.uuid4()
    one = declare(session, code_of(session), uuid=sent)
    assert declare(session, code_of(session), uuid=sent) == one
    assert declare(session, code_of(session)) == one
    awa.refresh_from_db()
    assert (AttendanceMark.objects.count(), awa.status) == (0, LadderStatus.ENROLLED)

    assert confirm_declared(session=session, ids=[one.pk], by=by) == Confirmed(1, 0)
    assert confirm_declared(session=session, ids=[one.pk], by=by) == Confirmed(0, 0)
    one.refresh_from_db()
    awa.refresh_from_db()
    mark = AttendanceMark.objects.get()
    assert (mark.source, mark.is_present, mark.recorded_by) == (EntrySource.DECLARED, True, by)
    assert (one.mark, awa.status) == (mark, LadderStatus.PRESENT)


def test_code_belongs_to_its_half_day(session: TrainingSession, awa: Participation) -> None:
    assert declare(session, code_of(session, 2)).slot.position == 2


def test_code_of_another_day_is_refused(session: TrainingSession, awa: Participation) -> None:
    with pytest.raises(DeclarationRefused):
        declare(session, code_of(session, 3))


@pytest.mark.parametrize(("seconds", "taken"), [(0, True), (STEP_SECONDS, True), (180, False)])
def test_code_lasts_its_step_and_the_next(
    session: TrainingSession,
    awa: Participation,
    clock: Any,
    seconds: int,
    taken: bool,
) -> None:
    code = code_of(session)
    clock.shift(seconds)
    if taken:
        assert declare(session, code).participation == awa
    else:
        with pytest.raises(DeclarationRefused):
            declare(session, code)


def test_refusals_of_strangers_tell_nothing_of_the_list(
    session: TrainingSession, awa: Participation
) -> None:
    right = code_of(session)
    said = set()
    for asked in (
        {"session": session, "code": "000000"},
        {"session": session, "code": right, "phone": "76999999"},
        {"session": session, "code": right, "phone": "abc"},
        {"session": session, "code": right, "phone": ""},
        {"session": session, "code": right, "person": make_person()},
        {"session": None, "code": right},
    ):
        with pytest.raises(DeclarationRefused) as refusal:
            declare(**asked)  # type: ignore[arg-type]
        said.add(str(refusal.value))

    assert len(said) == 1
    assert "DIARRA" not in said.pop()
    assert DeclaredPresence.objects.count() == 0


def test_number_of_two_people_designates_nobody(
    session: TrainingSession, awa: Participation
) -> None:
    attend(session, make_person(phone="76000001"), positions=())

    with pytest.raises(DeclarationRefused):
        declare(session, code_of(session))


def test_account_declares_without_a_number_even_after_a_merge(
    session: TrainingSession, awa: Participation
) -> None:
    old = make_person()
    Person.objects.filter(pk=old.pk).update(merged_into=awa.person)

    assert declare(session, code_of(session), phone="", person=old).participation == awa


def test_guessing_is_limited_for_the_session_not_for_accounts(
    session: TrainingSession, awa: Participation, clock: Any
) -> None:
    for _try in range(MISSES):
        with pytest.raises(DeclarationRefused):
            declare(session, "000000")
    with pytest.raises(TooManyTries):
        declare(session, code_of(session))

    assert declare(session, code_of(session), person=awa.person).participation == awa
    for _try in range(OWN_MISSES):
        with pytest.raises(DeclarationRefused):
            declare(session, "000000", person=awa.person)
    with pytest.raises(TooManyTries):
        declare(session, code_of(session), person=awa.person)
    clock.shift(61)
    assert declare(session, code_of(session)).participation == awa


def test_absence_already_noted_is_not_overwritten(
    session: TrainingSession, awa: Participation
) -> None:
    slot = session.slots.get(position=1)
    one = declare(session, code_of(session))
    record_mark(
        uuid=uuid.uuid4(), participation=awa, slot=slot, is_present=False, source=EntrySource.TYPED
    )

    assert confirm_declared(session=session, ids=[one.pk], by=None) == Confirmed(0, 1)
    assert AttendanceMark.objects.get().is_present is False


def test_presence_already_noted_confirms_without_a_second_mark(
    session: TrainingSession, awa: Participation
) -> None:
    one = declare(session, code_of(session))
    mark = record_mark(
        uuid=uuid.uuid4(),
        participation=awa,
        slot=session.slots.get(position=1),
        source=EntrySource.PHONE,
    )
    confirm_declared(session=session, ids=[one.pk], by=None)

    one.refresh_from_db()
    assert (one.mark, AttendanceMark.objects.count()) == (mark, 1)


def test_declaration_set_aside_gives_no_mark(session: TrainingSession, awa: Participation) -> None:
    one = declare(session, code_of(session))
    assert set_aside(session=session, ids=[one.pk]) == 1
    assert set_aside(session=session, ids=[one.pk]) == 0

    assert confirm_declared(session=session, ids=[one.pk], by=None) == Confirmed(0, 0)
    assert AttendanceMark.objects.count() == 0


def test_declaration_of_another_session_is_not_confirmed_here(
    session: TrainingSession, awa: Participation
) -> None:
    one = declare(session, code_of(session))
    other = make_session()

    assert confirm_declared(session=other, ids=[one.pk], by=None) == Confirmed(0, 0)
    assert set_aside(session=other, ids=[one.pk]) == 0


def test_cancelled_session_takes_no_declaration(
    session: TrainingSession, awa: Participation
) -> None:
    code = code_of(session)
    cancel_session(session=session, reason="Report")
    session.refresh_from_db()

    with pytest.raises(DeclarationRefused):
        declare(session, code)
