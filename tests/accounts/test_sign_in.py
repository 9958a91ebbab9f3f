"""Signing in: by three identifiers, from one training room, and refusals that say nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.sign_in import username_for

pytestmark = pytest.mark.django_db

PASSWORD = "une-longue-phrase-secrete"
ROOM_ADDRESS = "41.73.96.10"


def make_account(
    username: str, *, email: str = "", phone: str | None = None, is_active: bool = True
) -> User:
    return User.objects.create_user(
        username, email=email, phone=phone, password=PASSWORD, is_active=is_active
    )


def sign_in(login: str, password: str = PASSWORD, client: Client | None = None) -> int:
    response = (client or Client()).post(
        reverse("account_login"),
        {"login": login, "password": password},
        REMOTE_ADDR=ROOM_ADDRESS,
    )
    return response.status_code


@pytest.fixture
def account() -> User:
    return make_account("0117-324K", email="awa.traore@exemple.ml", phone="+22376123456")


@pytest.mark.parametrize(
    "typed",
    [
        "awa.traore@exemple.ml",
        " Awa.Traore@Exemple.ML ",
        "76123456",
        "76 12 34 56",
        "+223 76-12-34-56",
        "0022376123456",
        "0117-324K",
        "0117-324k",
    ],
)
def test_username_for_reads_each_way_of_naming_an_account(account: User, typed: str) -> None:
    assert username_for(typed) == "0117-324K"


@pytest.mark.parametrize("typed", ["inconnu@exemple.ml", "76999999", "9999-999Z", "?"])
def test_username_for_keeps_an_unknown_identifier(account: User, typed: str) -> None:
    assert username_for(typed) == typed


def test_username_for_prefers_the_phone_to_a_matricule_of_the_same_digits(account: User) -> None:
    make_account("76123456")

    assert username_for("76123456") == "0117-324K"


def test_username_for_ignores_a_closed_account() -> None:
    make_account("parti", phone="+22366000001", is_active=False)

    assert username_for("66000001") == "66000001"


@pytest.mark.parametrize("typed", ["awa.traore@exemple.ml", "76 12 34 56", "0117-324k"])
def test_sign_in_accepts_the_three_identifiers(account: User, typed: str) -> None:
    client = Client()

    status = sign_in(typed, client=client)

    assert status == 302
    assert client.session["_auth_user_id"] == str(account.pk)


def test_sign_in_refuses_a_wrong_password_and_an_unknown_account_alike(account: User) -> None:
    known = Client().post(reverse("account_login"), {"login": "76123456", "password": "x"})
    unknown = Client().post(reverse("account_login"), {"login": "70000000", "password": "x"})

    sentence = "Cet identifiant et ce mot de passe ne vont pas ensemble."
    assert (known.status_code, unknown.status_code) == (200, 200)
    assert sentence in known.content.decode()
    assert sentence in unknown.content.decode()


def test_sign_in_lets_forty_people_of_one_room_in_within_a_minute() -> None:
    people = [make_account(f"room-{n}", phone=f"+223761000{n:02}") for n in range(40)]

    statuses = [sign_in(str(person.phone)) for person in people]

    assert statuses == [302] * 40


def test_sign_in_keeps_forty_wrong_passwords_of_one_room_apart() -> None:
    for n in range(40):
        make_account(f"room-{n}", phone=f"+223761000{n:02}")

    refused = [sign_in(f"761000{n:02}", "faux") for n in range(40)]
    accepted = [sign_in(f"761000{n:02}") for n in range(40)]

    assert refused == [200] * 40
    assert accepted == [302] * 40


def test_sign_in_closes_one_account_after_five_wrong_passwords(account: User) -> None:
    make_account("voisin")
    for typed in ("76123456", "76 12 34 56", "0117-324K", "awa.traore@exemple.ml", "76123456"):
        sign_in(typed, "faux")

    assert sign_in("76123456") == 200
    assert sign_in("voisin") == 302


def test_sign_in_refuses_a_closed_account() -> None:
    make_account("parti", is_active=False)
    client = Client()

    sign_in("parti", client=client)

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("path", ["/cms/login/", "/_util/login/"])
def test_wagtail_sign_in_pages_lead_to_ours(path: str) -> None:
    response = Client().get(path + "?next=/cms/pages/")

    assert response.status_code == 302
    assert response.headers["Location"] == "/compte/connexion/?next=/cms/pages/"


def test_wagtail_asks_a_visitor_to_sign_in_on_our_page() -> None:
    response = Client().get("/cms/")

    assert response.status_code == 302
    assert response.headers["Location"] == "/compte/connexion/?next=/cms/"


@pytest.mark.parametrize(
    "path",
    [
        "/compte/signup/",
        "/compte/email/",
        pytest.param("/cms/password_reset/", marks=pytest.mark.ignore_template_errors),
    ],
)
def test_pages_that_we_do_not_offer_are_not_found(path: str) -> None:
    assert Client().get(path).status_code == 404


def test_password_reset_sends_one_link_to_a_known_address_and_none_to_another(
    account: User, mailoutbox: list
) -> None:
    for email in ("awa.traore@exemple.ml", "inconnu@exemple.ml"):
        response = Client().post(reverse("account_reset_password"), {"email": email})
        assert response.headers["Location"] == reverse("account_reset_password_done")

    assert [mail.to for mail in mailoutbox] == [["awa.traore@exemple.ml"]]
    assert mailoutbox[0].subject == "Choisir un nouveau mot de passe"
