"""A new password, and accounts closed and opened again."""

import logging

import pytest

from accounts.account_keeping import deactivate, password_stamp, reactivate, renew_password
from accounts.enums import Role
from accounts.models import User
from accounts.people import AccountRefused
from tests.factories.accounts import PASSWORD, make_person, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMINISTRATOR, person=make_person("ADMIN", "Ali"))


def kept(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_renew_password_replaces_the_old_one(admin: User) -> None:
    user = make_user()

    password = renew_password(user=user, stamp=password_stamp(user), by=admin)

    assert kept(user).check_password(password)
    assert not kept(user).check_password(PASSWORD)


def test_renew_password_of_a_form_sent_twice_changes_it_once(admin: User) -> None:
    user = make_user(person=make_person("DIARRA", "Awa"))
    stamp = password_stamp(user)
    password = renew_password(user=user, stamp=stamp, by=admin)

    with pytest.raises(AccountRefused, match="de Awa DIARRA vient déjà d'être changé"):
        renew_password(user=user, stamp=stamp, by=admin)

    assert kept(user).check_password(password)


@pytest.mark.parametrize("stamp", ["", "0" * 64, "é"])
def test_renew_password_without_the_right_stamp_changes_nothing(admin: User, stamp: str) -> None:
    user = make_user()

    with pytest.raises(AccountRefused):
        renew_password(user=user, stamp=stamp, by=admin)

    assert kept(user).check_password(PASSWORD)


def test_renew_password_of_oneself_is_refused(admin: User) -> None:
    with pytest.raises(AccountRefused, match="Mon compte"):
        renew_password(user=admin, stamp=password_stamp(admin), by=admin)

    assert kept(admin).check_password(PASSWORD)


def test_acts_on_a_technical_account_are_refused(admin: User) -> None:
    server = User.objects.create_superuser("serveur", password=PASSWORD)

    with pytest.raises(AccountRefused, match="compte technique"):
        renew_password(user=server, stamp=password_stamp(server), by=admin)
    with pytest.raises(AccountRefused, match="compte technique"):
        deactivate(user=server, by=admin)
    with pytest.raises(AccountRefused, match="compte technique"):
        reactivate(user=server, by=admin)

    assert kept(server).is_active
    assert kept(server).check_password(PASSWORD)


def test_deactivate_then_reactivate_keeps_the_roles(admin: User) -> None:
    user = make_user(Role.TRAINER)

    deactivate(user=user, by=admin)
    assert not kept(user).is_active
    reactivate(user=user, by=admin)

    assert kept(user).is_active
    assert user.role_assignments.get().ended_on is None


def test_deactivate_the_last_administrator_is_refused(admin: User) -> None:
    make_user(Role.COMMITTEE)

    with pytest.raises(AccountRefused, match="Ali ADMIN est le dernier administrateur"):
        deactivate(user=admin, by=admin)

    assert kept(admin).is_active


def test_deactivate_an_administrator_is_accepted_when_another_remains(admin: User) -> None:
    other = make_user(Role.ADMINISTRATOR)

    deactivate(user=other, by=admin)

    assert not kept(other).is_active


def test_acts_that_change_nothing_are_not_logged(
    admin: User, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: object
) -> None:
    user = make_user()
    with (
        caplog.at_level(logging.INFO, "accounts.audit"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        deactivate(user=user, by=admin)
        deactivate(user=user, by=admin)
        reactivate(user=user, by=admin)
        reactivate(user=user, by=admin)
        password = renew_password(user=user, stamp=password_stamp(user), by=admin)

    assert [record.getMessage() for record in caplog.records] == [
        f"act=deactivated by={admin.pk} account={user.pk} detail=-",
        f"act=reactivated by={admin.pk} account={user.pk} detail=-",
        f"act=password_renewed by={admin.pk} account={user.pk} detail=-",
    ]
    assert password not in caplog.text
