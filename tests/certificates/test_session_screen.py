"""The « Attestations » tab: who sees it, who issues, what is refused and why."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.enums import Role
from accounts.models import User
from certificates.issue import revoke
from certificates.models import Certificate
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.certificates import (
    make_certificate,
    make_committee,
    make_focal_point,
    make_taught_session,
    make_validated_session,
)
from tests.factories.trainers import attend, make_trainer, staff
from trainers.models import TrainingSession

pytestmark = pytest.mark.django_db

ISSUE = "Délivrer"


def url(name: str, session: TrainingSession, *more: object) -> str:
    return reverse(f"certificates:{name}", args=[session.code, *more])


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("count", [1, 3])
def test_the_tab_lists_who_may_receive_what(django_assert_num_queries: Any, count: int) -> None:
    committee = make_committee()
    people = [make_person(f"NOM{letter}") for letter in "ABC"[:count]]
    session = make_validated_session(*people, by=committee)
    client = signed_in(committee)
    client.get(url("session_certificates", session))

    with django_assert_num_queries(6):
        response = client.get(url("session_certificates", session))

    page = response.content.decode()
    assert [person.full_name in page for person in people] == [True] * count
    assert f"{ISSUE} {count} attestation" in " ".join(page.split())


def test_issuing_is_one_click_and_a_second_changes_nothing() -> None:
    committee = make_committee()
    session = make_validated_session(make_person("KEITA"), make_person("SOW"), by=committee)
    client = signed_in(committee)

    first = client.post(url("issue", session), follow=True).content.decode()
    second = client.post(url("issue", session), follow=True).content.decode()

    assert "2 attestations délivrées." in first
    assert "Tout ce qui pouvait être délivré l&#x27;est déjà." in second
    assert Certificate.objects.count() == 2
    assert ISSUE not in second


def test_the_refused_are_told_why() -> None:
    committee = make_committee()
    session = make_taught_session(make_person("KEITA"))
    attend(session, make_person("DIALLO"), positions=(1,))

    page = signed_in(committee).get(url("session_certificates", session)).content.decode()

    assert "DIALLO" in page
    assert "n&#x27;atteint pas le seuil d&#x27;une formation complète." in page
    assert "pas encore soumise à validation par son formateur." in page
    assert ISSUE not in page


def test_the_trainer_sees_and_does_not_issue() -> None:
    user = make_user(Role.TRAINER)
    session = make_taught_session(make_person("KEITA"))
    staff(session, make_trainer(user.person))
    client = signed_in(user)

    page = client.get(url("session_certificates", session))

    assert page.status_code == 200
    assert "KEITA" in page.content.decode()
    assert ISSUE not in page.content.decode()
    assert client.post(url("issue", session)).status_code == 403
    assert not Certificate.objects.exists()


def test_the_focal_point_of_the_territory_issues() -> None:
    session = make_validated_session(make_person("KEITA"), by=make_committee())

    signed_in(make_focal_point()).post(url("issue", session))

    assert Certificate.objects.get().content["name"] == "Awa KEITA"


@pytest.mark.parametrize("name", ["session_certificates", "session_pdf"])
def test_another_region_finds_nothing(name: str) -> None:
    certificate = make_certificate(make_person("KEITA"))
    session = certificate.participation.session
    assert session is not None
    stranger = make_user(Role.FOCAL_POINT, territory=make_region("kayes", "Kayes"))

    response = signed_in(stranger).get(url(name, session))

    assert response.status_code == 404
    assert b"KEITA" not in response.content


def test_a_learner_and_a_visitor_do_not_open_the_tab() -> None:
    certificate = make_certificate(make_person("KEITA"))
    session = certificate.participation.session
    assert session is not None

    learner = signed_in(make_user()).get(url("session_certificates", session))
    visitor = Client().get(url("session_certificates", session))

    assert (learner.status_code, visitor.status_code) == (403, 302)
    assert b"KEITA" not in learner.content


def test_the_pdf_of_the_session_and_of_one_person() -> None:
    certificate = make_certificate()
    session = certificate.participation.session
    assert session is not None
    client = signed_in(certificate.issued_by)

    bulk = client.get(url("session_pdf", session))
    one = client.get(url("one_pdf", session, certificate.uuid))

    for response in (bulk, one):
        assert response["Content-Type"] == "application/pdf"
        assert response["Cache-Control"] == "private, no-store"
        assert response.content.startswith(b"%PDF-")
    assert session.code in bulk["Content-Disposition"]
    assert certificate.number in one["Content-Disposition"]


def test_a_session_without_certificates_has_no_pdf() -> None:
    committee = make_committee()
    session = make_validated_session(make_person(), by=committee)

    assert signed_in(committee).get(url("session_pdf", session)).status_code == 404


def test_revoking_asks_for_a_reason_and_shows_it_to_the_staff() -> None:
    certificate = make_certificate(make_person("KEITA"))
    session = certificate.participation.session
    assert session is not None
    client = signed_in(certificate.issued_by)
    address = url("revoke", session, certificate.uuid)

    silent = client.post(address, {"cause": "CORRECTION", "reason": " "})
    certificate.refresh_from_db()
    assert (silent.status_code, certificate.revoked_at) == (200, None)

    done = client.post(
        address, {"cause": "CORRECTION", "reason": "Accent sur le nom."}, follow=True
    )

    page = done.content.decode()
    assert "Accent sur le nom." in page
    assert f"{ISSUE} 1 attestation" in " ".join(page.split())
    assert client.get(url("one_pdf", session, certificate.uuid)).status_code == 404


def test_a_trainer_revokes_nothing() -> None:
    user = make_user(Role.TRAINER)
    certificate = make_certificate()
    session = certificate.participation.session
    assert session is not None

    response = signed_in(user).post(
        url("revoke", session, certificate.uuid), {"cause": "FRAUD", "reason": "Non."}
    )

    certificate.refresh_from_db()
    assert (response.status_code, certificate.revoked_at) == (403, None)


def test_an_awareness_session_has_no_such_tab() -> None:
    committee = make_committee()
    training = make_taught_session(make_person())
    awareness = make_taught_session(make_person(), type="AWARENESS")
    client = signed_in(committee)

    pages = [
        reverse("trainers:session_validation", args=[one.code]) for one in (training, awareness)
    ]
    with_tab, without = (client.get(page).content.decode() for page in pages)

    assert url("session_certificates", training) in with_tab
    assert url("session_certificates", awareness) not in without


@pytest.mark.parametrize(("cause", "count"), [("MISTAKE", 1), ("FRAUD", 0)])
def test_issuing_to_all_gives_nothing_to_whoever_cheated(cause: str, count: int) -> None:
    certificate = make_certificate(make_person("KEITA"))
    session = certificate.participation.session
    assert session is not None
    client = signed_in(certificate.issued_by)
    revoke(certificate=certificate, by=certificate.issued_by, cause=cause, reason="Vu.")

    page = client.get(url("session_certificates", session)).content.decode()
    client.post(url("issue", session))

    assert ("obtenue irrégulièrement a été révoquée" in page) is (count == 0)
    assert Certificate.objects.in_force().count() == count
