import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import make_cercle, make_person, make_region, make_user
from tests.factories.trainers import make_session, make_trainer, staff
from trainers.models import TrainingSession
from trainers.sessions.access import may_record, sessions_for
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db


def trainer_user(session: TrainingSession, role: str = "TRAINER") -> User:
    person = make_person()
    staff(session, make_trainer(person), role)
    return make_user(Role.TRAINER, person=person)


def test_trainer_sees_own_sessions_only() -> None:
    mine, opened, _other = make_session(), make_session(), make_session()
    user = trainer_user(mine)
    opened.encoded_by = user
    opened.save()

    assert set(sessions_for(user)) == {mine, opened}


def test_focal_point_sees_its_territory_and_committee_everything() -> None:
    here, within = make_session(), make_session(territory=make_cercle())
    elsewhere = make_session(territory=make_region("kayes", "Kayes"))

    assert set(sessions_for(make_user(Role.FOCAL_POINT))) == {here, within}
    assert set(sessions_for(make_user(Role.COMMITTEE))) == {here, within, elsewhere}


@pytest.mark.parametrize(
    "role", [Role.PARTNER, Role.EDITOR, Role.VALIDATOR, Role.ADMINISTRATOR, None]
)
def test_others_see_no_session_even_their_own(role: str | None) -> None:
    session = make_session()
    user = make_user(role) if role else make_user()
    session.encoded_by = user
    session.save()

    assert list(sessions_for(user)) == []
    assert list(sessions_for(AnonymousUser())) == []


def test_former_trainer_sees_nothing() -> None:
    session = make_session()
    user = trainer_user(session)
    user.role_assignments.update(ended_on="2024-01-01")

    assert list(sessions_for(User.objects.get(pk=user.pk))) == []


@pytest.mark.parametrize(
    ("role", "expected"), [("TRAINER", True), ("CO_TRAINER", True), ("OBSERVER", False)]
)
def test_observers_only_look(role: str, expected: bool) -> None:
    session = make_session()
    assert may_record(trainer_user(session, role), session) is expected


def test_nobody_writes_in_a_cancelled_session() -> None:
    session = make_session()
    user = make_user(Role.COMMITTEE)
    assert may_record(user, session)
    assert not may_record(user, cancel_session(session=session, reason="Report"))
