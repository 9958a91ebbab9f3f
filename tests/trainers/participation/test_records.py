import datetime
from decimal import Decimal

import pytest
import time_machine

from accounts.people import find_organization, open_posting, transfer
from tests.factories.accounts import make_person, make_profession, make_region
from tests.factories.trainers import START, attend, make_session
from trainers.enums import SessionType
from trainers.models import Participation
from trainers.participation.records import (
    FrozenProfile,
    enrol,
    hand_in_post_percents,
    refresh_ladder,
)
from trainers.sessions.lock import SessionClosed
from trainers.sessions.planning import cancel_session, submit_session

pytestmark = pytest.mark.django_db


def test_enrolment_freezes_the_posting_of_the_first_day() -> None:
    person = make_person(sex="F", profession=make_profession())
    segou, kayes = make_region(), make_region("kayes", "Kayes")
    tribunal = find_organization(name="Tribunal", territory=segou)
    open_posting(person=person, organization=tribunal, territory=segou, started_on=None)
    transfer(person=person, organization=None, territory=kayes, on=START + datetime.timedelta(1))
    participation = enrol(session=make_session(), person=person)

    assert (participation.sex, participation.profession.code) == ("F", "avocat")
    assert (participation.organization, participation.territory) == (tribunal, segou)


def test_enrolment_freezes_the_profile_given() -> None:
    person = make_person(sex="F")
    participation = enrol(
        session=make_session(), person=person, frozen=FrozenProfile(territory=make_region())
    )
    assert (participation.sex, participation.territory.code) == ("", "segou")


def test_enrolling_twice_is_one_participation() -> None:
    session, person = make_session(), make_person()
    assert enrol(session=session, person=person) == enrol(session=session, person=person)
    assert Participation.objects.count() == 1


def test_merged_person_is_enrolled_as_the_kept_one() -> None:
    kept, old = make_person(), make_person()
    old.merged_into = kept
    old.save()
    assert enrol(session=make_session(), person=old).person == kept


def test_cancelled_session_enrols_nobody() -> None:
    session = cancel_session(session=make_session(), reason="Report")
    with pytest.raises(SessionClosed) as refusal:
        enrol(session=session, person=make_person())
    assert str(refusal.value) == (
        f"La session {session.code} est annulée : ses présences ne changent plus."
    )


@pytest.mark.parametrize(
    ("type_", "positions", "percent", "status", "minutes", "attendance"),
    [
        (SessionType.TRAINING, [], None, "ENROLLED", 0, "0"),
        (SessionType.TRAINING, [1], None, "INFORMED", 210, "25"),
        (SessionType.TRAINING, [1, 2, 3], 90.0, "INFORMED", 630, "75"),
        (SessionType.TRAINING, [1, 2, 3, 4], None, "TRAINED", 840, "100"),
        (SessionType.TRAINING, [1, 2, 3, 4], 69.9, "TRAINED", 840, "100"),
        (SessionType.TRAINING, [1, 2, 3, 4], 70.0, "CERTIFIED", 840, "100"),
        (SessionType.AWARENESS, [1, 2, 3, 4], 90.0, "INFORMED", 840, "100"),
    ],
)
def test_ladder_of_a_session_that_is_over(
    type_: str,
    positions: list[int],
    percent: float | None,
    status: str,
    minutes: int,
    attendance: str,
) -> None:
    session = make_session(type=type_)
    participation = attend(session, positions=positions)
    hand_in_post_percents(session=session, percents={participation.pk: percent})
    participation.refresh_from_db()

    assert (participation.status, participation.contact_minutes) == (status, minutes)
    assert participation.attendance_percent == Decimal(attendance)


def test_person_below_the_thresholds_is_present_until_the_session_is_handed_in() -> None:
    with time_machine.travel(datetime.datetime(2025, 5, 13, 8, tzinfo=datetime.UTC), tick=False):
        session = make_session()
        participation = attend(session, positions=[1])
        assert participation.status == "PRESENT"
        submit_session(session=session, by=None)
        participation.refresh_from_db()
        assert participation.status == "INFORMED"


def test_refresh_writes_nothing_when_nothing_changed(django_assert_num_queries) -> None:
    session = make_session()
    attend(session, positions=[1, 2, 3, 4])
    with django_assert_num_queries(6):  # savepoint, session, people, slots, marks, release
        assert refresh_ladder(session=session) == 0


def test_withdrawn_post_score_takes_the_certificate_rung_back() -> None:
    session = make_session()
    participation = attend(session, positions=[1, 2, 3, 4])
    assert hand_in_post_percents(session=session, percents={participation.pk: 80.0}) == 1
    assert hand_in_post_percents(session=session, percents={participation.pk: 80.0}) == 0
    assert hand_in_post_percents(session=session, percents={}) == 0
    assert hand_in_post_percents(session=session, percents={participation.pk: None}) == 1
    participation.refresh_from_db()
    assert participation.status == "TRAINED"
