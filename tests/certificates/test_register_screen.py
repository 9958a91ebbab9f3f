"""The committee's register: found by name or number, revoked with a reason."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from certificates.issue import issue_for_run
from certificates.models import Certificate
from tests.factories.accounts import make_person, make_user
from tests.factories.certificates import make_certificate, make_committee, make_completed_run

pytestmark = pytest.mark.django_db

REGISTER = "certificates:register"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def make_run_certificate(family_name: str = "SOW") -> Certificate:
    user = make_user(person=make_person(family_name))
    issued = issue_for_run(participation=make_completed_run(user.person), by=user)
    assert issued is not None
    return issued


@pytest.mark.parametrize("count", [1, 3])
def test_the_register_lists_everything_in_a_fixed_number_of_queries(
    django_assert_num_queries: Any, count: int
) -> None:
    certificates = [make_certificate() for _ in range(count)]
    client = signed_in(make_committee())
    client.get(reverse(REGISTER))

    with django_assert_num_queries(5):
        page = client.get(reverse(REGISTER)).content.decode()

    assert [one.number in page for one in certificates] == [True] * count


@pytest.mark.parametrize("text", ["traore", "Fanta Traoré", "TRAORÉ fanta", "2025-00001"])
def test_a_certificate_is_found_by_name_or_number(text: str) -> None:
    found = make_certificate(make_person("TRAORÉ", "Fanta"))
    other = make_run_certificate()

    page = signed_in(make_committee()).get(reverse(REGISTER), {"q": text}).content.decode()

    assert found.number in page
    assert other.number not in page


def test_nothing_found_says_what_to_try() -> None:
    make_certificate(make_person("TRAORÉ"))

    page = signed_in(make_committee()).get(reverse(REGISTER), {"q": "zzz"}).content.decode()

    assert "Aucune attestation ne correspond" in page
    assert "TRAORÉ" not in page


def test_the_paper_of_a_run_is_revoked_with_a_reason() -> None:
    certificate, client = make_run_certificate(), signed_in(make_committee())
    address = reverse("certificates:revoke_from_register", args=[certificate.uuid])

    silent = client.post(address, {"cause": "FRAUD", "reason": ""})
    certificate.refresh_from_db()
    assert (silent.status_code, certificate.revoked_at) == (200, None)
    done = client.post(address, {"cause": "FRAUD", "reason": "Compte prêté."}, follow=True)

    certificate.refresh_from_db()
    assert certificate.revocation_reason == "Compte prêté."
    assert "Compte prêté." in done.content.decode()
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("role", [Role.FOCAL_POINT, Role.TRAINER, Role.PARTNER, None])
def test_the_register_is_the_committee_s_alone(role: str | None) -> None:
    certificate = make_certificate(make_person("TRAORÉ"))
    client = signed_in(make_user(role) if role else make_user())
    address = reverse("certificates:revoke_from_register", args=[certificate.uuid])

    listed = client.get(reverse(REGISTER))
    revoked = client.post(address, {"cause": "FRAUD", "reason": "Non."})

    certificate.refresh_from_db()
    assert (listed.status_code, revoked.status_code) == (403, 403)
    assert "TRAORÉ" not in listed.content.decode()
    assert certificate.revoked_at is None
