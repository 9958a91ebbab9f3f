"""Opening an account, from the search for the person to the password on paper."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import Person, User
from accounts.people import find_organization
from tests.accounts.screen_reading import (
    LIST,
    NEW,
    NEW_PERSON,
    html,
    sentences,
    shown_password,
    signed_in,
)
from tests.factories.accounts import make_person, make_profession, make_region, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def client_of_admin() -> Client:
    return signed_in(make_user(Role.ADMINISTRATOR, person=make_person("ADMIN", "Ali")))


def test_new_account_finds_persons_and_marks_duplicates(client_of_admin: Client) -> None:
    known = make_person("KEÏTA", "Oumou", phone="66112233")
    make_person("KEITA", "Oumou", phone="66112244")
    owner = make_user(person=make_person("KEITA", "Bintou"))

    page = html(client_of_admin.get(NEW, {"q": "keita"}))

    assert page.count("Doublon possible") == 2
    assert f'href="{NEW}{known.uuid}/"' in page
    assert f'href="{LIST}{owner.pk}/"' in page
    assert "+223 66 11 22 33" in page


@pytest.mark.parametrize("others", [1, 3])
def test_new_account_asks_the_same_queries_for_1_and_3_persons(
    others: int, client_of_admin: Client, django_assert_num_queries: object
) -> None:
    for _ in range(others):
        make_person("KEÏTA", profession=make_profession())

    # session, account, its roles; persons with account and profession, their postings
    with django_assert_num_queries(5):
        client_of_admin.get(NEW, {"q": "keita"})


def test_new_account_refuses_to_list_everybody(client_of_admin: Client) -> None:
    make_person("KEÏTA", "Oumou")

    page = html(client_of_admin.get(NEW, {"q": "a"}))

    assert "Écrivez au moins deux lettres ou chiffres." in page
    assert "KEÏTA" not in page


def test_new_account_of_a_known_person_shows_the_password_once(client_of_admin: Client) -> None:
    person = make_person("KEÏTA", "Oumou", phone="66112233")
    address = f"{NEW}{person.uuid}/"

    response = client_of_admin.post(address, {"phone": "66 11 22 33", "role": Role.TRAINER})
    password = shown_password(response)

    user = User.objects.get(person=person)
    assert response.status_code == 200
    assert response.headers["Cache-Control"] == "private, no-store"
    assert user.check_password(password)
    assert user.role_assignments.get().role == Role.TRAINER
    later = client_of_admin.get(f"{LIST}{user.pk}/")
    assert password not in html(later)
    assert password not in str(client_of_admin.cookies)
    assert password not in str(dict(client_of_admin.session))


def test_new_account_signs_in_with_what_the_page_shows(client_of_admin: Client) -> None:
    person = make_person(phone="66112233")
    password = shown_password(client_of_admin.post(f"{NEW}{person.uuid}/", {"phone": "66112233"}))
    owner = Client()

    owner.post(reverse("account_login"), {"login": "66 11 22 33", "password": password})

    assert owner.session["_auth_user_id"] == str(User.objects.get(person=person).pk)


def test_new_account_posted_twice_opens_one(client_of_admin: Client) -> None:
    person = make_person("KEÏTA", "Oumou", phone="66112233")
    address = f"{NEW}{person.uuid}/"
    password = shown_password(client_of_admin.post(address, {"phone": "66112233"}))

    again = client_of_admin.post(address, {"phone": "66112233"})

    user = User.objects.get(person=person)
    assert again.headers["Location"] == f"{LIST}{user.pk}/"
    assert sentences(again) == [
        "Oumou KEÏTA a déjà un compte. Si le mot de passe s'est perdu, faites-en un autre."
    ]
    assert user.check_password(password)


def test_new_account_of_a_merged_record_is_not_found(client_of_admin: Client) -> None:
    merged = make_person()
    merged.merged_into = make_person()
    merged.save()

    assert client_of_admin.get(f"{NEW}{merged.uuid}/").status_code == 404


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({}, "Donnez un téléphone, un matricule ou une adresse e-mail"),
        ({"phone": "12"}, "pas un numéro de téléphone"),
        ({"phone": "66112233"}, "Cet identifiant ouvre déjà un autre compte"),
        (
            {"matricule": "K-1", "role": "FOCAL_POINT"},
            "Un point focal répond d'un territoire : indiquez lequel.",
        ),
        (
            {"matricule": "K-1", "role": "CORRESPONDENT"},
            "Un correspondant répond d'une structure : indiquez laquelle.",
        ),
    ],
)
def test_new_account_refused_writes_nothing(
    typed: dict[str, str], sentence: str, client_of_admin: Client
) -> None:
    make_user(person=make_person(phone="66112233"))
    person = make_person("KEÏTA", "Oumou", phone="")

    page = client_of_admin.post(f"{NEW}{person.uuid}/", typed)

    person.refresh_from_db()
    assert sentence in html(page)
    assert (person.phone, person.matricule) == ("", "")
    assert not User.objects.filter(person=person).exists()


def test_new_account_refuses_a_scope_that_the_role_does_not_have(client_of_admin: Client) -> None:
    person = make_person(phone="66112233")
    typed = {"phone": "66112233", "role": Role.TRAINER, "territory": make_region().pk}

    page = client_of_admin.post(f"{NEW}{person.uuid}/", typed)

    assert "Seul un point focal répond d'un territoire" in html(page)
    assert not User.objects.filter(person=person).exists()


def test_new_person_is_recorded_with_an_account(client_of_admin: Client) -> None:
    response = client_of_admin.post(
        NEW_PERSON,
        {
            "family_name": "KEÏTA",
            "given_name": "Oumou",
            "sex": "F",
            "profession": make_profession().pk,
            "email": "oumou@exemple.ml",
            "role": Role.CORRESPONDENT,
            "organization": find_organization(name="Tribunal de Ségou").pk,
        },
    )

    user = User.objects.get(person__name_key="keita oumou")
    assert user.check_password(shown_password(response))
    assert (user.username, user.person.sex) == ("oumou@exemple.ml", "F")
    assert user.person.profession.code == "avocat"
    assert user.role_assignments.get().organization.name == "Tribunal de Ségou"


def test_new_person_who_looks_known_is_shown_before_anything_is_written(
    client_of_admin: Client,
) -> None:
    known = make_person("Oumou", "Keita", phone="66112233")
    typed = {"family_name": "KEÏTA", "given_name": "Oumou", "phone": "77000001"}

    page = client_of_admin.post(NEW_PERSON, typed)

    assert "Cette personne est peut-être déjà connue" in html(page)
    assert f'href="{NEW}{known.uuid}/"' in html(page)
    assert Person.objects.filter(name_key="keita oumou").count() == 1

    response = client_of_admin.post(NEW_PERSON, {**typed, "is_somebody_else": "on"})

    assert User.objects.get(phone="+22377000001").check_password(shown_password(response))
    assert Person.objects.filter(name_key="keita oumou").count() == 2


def test_new_person_posted_twice_makes_one_person_and_one_account(client_of_admin: Client) -> None:
    typed = {"family_name": "KEÏTA", "given_name": "Oumou", "phone": "66112233"}
    sure = {**typed, "is_somebody_else": "on"}
    client_of_admin.post(NEW_PERSON, sure)

    again = client_of_admin.post(NEW_PERSON, sure)
    unsure = client_of_admin.post(NEW_PERSON, typed)

    assert "Cet identifiant ouvre déjà un autre compte" in html(again)
    assert "Voir son compte" in html(unsure)
    assert Person.objects.filter(name_key="keita oumou").count() == 1
    assert User.objects.filter(phone="+22366112233").count() == 1
