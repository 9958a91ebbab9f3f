"""The administrator's screens and « Mon compte », opened as each role would."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.account_keeping import password_stamp
from accounts.enums import Role
from accounts.models import Person, User
from tests.accounts.screen_reading import (
    LIST,
    NEW,
    NEW_PERSON,
    html,
    sentences,
    shown_password,
    signed_in,
)
from tests.factories.accounts import PASSWORD, make_person, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMINISTRATOR, person=make_person("ADMIN", "Ali", matricule="ADM-1"))


@pytest.fixture
def client_of_admin(admin: User) -> Client:
    return signed_in(admin)


# --- Who may open them --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "role", ["", *(role for role in Role if role not in (Role.ADMINISTRATOR, Role.CORRESPONDENT))]
)
def test_screens_are_closed_to_every_other_role(role: str, admin: User) -> None:
    person = make_person("KEÏTA", "Oumou", phone="66112233", matricule="K-9")
    other = make_user(Role.TRAINER, person=person)
    stranger = make_user(*([role] if role else []), person=make_person("AUTRE", "Ada"))
    client = signed_in(stranger)
    held = other.role_assignments.get().pk

    answers = [
        client.get(LIST, {"q": "keita"}),
        client.get(NEW, {"q": "keita"}),
        client.get(NEW_PERSON),
        client.post(NEW_PERSON, {"family_name": "INTRUS", "phone": "66000001"}),
        client.get(f"{NEW}{person.uuid}/"),
        client.get(f"{LIST}{other.pk}/"),
        client.post(f"{LIST}{stranger.pk}/", {"role": Role.COMMITTEE}),
        client.post(f"{LIST}{other.pk}/mot-de-passe/", {"stamp": password_stamp(other)}),
        client.post(f"{LIST}{other.pk}/desactiver/"),
        client.post(f"{LIST}{other.pk}/reactiver/"),
        client.post(f"{LIST}{other.pk}/roles/{held}/fin/"),
    ]

    assert [answer.status_code for answer in answers] == [403] * 11
    assert [answer for answer in answers if "Oumou" in html(answer)] == []
    other.refresh_from_db()
    assert (other.is_active, other.check_password(PASSWORD)) == (True, True)
    assert other.role_assignments.get().ended_on is None
    assert stranger.role_assignments.exclude(role=role).count() == 0
    assert not Person.objects.filter(family_name="INTRUS").exists()


@pytest.mark.parametrize("path", ["/compte/", LIST, NEW, NEW_PERSON, f"{LIST}1/"])
def test_visitor_is_asked_to_sign_in(path: str) -> None:
    response = Client().get(path)

    assert response.headers["Location"] == f"/compte/connexion/?next={path}"


def test_former_administrator_is_refused(admin: User) -> None:
    admin.role_assignments.update(ended_on="2024-12-31")

    assert signed_in(admin).get(LIST).status_code == 403


def test_buttons_answer_only_to_a_post(client_of_admin: Client) -> None:
    user = make_user()

    for act in ("mot-de-passe", "desactiver", "reactiver"):
        assert client_of_admin.get(f"{LIST}{user.pk}/{act}/").status_code == 405


# --- The list -----------------------------------------------------------------------------------


@pytest.mark.parametrize("others", [0, 2])
def test_account_list_asks_the_same_queries_for_1_and_3_items(
    others: int, client_of_admin: Client, django_assert_num_queries: object
) -> None:
    for number in range(others):
        make_user(Role.FOCAL_POINT, Role.TRAINER, person=make_person(matricule=f"M-{number}"))

    # session, account, its roles; number of accounts, the page, their roles
    with django_assert_num_queries(6):
        page = client_of_admin.get(LIST)

    assert html(page).count('<th scope="row">') == 1 + others


def test_account_list_shows_identifiers_roles_and_state(client_of_admin: Client) -> None:
    user = make_user(
        Role.FOCAL_POINT,
        person=make_person("KEÏTA", "Oumou", phone="66112233", email="oumou@exemple.ml"),
    )
    User.objects.filter(pk=user.pk).update(is_active=False)

    page = html(client_of_admin.get(LIST, {"q": "keita"}))

    assert "Oumou KEÏTA" in page
    assert "+223 66 11 22 33" in page
    assert "oumou@exemple.ml" in page
    assert re.search(r"Point focal\s+— Ségou \(région\)\s+<small[^>]*>depuis le 1er janvier", page)
    assert "Jamais" in page
    assert "Désactivé" in page
    assert "Ali ADMIN</a>" not in page


def test_account_list_keeps_its_filter_from_page_to_page(client_of_admin: Client) -> None:
    for _ in range(26):
        make_user(Role.TRAINER)

    first = html(client_of_admin.get(LIST, {"role": "TRAINER"}))
    second = html(client_of_admin.get(LIST, {"role": "TRAINER", "page": 2}))

    assert "26 comptes" in first
    assert "?role=TRAINER&page=2" in first
    assert second.count('<th scope="row">') == 1


def test_account_list_says_what_to_do_when_nothing_is_found(client_of_admin: Client) -> None:
    page = html(client_of_admin.get(LIST, {"q": "inconnu"}))

    assert "Aucun compte trouvé" in page


def test_account_list_ignores_a_filter_that_does_not_exist(client_of_admin: Client) -> None:
    response = client_of_admin.get(LIST, {"role": "ROI", "etat": "?", "page": "-3"})

    assert response.status_code == 200
    assert "Ali ADMIN" in html(response)


# --- One account --------------------------------------------------------------------------------


def test_account_gives_a_role(client_of_admin: Client) -> None:
    user = make_user(person=make_person("KEÏTA", "Oumou"))

    response = client_of_admin.post(
        f"{LIST}{user.pk}/", {"role": Role.FOCAL_POINT, "territory": make_region().pk}
    )

    assert response.headers["Location"] == f"{LIST}{user.pk}/"
    assert sentences(response) == ["Oumou KEÏTA a maintenant le rôle « Point focal »."]
    assert user.role_assignments.get().territory.code == "segou"


def test_account_refuses_the_role_that_is_already_held(client_of_admin: Client) -> None:
    user = make_user(Role.PARTNER, person=make_person("KEÏTA", "Oumou"))

    page = client_of_admin.post(f"{LIST}{user.pk}/", {"role": Role.PARTNER})

    assert "Oumou KEÏTA a déjà le rôle « Partenaire »" in html(page)
    assert user.role_assignments.count() == 1


def test_account_ends_a_role_and_keeps_it_among_the_ended(client_of_admin: Client) -> None:
    user = make_user(Role.PARTNER)
    held = user.role_assignments.get()

    page = client_of_admin.post(f"{LIST}{user.pk}/roles/{held.pk}/fin/", follow=True)

    assert "Le rôle « Partenaire » est retiré." in html(page)
    assert "Rôles terminés" in html(page)
    held.refresh_from_db()
    assert held.ended_on is not None


def test_account_ends_no_role_of_another_account(client_of_admin: Client) -> None:
    user, other = make_user(Role.PARTNER), make_user(Role.PARTNER)
    held = other.role_assignments.get()

    response = client_of_admin.post(f"{LIST}{user.pk}/roles/{held.pk}/fin/")

    assert response.status_code == 404
    held.refresh_from_db()
    assert held.ended_on is None


def test_account_of_the_last_administrator_keeps_its_role_and_stays_open(
    admin: User, client_of_admin: Client
) -> None:
    held = admin.role_assignments.get()

    ending = client_of_admin.post(f"{LIST}{admin.pk}/roles/{held.pk}/fin/")
    closing = client_of_admin.post(f"{LIST}{admin.pk}/desactiver/")

    sentence = (
        "Ali ADMIN est le dernier administrateur en fonction : confiez d'abord ce rôle à une autre "
        "personne."
    )
    assert sentences(ending)[-1:] == sentences(closing)[-1:] == [sentence]
    assert client_of_admin.get(LIST).status_code == 200


def test_own_account_of_an_administrator_offers_no_role_nor_password(
    admin: User, client_of_admin: Client
) -> None:
    page = html(client_of_admin.get(f"{LIST}{admin.pk}/"))
    refused = client_of_admin.post(f"{LIST}{admin.pk}/", {"role": Role.COMMITTEE})

    assert "Confier ce rôle" not in page
    assert "Faire un nouveau mot de passe" not in page
    assert refused.status_code == 200
    assert admin.role_assignments.get().role == Role.ADMINISTRATOR


def test_new_password_is_shown_once_and_ends_open_sessions(client_of_admin: Client) -> None:
    user = make_user()
    owner = signed_in(user)
    stamp = password_stamp(User.objects.get(pk=user.pk))

    response = client_of_admin.post(f"{LIST}{user.pk}/mot-de-passe/", {"stamp": stamp})
    password = shown_password(response)
    again = client_of_admin.post(f"{LIST}{user.pk}/mot-de-passe/", {"stamp": stamp}, follow=True)

    assert response.headers["Cache-Control"] == "private, no-store"
    assert User.objects.get(pk=user.pk).check_password(password)
    assert password not in html(again)
    assert "vient déjà d'être changé" in html(again)
    assert owner.get("/compte/").status_code == 302


def test_new_password_form_of_the_page_works(client_of_admin: Client) -> None:
    user = make_user()
    page = html(client_of_admin.get(f"{LIST}{user.pk}/"))
    stamp = re.search(r'name="stamp" value="(\w+)"', page)
    assert stamp is not None

    response = client_of_admin.post(f"{LIST}{user.pk}/mot-de-passe/", {"stamp": stamp[1]})

    assert User.objects.get(pk=user.pk).check_password(shown_password(response))


def test_deactivated_account_is_signed_out_and_may_come_back(client_of_admin: Client) -> None:
    user = make_user(Role.TRAINER, person=make_person("KEÏTA", "Oumou"))
    owner = signed_in(user)

    closed = client_of_admin.post(f"{LIST}{user.pk}/desactiver/", follow=True)
    assert "Le compte de Oumou KEÏTA est désactivé." in html(closed)
    assert owner.get("/compte/").status_code == 302

    opened = client_of_admin.post(f"{LIST}{user.pk}/reactiver/", follow=True)
    assert "Le compte de Oumou KEÏTA est réactivé." in html(opened)
    assert owner.get("/compte/").status_code == 200


def test_technical_account_is_read_only(client_of_admin: Client) -> None:
    server = User.objects.create_superuser("serveur", password=PASSWORD)

    page = html(client_of_admin.get(f"{LIST}{server.pk}/"))
    client_of_admin.post(f"{LIST}{server.pk}/mot-de-passe/", {"stamp": password_stamp(server)})
    client_of_admin.post(f"{LIST}{server.pk}/desactiver/")

    assert "compte technique" in page
    assert '<form method="post"' not in page.replace('class="form" ', "")
    server.refresh_from_db()
    assert (server.is_active, server.check_password(PASSWORD)) == (True, True)


# --- Mon compte ---------------------------------------------------------------------------------


def test_own_account_shows_identity_identifiers_and_roles() -> None:
    user = make_user(Role.FOCAL_POINT, person=make_person("KEÏTA", "Oumou", phone="66112233"))

    page = html(signed_in(user).get("/compte/"))

    for text in ("Mon compte", "KEÏTA", "+223 66 11 22 33", "Point focal", "Ségou (région)"):
        assert text in page
    for name in ("account_change_password", "mfa_index", "account_logout"):
        assert f'href="{reverse(name)}"' in page


def test_own_account_of_a_learner_says_that_no_role_is_needed() -> None:
    page = html(signed_in(make_user()).get("/compte/"))

    assert "un apprenant n'a pas besoin de rôle" in page


def test_own_account_opens_without_a_person() -> None:
    user = User.objects.create_user("serveur", password=PASSWORD)

    assert "pas lié à une personne" in html(signed_in(user).get("/compte/"))


def test_own_account_leaves_out_a_role_that_has_ended() -> None:
    user = make_user(Role.PARTNER)
    user.role_assignments.update(ended_on="2024-12-31")

    assert "Partenaire" not in html(signed_in(user).get("/compte/"))
