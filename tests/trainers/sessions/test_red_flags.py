import uuid

import pytest

from tests.factories.accounts import make_person
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.attendance.log import record_mark
from trainers.sessions import checks
from trainers.sessions.checks import Flag
from trainers.sessions.planning import cancel_session, red_flags

pytestmark = pytest.mark.django_db


def test_clean_session_has_no_flag() -> None:
    session = make_session(seats=2)
    attend(session)
    attend(session)
    assert red_flags(session) == []


def test_person_in_two_sessions_of_the_same_days_is_flagged() -> None:
    here, there = make_session("ICI-1"), make_session("LA-BAS-1")
    person = make_person("KONE", "Awa")
    attend(here, person)
    attend(there, person)
    assert red_flags(here) == [
        Flag(
            "OVERLAPPING_SESSIONS",
            "1 personne aussi à la session LA-BAS-1, aux mêmes dates : Awa KONE.",
        )
    ]
    cancel_session(session=there, reason="Erreur")
    assert red_flags(here) == []


def test_person_only_enrolled_elsewhere_is_not_flagged() -> None:
    here, there = make_session(), make_session()
    person = make_person()
    attend(here, person)
    attend(there, person, positions=[])
    assert red_flags(here) == []


def test_trainer_of_two_sessions_is_flagged() -> None:
    here, there = make_session("ICI-1"), make_session("LA-BAS-1")
    trainer = make_trainer(make_person("DIALLO", "Sira"))
    staff(here, trainer)
    staff(there, trainer)
    assert red_flags(here) == [
        Flag(
            "TRAINER_DOUBLE_BOOKED", "Sira DIALLO anime aussi la session LA-BAS-1, aux mêmes dates."
        )
    ]


def test_more_marks_than_seats_is_flagged_by_half_day() -> None:
    session = make_session(seats=1)
    attend(session, positions=[1, 2])
    attend(session, positions=[2])
    assert red_flags(session) == [
        Flag("MARKS_BEYOND_SEATS", "J1 après-midi : 2 présents pour 1 place.")
    ]


def test_one_phone_for_several_persons_is_flagged() -> None:
    session = make_session()
    for name in ("KONE", "MAIGA", "TRAORE", "DIARRA"):
        attend(session, make_person(name, "Awa", phone="76000001"))
    assert red_flags(session) == [
        Flag(
            "SHARED_PHONE",
            "Le numéro +22376000001 est celui de 4 personnes : "
            "Awa KONE, Awa MAIGA, Awa TRAORE et 1 autre.",
        )
    ]


def test_marks_that_contradict_are_flagged() -> None:
    session = make_session()
    participation = attend(session, make_person("KONE", "Awa"))
    record_mark(
        uuid=uuid.uuid4(),
        participation=participation,
        slot=session.slots.get(position=1),
        is_present=False,
        source="QR",
    )
    assert red_flags(session) == [
        Flag("CONTRADICTORY_MARKS", "Des pointages se contredisent pour 1 personne : Awa KONE.")
    ]


def test_apps_above_add_their_flags(monkeypatch: pytest.MonkeyPatch) -> None:
    flag = Flag("IDENTICAL_SHEETS", "Deux copies identiques.")
    monkeypatch.setattr("trainers.sessions.red_flags.EXTRA_FLAGS", [lambda session: [flag]])
    assert red_flags(make_session()) == [flag]


def test_apps_above_say_whether_there_are_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    session = make_session()
    monkeypatch.setattr(checks, "TEST_CHECKS", [])
    assert not checks.has_tests(session)
    monkeypatch.setattr(checks, "TEST_CHECKS", [lambda one: one == session])
    assert checks.has_tests(session)


@pytest.mark.parametrize("people", [1, 3])
def test_flags_ask_as_often_for_1_person_as_for_3(
    people: int, django_assert_num_queries, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trainers.sessions.red_flags.EXTRA_FLAGS", [])
    session = make_session(seats=1)
    for _ in range(people):
        attend(session)
    with django_assert_num_queries(6):
        red_flags(session)
