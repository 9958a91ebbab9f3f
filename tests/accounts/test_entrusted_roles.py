"""Giving and ending a role: scope, traces, listeners, and one administrator at least."""

import datetime
import logging
from collections.abc import Iterator

import pytest
import time_machine

from accounts.entrusted_roles import end_role, entrust_role
from accounts.enums import Role
from accounts.models import RoleAssignment, User
from accounts.people import AccountRefused, find_organization
from accounts.role_listeners import ROLE_ENDED, ROLE_GIVEN
from accounts.roles import roles_of
from tests.factories.accounts import make_person, make_region, make_user

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMINISTRATOR, person=make_person("ADMIN", "Ali"))


@pytest.fixture
def told() -> Iterator[list[tuple[str, int, str]]]:
    """What the listeners hear, in order."""
    heard: list[tuple[str, int, str]] = []

    def given(user: User, role: str) -> None:
        heard.append(("given", user.pk, role))

    def ended(user: User, role: str) -> None:
        heard.append(("ended", user.pk, role))

    ROLE_GIVEN.append(given)
    ROLE_ENDED.append(ended)
    yield heard
    ROLE_GIVEN.remove(given)
    ROLE_ENDED.remove(ended)


def in_force(user: User) -> frozenset[str]:
    return roles_of(User.objects.get(pk=user.pk))


def test_entrust_role_starts_today_and_holds_at_once(admin: User) -> None:
    user = make_user()

    given = entrust_role(user=user, role=Role.FOCAL_POINT, territory=make_region(), by=admin)

    assert (given.started_on, given.ended_on) == (TODAY, None)
    assert in_force(user) == {Role.FOCAL_POINT}


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.FOCAL_POINT, "Un point focal répond d'un territoire : indiquez lequel."),
        (Role.CORRESPONDENT, "Un correspondant répond d'une structure : indiquez laquelle."),
    ],
)
def test_entrust_role_without_its_scope_is_refused(admin: User, role: str, sentence: str) -> None:
    user = make_user()

    with pytest.raises(AccountRefused) as refusal:
        entrust_role(user=user, role=role, by=admin)

    assert str(refusal.value) == sentence
    assert in_force(user) == frozenset()


def test_entrust_role_already_held_is_refused(admin: User) -> None:
    user = make_user(Role.TRAINER, person=make_person("DIARRA", "Awa"))

    with pytest.raises(AccountRefused, match="Awa DIARRA a déjà le rôle « Formateur »"):
        entrust_role(user=user, role=Role.TRAINER, by=admin)

    assert user.role_assignments.count() == 1


def test_entrust_role_in_a_second_scope_adds_one(admin: User) -> None:
    user = make_user(Role.FOCAL_POINT)

    entrust_role(
        user=user, role=Role.FOCAL_POINT, territory=make_region("mopti", "Mopti"), by=admin
    )

    assert user.role_assignments.count() == 2


def test_entrust_role_to_oneself_is_refused(admin: User) -> None:
    with pytest.raises(AccountRefused, match="à vous-même"):
        entrust_role(user=admin, role=Role.COMMITTEE, by=admin)

    assert in_force(admin) == {Role.ADMINISTRATOR}


def test_entrust_role_to_a_technical_account_is_refused(admin: User) -> None:
    server = User.objects.create_superuser("serveur")

    with pytest.raises(AccountRefused, match="compte technique"):
        entrust_role(user=server, role=Role.COMMITTEE, by=admin)

    assert server.role_assignments.count() == 0


def test_end_role_ends_it_at_once_and_keeps_a_trace(admin: User) -> None:
    user = make_user(Role.TRAINER, Role.PARTNER)
    trainer = user.role_assignments.get(role=Role.TRAINER)

    ended = end_role(assignment=trainer, by=admin)

    assert ended.ended_on == datetime.date(2026, 3, 1)
    assert in_force(user) == {Role.PARTNER}


def test_end_role_twice_changes_nothing(admin: User, told: list) -> None:
    user = make_user(Role.TRAINER)
    trainer = user.role_assignments.get()
    end_role(assignment=trainer, by=admin)

    with time_machine.travel(datetime.datetime(2026, 5, 2, tzinfo=datetime.UTC), tick=False):
        ended = end_role(assignment=trainer, by=admin)

    assert ended.ended_on == datetime.date(2026, 3, 1)
    assert told[1:] == [("ended", user.pk, Role.TRAINER)]


def test_end_role_given_the_same_day_is_over_at_once(admin: User) -> None:
    user = make_user()
    given = entrust_role(user=user, role=Role.COMMITTEE, by=admin)

    end_role(assignment=given, by=admin)

    assert in_force(user) == frozenset()


def test_end_role_of_the_last_administrator_is_refused(admin: User) -> None:
    closed = make_user(Role.ADMINISTRATOR)
    User.objects.filter(pk=closed.pk).update(is_active=False)
    former = make_user(Role.ADMINISTRATOR)
    former.role_assignments.update(ended_on=TODAY - datetime.timedelta(days=1))

    with pytest.raises(AccountRefused, match="Ali ADMIN est le dernier administrateur"):
        end_role(assignment=admin.role_assignments.get(), by=admin)

    assert in_force(admin) == {Role.ADMINISTRATOR}


def test_end_role_of_an_administrator_is_accepted_when_another_remains(admin: User) -> None:
    other = make_user(Role.ADMINISTRATOR)

    end_role(assignment=other.role_assignments.get(), by=admin)

    assert in_force(other) == frozenset()
    assert in_force(admin) == {Role.ADMINISTRATOR}


def test_listeners_hear_of_a_role_given_and_of_its_last_scope_ended(
    admin: User, told: list
) -> None:
    user = make_user()
    segou, mopti = make_region(), make_region("mopti", "Mopti")
    first = entrust_role(user=user, role=Role.FOCAL_POINT, territory=segou, by=admin)
    second = entrust_role(user=user, role=Role.FOCAL_POINT, territory=mopti, by=admin)
    end_role(assignment=first, by=admin)
    end_role(assignment=second, by=admin)

    assert told[-3:] == [
        ("given", user.pk, Role.FOCAL_POINT),
        ("given", user.pk, Role.FOCAL_POINT),
        ("ended", user.pk, Role.FOCAL_POINT),
    ]


def test_acts_on_roles_are_logged_with_who_what_and_whom(
    admin: User, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: object
) -> None:
    user = make_user()
    court = find_organization(name="Tribunal de Ségou")
    with (
        caplog.at_level(logging.INFO, "accounts.audit"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        given = entrust_role(user=user, role=Role.CORRESPONDENT, organization=court, by=admin)
        end_role(assignment=given, by=admin)

    assert [record.getMessage() for record in caplog.records] == [
        f"act=role_given by={admin.pk} account={user.pk} detail=CORRESPONDENT",
        f"act=role_ended by={admin.pk} account={user.pk} detail=CORRESPONDENT",
    ]
    assert RoleAssignment.objects.filter(user=user).count() == 1
