"""Two administrators at the same moment, on real connections."""

import pytest

from accounts.account_keeping import deactivate
from accounts.account_opening import Identifiers, Identity, open_account_of_new_person
from accounts.entrusted_roles import end_role
from accounts.enums import Role
from accounts.models import Person, RoleAssignment, User
from accounts.people import AccountRefused
from tests.factories.accounts import make_user
from tests.factories.threads import outcomes_at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_administrators_who_close_each_other_leave_one() -> None:
    first, second = make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)

    outcomes = outcomes_at_once(
        AccountRefused,
        lambda: deactivate(user=second, by=first),
        lambda: deactivate(user=first, by=second),
    )

    assert outcomes == ["done", "refused"]
    assert User.objects.filter(is_active=True).count() == 1


def test_two_administrators_who_end_each_others_role_leave_one() -> None:
    first, second = make_user(Role.ADMINISTRATOR), make_user(Role.ADMINISTRATOR)
    held = {user: user.role_assignments.get() for user in (first, second)}

    outcomes = outcomes_at_once(
        AccountRefused,
        lambda: end_role(assignment=held[second], by=first),
        lambda: end_role(assignment=held[first], by=second),
    )

    assert outcomes == ["done", "refused"]
    assert RoleAssignment.objects.filter(ended_on=None).count() == 1


def test_one_form_sent_twice_at_once_opens_one_account() -> None:
    admin = make_user(Role.ADMINISTRATOR)

    def send() -> None:
        open_account_of_new_person(
            identity=Identity(family_name="KEÏTA", given_name="Oumou"),
            identifiers=Identifiers(phone="+22366112233"),
            by=admin,
        )

    assert outcomes_at_once(AccountRefused, send, send) == ["done", "refused"]
    assert Person.objects.filter(family_name="KEÏTA").count() == 1
    assert User.objects.filter(phone="+22366112233").count() == 1
