"""The pages around the password and the second factor, each read once as a person would."""

import re

import pytest
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "une-longue-phrase-secrete"
NEW_PASSWORD = "encore-une-phrase-secrete"


@pytest.fixture
def account() -> User:
    return User.objects.create_user("A-12", email="awa@exemple.ml", password=PASSWORD)


@pytest.fixture
def signed_in(account: User) -> Client:
    client = Client()
    client.post(reverse("account_login"), {"login": "A-12", "password": PASSWORD})
    return client


@pytest.fixture
def confirmed(signed_in: Client) -> Client:
    """Somebody who has just given the password again, as the second factor asks."""
    signed_in.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return signed_in


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_login", "Se connecter"),
        ("account_reset_password", "Mot de passe oublié"),
        ("account_reset_password_done", "Regardez votre messagerie"),
        ("account_reset_password_from_key_done", "Votre mot de passe est changé"),
        ("account_inactive", "Compte désactivé"),
    ],
)
def test_public_page_opens_for_a_visitor(name: str, heading: str) -> None:
    response = Client().get(reverse(name))

    assert response.status_code == 200
    assert re.findall(r"<h1>\s*(.*?)\s*</h1>", response.content.decode()) == [heading]


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("account_logout", "Se déconnecter"),
        ("account_change_password", "Changer de mot de passe"),
        ("account_reauthenticate", "Confirmer votre mot de passe"),
        ("mfa_index", "Second facteur"),
        ("mfa_activate_totp", "Activer le second facteur"),
    ],
)
def test_account_page_opens_for_its_owner(confirmed: Client, name: str, heading: str) -> None:
    response = confirmed.get(reverse(name))

    assert response.status_code == 200
    assert re.findall(r"<h1>\s*(.*?)\s*</h1>", response.content.decode()) == [heading]


@pytest.mark.parametrize(
    "name", ["account_change_password", "account_reauthenticate", "mfa_index", "mfa_activate_totp"]
)
def test_account_page_asks_a_visitor_to_sign_in(name: str) -> None:
    response = Client().get(reverse(name))

    assert response.status_code == 302
    assert response.headers["Location"] == f"/compte/connexion/?next={reverse(name)}"


def test_password_is_changed_by_its_owner(signed_in: Client, account: User) -> None:
    signed_in.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD},
    )

    account.refresh_from_db()
    assert account.check_password(NEW_PASSWORD)


def test_forgotten_password_is_chosen_again_from_the_link_in_the_mail(
    account: User, mailoutbox: list
) -> None:
    client = Client()
    client.post(reverse("account_reset_password"), {"email": "awa@exemple.ml"})
    link = re.search(r"http://testserver(\S+)", mailoutbox[0].body)
    assert link is not None

    page = client.get(link[1], follow=True)
    client.post(page.request["PATH_INFO"], {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD})

    account.refresh_from_db()
    assert account.check_password(NEW_PASSWORD)
    again = Client().get(link[1])
    assert "Ce lien a déjà servi" in again.content.decode()


def test_second_factor_is_asked_after_the_password(confirmed: Client, account: User) -> None:
    page = confirmed.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    confirmed.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    codes = confirmed.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]

    stranger = Client()
    half_way = stranger.post(reverse("account_login"), {"login": "A-12", "password": PASSWORD})
    question = stranger.get(half_way.headers["Location"])
    refused = stranger.get(reverse("account_change_password"))
    stranger.post(reverse("mfa_authenticate"), {"code": codes[0]})

    assert half_way.headers["Location"].startswith(reverse("mfa_authenticate"))
    assert "Donnez le code de votre téléphone" in question.content.decode()
    assert refused.status_code == 302
    assert stranger.session["_auth_user_id"] == str(account.pk)


@pytest.mark.parametrize(
    "name", ["mfa_index", "mfa_deactivate_totp", "mfa_generate_recovery_codes"]
)
def test_second_factor_pages_open_once_it_is_active(confirmed: Client, name: str) -> None:
    page = confirmed.get(reverse("mfa_activate_totp"))
    confirmed.post(reverse("mfa_activate_totp"), {"code": code_of(page.context["form"].secret)})

    assert confirmed.get(reverse(name)).status_code == 200


def code_of(secret: str) -> str:
    """The code that an authentication application would show now."""
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))
