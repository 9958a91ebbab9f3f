"""« Mes attestations »: mine, and nobody else's."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person, User
from certificates.enums import RevocationCause
from certificates.issue import revoke
from certificates.models import Certificate
from tests.factories.accounts import make_person, make_user
from tests.factories.certificates import (
    make_certificate,
    make_committee,
    make_completed_run,
)
from tests.factories.trainers import make_curriculum

pytestmark = pytest.mark.django_db

PAGE = "certificates:my_certificates"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def pdf_address(certificate: Certificate) -> str:
    return reverse("certificates:my_pdf", args=[certificate.uuid])


@pytest.mark.parametrize("count", [1, 3])
def test_my_page_lists_mine_in_a_fixed_number_of_queries(
    django_assert_num_queries: Any, count: int
) -> None:
    user = make_user()
    mine = [make_certificate(user.person) for _ in range(count)]
    other = make_certificate(make_person("KEITA"))
    client = signed_in(user)
    client.get(reverse(PAGE))

    with django_assert_num_queries(6):
        page = client.get(reverse(PAGE)).content.decode()

    assert [f"/attestations/{one.number}/" in page for one in mine] == [True] * count
    assert other.number not in page


def test_my_pdf_is_mine_and_does_not_exist_for_others() -> None:
    user = make_user()
    certificate = make_certificate(user.person)

    mine = signed_in(user).get(pdf_address(certificate))
    others = signed_in(make_user()).get(pdf_address(certificate))
    visitor = Client().get(pdf_address(certificate))

    assert (mine.status_code, mine.content[:5]) == (200, b"%PDF-")
    assert (others.status_code, visitor.status_code) == (404, 302)


def test_a_certificate_of_a_merged_record_is_mine() -> None:
    user, old = make_user(), make_person("KEITA")
    certificate = make_certificate(old)
    Person.objects.filter(pk=old.pk).update(merged_into=user.person)

    assert signed_in(user).get(pdf_address(certificate)).status_code == 200


def test_a_revoked_certificate_is_shown_and_has_no_pdf() -> None:
    user = make_user()
    certificate = make_certificate(user.person)
    revoke(
        certificate=certificate,
        by=certificate.issued_by,
        cause=RevocationCause.MISTAKE,
        reason="Erreur.",
    )
    client = signed_in(user)

    page = client.get(reverse(PAGE)).content.decode()

    assert "Révoquée" in page
    assert pdf_address(certificate) not in page
    assert client.get(pdf_address(certificate)).status_code == 404


def test_a_completed_run_is_claimed_once() -> None:
    user = make_user()
    run = make_completed_run(user.person)
    client = signed_in(user)
    assert "Obtenir mon attestation" in client.get(reverse(PAGE)).content.decode()

    client.post(reverse("certificates:claim", args=[run.pk]))
    again = client.post(reverse("certificates:claim", args=[run.pk]))

    certificate = Certificate.objects.get()
    assert (certificate.kind, certificate.issued_by) == ("ATTESTATION", user)
    assert again.status_code == 404
    assert "Obtenir mon attestation" not in client.get(reverse(PAGE)).content.decode()


def test_nobody_claims_the_run_of_another() -> None:
    run = make_completed_run(make_person(), make_curriculum())

    response = signed_in(make_user()).post(reverse("certificates:claim", args=[run.pk]))

    assert response.status_code == 404
    assert not Certificate.objects.exists()


def test_the_menu_leads_there() -> None:
    client = signed_in(make_user())

    page = client.get(reverse(PAGE)).content.decode()

    assert page.count(f'href="{reverse(PAGE)}"') == 1
    assert "Pas encore d’attestation" in page


@pytest.mark.parametrize(("cause", "count"), [("CORRECTION", 2), ("MISTAKE", 1), ("FRAUD", 1)])
def test_a_revocation_is_not_undone_by_asking_again(cause: str, count: int) -> None:
    user = make_user()
    run = make_completed_run(user.person)
    client = signed_in(user)
    client.post(reverse("certificates:claim", args=[run.pk]))
    revoke(certificate=Certificate.objects.get(), by=make_committee(), cause=cause, reason="Vu.")

    again = client.post(reverse("certificates:claim", args=[run.pk]))

    assert again.status_code == (302 if count == 2 else 404)
    assert Certificate.objects.count() == count
    assert Certificate.objects.in_force().count() == count - 1
