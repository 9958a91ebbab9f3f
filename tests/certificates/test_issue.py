"""Issuing and revoking: once, frozen, and never by whoever taught."""

import datetime
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import Role
from accounts.models import Person
from certificates.enums import CertificateKind, RevocationCause
from certificates.issue import CertificateRefused, issue_for_run, issue_for_session, revoke
from certificates.keys import published_keys
from certificates.models import Certificate
from certificates.public_check import check_number
from certificates.signing import verify_token, write_token
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.certificates import (
    ISSUED_AT,
    hand_in,
    make_certificate,
    make_committee,
    make_completed_run,
    make_focal_point,
    make_taught_session,
    make_validated_session,
)
from tests.factories.trainers import attend, make_trainer, staff
from trainers.models import TrainingSession
from trainers.participation.records import hand_in_post_percents

pytestmark = pytest.mark.django_db

D = datetime.date


def correct(certificate: Certificate, reason: str = "Nom mal écrit.") -> Certificate:
    return revoke(
        certificate=certificate,
        by=certificate.issued_by,
        cause=RevocationCause.CORRECTION,
        reason=reason,
    )


def test_a_validated_session_gives_certificates_and_attestations() -> None:
    committee = make_committee()
    session = make_taught_session(make_person("KEITA"), make_person("SOW"))
    attend(session, make_person("DIALLO"), positions=(1,))
    below = session.participations.get(person__family_name="SOW")
    hand_in_post_percents(session=session, percents={below.pk: 40.0})
    hand_in(session)
    TrainingSession.objects.filter(pk=session.pk).update(state="VALIDATED", validated_at=ISSUED_AT)

    issued = issue_for_session(session=session, by=committee, at=ISSUED_AT)

    assert [(one.content["name"], one.kind, one.rank) for one in issued] == [
        ("Awa KEITA", CertificateKind.CERTIFICATE, 1),
        ("Awa SOW", CertificateKind.ATTESTATION, 2),
    ]


def test_issuing_twice_issues_nothing_more() -> None:
    certificate = make_certificate()
    session = certificate.participation.session
    assert session is not None

    assert issue_for_session(session=session, by=certificate.issued_by) == []
    assert Certificate.objects.count() == 1


def test_the_content_is_whole_and_the_signature_holds() -> None:
    certificate = make_certificate(
        make_person("TRAORÉ", "Fanta"), code="SEG-9", venue="Gouvernorat"
    )

    token = write_token(bytes(certificate.payload), bytes(certificate.signature))
    statement = verify_token(token, published_keys())

    assert certificate.content == {
        "title": "Certificat de formation",
        "name": "Fanta TRAORÉ",
        "sentence": "a suivi avec assiduité et réussi l'évaluation finale de la formation",
        "course": "Curriculum traite-des-personnes",
        "version": "1.0",
        "starts_on": "2025-05-12",
        "ends_on": "2025-05-13",
        "days": "du 12 au 13 mai 2025",
        "hours": "14\u00a0h",
        "place": "Gouvernorat, Ségou",
        "session_code": "SEG-9",
        "valid_until": "2027-05-13",
        "replaces": "",
    }
    assert (statement.number, statement.name) == (certificate.number, "Fanta TRAORÉ")
    assert (statement.ends_on, statement.valid_until) == (D(2025, 5, 13), D(2027, 5, 13))
    assert certificate.number.startswith("2025-00001-")


def test_a_later_name_transfer_or_merge_changes_nothing_printed() -> None:
    person, kept = make_person("TRAORÉ", "Fanta"), make_person("TRAORE", "Fanta B.")
    certificate = make_certificate(person)
    before = (certificate.content, bytes(certificate.payload))
    Person.objects.filter(pk=person.pk).update(family_name="MAÏGA", merged_into=kept)
    session = certificate.participation.session
    assert session is not None
    TrainingSession.objects.filter(pk=session.pk).update(
        venue="Ailleurs", territory=make_region("kayes", "Kayes"), title="Autre"
    )

    certificate.refresh_from_db()

    assert (certificate.content, bytes(certificate.payload)) == before
    assert check_number(certificate.number).name == "Fanta TRAORÉ"


def test_a_correction_is_a_revocation_and_a_new_number() -> None:
    first = make_certificate(make_person("TRAORE", "Fanta"))
    Person.objects.update(family_name="TRAORÉ")
    correct(first, "Accent confirmé par l'intéressée.")
    session = first.participation.session
    assert session is not None

    (second,) = issue_for_session(session=session, by=first.issued_by, at=ISSUED_AT)

    first.refresh_from_db()
    assert (first.revocation_cause, first.revocation_reason) == (
        "CORRECTION",
        "Accent confirmé par l'intéressée.",
    )
    assert (second.replaces, second.content["replaces"]) == (first, first.number)
    assert (second.content["name"], first.content["name"]) == ("Fanta TRAORÉ", "Fanta TRAORE")
    assert second.number != first.number


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_revocation_without_a_reason_is_refused(reason: str) -> None:
    certificate = make_certificate()

    with pytest.raises(CertificateRefused, match="Écrivez le motif"):
        correct(certificate, reason)

    certificate.refresh_from_db()
    assert certificate.revoked_at is None


def test_a_certificate_is_revoked_once() -> None:
    certificate = make_certificate()
    correct(certificate)

    with pytest.raises(CertificateRefused, match="déjà révoquée"):
        correct(certificate)


def test_the_database_refuses_half_a_revocation_and_two_in_force() -> None:
    certificate = make_certificate()

    with pytest.raises(IntegrityError), transaction.atomic():
        Certificate.objects.update(revoked_at=ISSUED_AT)
    certificate.pk, certificate.number, certificate.rank = None, "2025-00009-AAAAA-A", 9
    certificate.uuid = "00000000-0000-4000-8000-000000000000"
    with pytest.raises(IntegrityError), transaction.atomic():
        certificate.save(force_insert=True)


def test_a_trainer_issues_nothing() -> None:
    session = make_validated_session(make_person(), by=make_committee())

    with pytest.raises(CertificateRefused, match="point focal du territoire et le comité"):
        issue_for_session(session=session, by=make_user(Role.TRAINER))

    assert not Certificate.objects.exists()


def test_the_focal_point_of_another_region_issues_nothing() -> None:
    session = make_validated_session(make_person(), by=make_committee())
    stranger = make_user(Role.FOCAL_POINT, territory=make_region("kayes", "Kayes"))

    with pytest.raises(CertificateRefused, match="point focal du territoire et le comité"):
        issue_for_session(session=session, by=stranger)


def test_whoever_taught_waits_for_the_validation_of_a_third_person() -> None:
    focal = make_focal_point()
    session = make_taught_session(make_person())
    staff(session, make_trainer(focal.person))
    hand_in(session)

    with pytest.raises(CertificateRefused, match="validation par un tiers"):
        issue_for_session(session=session, by=focal)


def test_before_validation_the_committee_gives_attestations_then_certificates() -> None:
    committee = make_committee()
    session = hand_in(make_taught_session(make_person()))

    (first,) = issue_for_session(session=session, by=committee)
    TrainingSession.objects.filter(pk=session.pk).update(state="VALIDATED", validated_at=ISSUED_AT)
    (second,) = issue_for_session(session=session, by=committee)

    assert [first.kind, second.kind] == ["ATTESTATION", "CERTIFICATE"]


def test_a_completed_run_gives_its_attestation_once() -> None:
    user = make_user()
    participation = make_completed_run(user.person)
    participation.contact_minutes = 150
    participation.save()

    issued = issue_for_run(participation=participation, by=user, at=ISSUED_AT)

    assert issued is not None
    assert (issued.kind, issued.content["place"]) == ("ATTESTATION", "en ligne")
    assert issued.content["hours"] == "2\u00a0h\u00a030"
    assert issued.content["sentence"] == "a suivi en ligne, en entier, la formation"
    assert (issued.content["days"], issued.content["session_code"]) == ("du 11 au 13 mai 2025", "")
    assert issue_for_run(participation=participation, by=user) is None


def test_an_unfinished_run_gives_nothing() -> None:
    user = make_user()
    participation = make_completed_run(user.person)
    assert participation.course_run is not None
    type(participation.course_run).objects.update(state="OPEN", completed_at=None)

    with pytest.raises(CertificateRefused, match="pas terminé"):
        issue_for_run(participation=participation, by=user)


def test_ranks_follow_each_other_within_a_year_and_start_again() -> None:
    committee = make_committee()
    years = []
    for at in (ISSUED_AT, ISSUED_AT, ISSUED_AT.replace(year=2026)):
        session = make_validated_session(make_person(), by=committee)
        (one,) = issue_for_session(session=session, by=committee, at=at)
        years.append((one.year, one.rank))

    assert years == [(2025, 1), (2025, 2), (2026, 1)]


def test_issuing_reads_a_whole_session_in_a_fixed_number_of_queries(
    django_assert_num_queries: Any,
) -> None:
    committee = make_certificate().issued_by  # the key exists
    for size in (1, 3):
        session = make_validated_session(*(make_person() for _ in range(size)), by=committee)
        with django_assert_num_queries(11):
            issue_for_session(session=session, by=committee)
