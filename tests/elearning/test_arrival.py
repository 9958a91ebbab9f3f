"""Where each role lands after signing in."""

import datetime

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import RoleAssignment, Territory, User
from elearning.arrival import arrival_url, url_or_none

pytestmark = pytest.mark.django_db


def make_user(*roles: Role) -> User:
    user = User.objects.create_user("B-7")
    country = Territory.objects.create(code="mali", name="Mali", level="COUNTRY", name_key="mali")
    for role in roles:
        RoleAssignment.objects.create(
            user=user, role=role, territory=country, started_on=datetime.date(2025, 1, 1)
        )
    return user


@pytest.mark.parametrize(
    ("roles", "expected"),
    [
        ((), "assessments:my_space"),
        ((Role.TRAINER,), "trainers:session_list"),
        ((Role.FOCAL_POINT,), "trainers:session_list"),
        ((Role.COMMITTEE,), "indicators:matrix"),
        ((Role.PARTNER,), "indicators:matrix"),
        ((Role.EDITOR,), "wagtailadmin_home"),
        ((Role.ADMINISTRATOR,), "accounts:account_list"),
        ((Role.TRAINER, Role.COMMITTEE), "indicators:matrix"),
    ],
)
def test_arrival_url_is_where_the_work_of_the_role_starts(
    roles: tuple[Role, ...], expected: str
) -> None:
    fallback = url_or_none("assessments:my_space") or "/"

    assert arrival_url(make_user(*roles)) == (url_or_none(expected) or fallback)


def test_after_sign_in_sends_a_visitor_to_sign_in() -> None:
    response = Client().get("/compte/arrivee/")

    assert response.headers["Location"] == "/compte/connexion/?next=/compte/arrivee/"


def test_after_sign_in_sends_a_signed_in_person_to_their_work() -> None:
    user = make_user(Role.EDITOR)
    client = Client()
    client.force_login(user)

    assert client.get("/compte/arrivee/").headers["Location"] == "/cms/"
