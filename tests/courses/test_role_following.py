"""Wagtail's groups follow the roles of the accounts' screens."""

import pytest
from django.test import Client

from accounts.entrusted_roles import end_role, entrust_role
from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db


def groups_of(user: User) -> list[str]:
    return sorted(user.groups.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("role", "group"), [(Role.EDITOR, "Rédacteurs"), (Role.VALIDATOR, "Validateurs")]
)
def test_editorial_role_comes_and_goes_with_its_group(role: str, group: str) -> None:
    admin, user = make_user(Role.ADMINISTRATOR), make_user()

    given = entrust_role(user=user, role=role, by=admin)
    assert groups_of(user) == [group]
    end_role(assignment=given, by=admin)

    assert groups_of(user) == []


def test_role_of_one_group_leaves_the_other_alone() -> None:
    admin = make_user(Role.ADMINISTRATOR)
    user = make_user(Role.EDITOR, Role.VALIDATOR)

    end_role(assignment=user.role_assignments.get(role=Role.EDITOR), by=admin)

    assert groups_of(user) == ["Validateurs"]


def test_other_roles_join_no_group() -> None:
    user = make_user(
        *(role for role in Role if role not in {Role.EDITOR, Role.VALIDATOR, Role.CORRESPONDENT})
    )

    assert groups_of(user) == []


def test_former_author_no_longer_enters_the_editor() -> None:
    admin, user = make_user(Role.ADMINISTRATOR), make_user(Role.EDITOR)
    client = Client()
    client.force_login(user)
    end_role(assignment=user.role_assignments.get(), by=admin)

    assert client.get("/cms/").status_code == 302
