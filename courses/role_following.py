"""Wagtail's groups follow the roles given and ended on the accounts' screens."""

from django.contrib.auth.models import Group

from accounts.enums import Role
from accounts.models import User
from courses.editorial_roles import GROUP_OF_ROLE, put_in_group


def join_group(user: User, role: str) -> None:
    """Put an author or a validator in the role's group; other roles have none."""
    if role in GROUP_OF_ROLE:
        put_in_group(user=user, role=role)


def leave_group(user: User, role: str) -> None:
    """Take somebody who no longer holds the role out of its group."""
    if role in GROUP_OF_ROLE:
        user.groups.remove(*Group.objects.filter(name=GROUP_OF_ROLE[Role(role)]))
