"""The menu of each role, and the four names that every template may count on."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import NoReverseMatch, reverse

from accounts.enums import Role
from accounts.models import Person, RoleAssignment, Territory, User
from elearning.context import navigation

pytestmark = pytest.mark.django_db
FIELD_WORK = (
    ("trainers:session_list", "Sessions"),
    ("trainers:event_list", "Actions"),
    ("assessments:attention", "À traiter"),
)
PLAN = (
    ("trainers:person_list", "Personnes"),
    ("trainers:plan_items", "Plan de formation"),
    ("indicators:matrix", "Plan d'action"),
)


def make_user(*roles: Role) -> User:
    person = Person.objects.create(family_name="Keïta", given_name="Oumou", name_key="keita oumou")
    user = User.objects.create_user("OK-1", first_name="Oumou", last_name="Keïta", person=person)
    country = Territory.objects.create(code="mali", name="Mali", level="COUNTRY", name_key="mali")
    for role in roles:
        RoleAssignment.objects.create(
            user=user, role=role, territory=country, started_on=datetime.date(2025, 1, 1)
        )
    return user


def context_of(user: User | AnonymousUser, path: str = "/") -> dict:
    request = RequestFactory().get(path)
    request.user = user
    return navigation(request)


def labels(links: list[dict]) -> list[str]:
    return [link["label"] for link in links]


def installed(*entries: tuple[str, str]) -> list[str]:
    """Labels of the entries whose page exists: parts of the platform may not be there yet."""
    return [label for name, label in entries if _reverses(name)]


def _reverses(name: str) -> bool:
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


def test_a_visitor_sees_the_public_pages_and_the_sign_in() -> None:
    context = context_of(AnonymousUser())

    expected = installed(("trainers:directory", "Formateurs"))
    assert labels(context["navigation"]) == ["Accueil", "Formations", "Sensibilisation", *expected]
    assert labels(context["account_links"]) == ["Se connecter"]
    assert context["user_label"] == ""
    assert context["is_demo"] is False


def test_a_learner_sees_a_space_of_their_own_and_no_register() -> None:
    context = context_of(make_user())

    assert "Sessions" not in labels(context["navigation"])
    assert "Plan d'action" not in labels(context["navigation"])
    expected = installed(
        ("assessments:my_space", "Mon espace"),
        ("certificates:my_certificates", "Mes attestations"),
    )
    assert labels(context["account_links"]) == [*expected, "Mon compte", "Se déconnecter"]
    assert context["user_label"] == "Oumou Keïta"


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (Role.TRAINER, FIELD_WORK),
        (Role.FOCAL_POINT, (*FIELD_WORK, *PLAN)),
        (Role.COMMITTEE, (*FIELD_WORK, *PLAN)),
        (Role.PARTNER, (("indicators:matrix", "Plan d'action"),)),
        (Role.EDITOR, ()),
        (Role.ADMINISTRATOR, ()),
    ],
)
def test_each_role_sees_the_menu_of_its_work(
    role: Role, expected: tuple[tuple[str, str], ...]
) -> None:
    context = context_of(make_user(role))

    directory = installed(("trainers:directory", "Formateurs"))
    public = ["Accueil", "Formations", "Sensibilisation", *directory]
    assert labels(context["navigation"]) == [*public, *installed(*expected)]


def test_an_editor_is_offered_the_editor() -> None:
    context = context_of(make_user(Role.EDITOR))

    assert "Rédaction" in labels(context["account_links"])


def test_an_administrator_is_offered_the_accounts_and_the_closest_page_is_marked() -> None:
    links = context_of(make_user(Role.ADMINISTRATOR), "/compte/gestion/nouveau/")["account_links"]

    assert [link["label"] for link in links if link["is_current"]] == ["Comptes"]
    assert [link["label"] for link in links][-3:] == ["Comptes", "Mon compte", "Se déconnecter"]


def test_only_an_administrator_is_offered_the_accounts() -> None:
    context = context_of(make_user(Role.TRAINER, Role.FOCAL_POINT, Role.COMMITTEE, Role.EDITOR))

    assert "Comptes" not in labels(context["account_links"])


def test_the_current_page_is_marked_once() -> None:
    links = context_of(AnonymousUser(), "/formations/comprendre/module-1/")["navigation"]

    assert [link["label"] for link in links if link["is_current"]] == ["Formations"]


def test_a_page_that_draws_no_menu_asks_the_database_nothing(
    django_assert_num_queries: pytest.FixtureRequest,
) -> None:
    user = make_user(Role.COMMITTEE)

    with django_assert_num_queries(0):
        context_of(user)
