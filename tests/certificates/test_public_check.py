"""The public page: name, course, dates, state. Whoever asks, however often, learns nothing else."""

import dataclasses
import datetime
import html
import re
from collections.abc import Callable

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from certificates.enums import RevocationCause
from certificates.issue import revoke
from certificates.keys import key_in_use, published_keys, replace_signing_key
from certificates.lookup_limits import MISSES
from certificates.models import Certificate
from certificates.numbers import make_number
from certificates.sheets import check_address
from certificates.signing import Statement, sign, verify_token, write_payload, write_token
from tests.factories.accounts import make_person, make_profession, make_user
from tests.factories.certificates import make_certificate
from trainers.models import Participation

pytestmark = pytest.mark.django_db

PRIVATE_REASON = "Signalement de la brigade : usurpation."


@pytest.fixture
def certificate() -> Certificate:
    person = make_person(
        "TRAORÉ",
        "Fanta",
        phone="76112233",
        email="fanta@exemple.test",
        matricule="MAT-778",
        profession=make_profession("juge", "Juge d'instruction"),
        birth_year=1987,
    )
    return make_certificate(person, code="SEG-SECRET-1", venue="Palais de justice")


def page_of(certificate: Certificate) -> str:
    return reverse("certificates:check_number", args=[certificate.number])


def scanned(certificate: Certificate) -> str:
    return check_address(certificate).removeprefix("http://127.0.0.1:8000")


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", html.unescape(main)).split())


@time_machine.travel(datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC))
@pytest.mark.parametrize("address", [page_of, scanned])
def test_anybody_reads_name_course_dates_and_state(
    client: Client, certificate: Certificate, address: Callable[[Certificate], str]
) -> None:
    text = text_of(client, address(certificate))

    for shown in (
        "Fanta TRAORÉ",
        certificate.number,
        "Curriculum traite-des-personnes",
        "12 mai 2025",
        "13 mai 2025",
        "Délivrée le 2 juin 2025",
        "Valide Valable jusqu'au 13/05/2027.",
    ):
        assert shown in text, shown


@pytest.mark.parametrize("address", [page_of, scanned])
def test_nothing_else_of_the_person_is_shown(
    client: Client, certificate: Certificate, address: Callable[[Certificate], str]
) -> None:
    profile = Participation.objects.get(pk=certificate.participation_id)
    assert profile.post_percent == 80.0

    page = text_of(client, address(certificate))

    assert "Fanta TRAORÉ" in page
    for hidden in (
        "76112233", "+223", "fanta@", "MAT-778", "Juge", "1987", "SEG-SECRET-1", "Palais", "80",
        "Ségou",
    ):  # fmt: skip
        assert hidden not in page.replace(certificate.number, ""), hidden


def test_an_old_certificate_is_said_expired(client: Client, certificate: Certificate) -> None:
    with time_machine.travel(datetime.datetime(2027, 5, 13, 12, tzinfo=datetime.UTC)):
        assert "Valide" in text_of(client, page_of(certificate))
    with time_machine.travel(datetime.datetime(2027, 5, 14, 12, tzinfo=datetime.UTC)):
        text = text_of(client, page_of(certificate))
    assert "Expirée La formation a été suivie ; sa validité a pris fin le 13/05/2027." in text


@pytest.mark.parametrize("address", [page_of, scanned])
def test_a_revoked_certificate_says_the_cause_and_keeps_the_reason(
    client: Client, certificate: Certificate, address: Callable[[Certificate], str]
) -> None:
    revoke(
        certificate=certificate,
        by=certificate.issued_by,
        cause=RevocationCause.FRAUD,
        reason=PRIVATE_REASON,
        at=datetime.datetime(2026, 2, 3, 9, tzinfo=datetime.UTC),
    )

    text = text_of(client, address(certificate))

    assert "Révoquée Le 03/02/2026 : obtenue irrégulièrement." in text
    assert "Signalement" not in text


def test_an_unknown_number_shows_nothing(client: Client, certificate: Certificate) -> None:
    other = make_number(year=2025, rank=1, draw=lambda alphabet: alphabet[3])

    text = text_of(client, reverse("certificates:check_number", args=[other]), status=404)

    assert "Aucune attestation ne porte ce numéro." in text
    assert "TRAORÉ" not in text


def test_a_tampered_code_shows_nothing(client: Client, certificate: Certificate) -> None:
    address = scanned(certificate)
    changed = address[:-3] + ("A" if address[-3] != "A" else "B") + address[-2:]

    text = text_of(client, changed, status=404)

    assert "modifié ou fabriqué" in text
    assert "TRAORÉ" not in text


def test_a_register_that_was_altered_is_refused(client: Client, certificate: Certificate) -> None:
    content = certificate.content | {"name": "Un AUTRE"}
    Certificate.objects.update(content=content)

    text = text_of(client, page_of(certificate), status=404)

    assert "ne correspond plus à ce qui a été signé" in text
    assert "AUTRE" not in text


def test_a_replaced_key_still_proves_its_certificates(
    client: Client, certificate: Certificate
) -> None:
    old = certificate.key.key_id
    new = replace_signing_key().key_id

    assert certificate.number in text_of(client, scanned(certificate))
    keys = client.get(reverse("certificates:public_keys"))
    assert keys.headers["Content-Type"].startswith("text/plain")
    lines = keys.content.decode().splitlines()[1:]
    assert [line.split()[0] for line in lines] == [old, new]
    assert [line.endswith(" -") for line in lines] == [False, True]
    page = client.get(reverse("certificates:how_to_check")).content.decode()
    assert old in page
    assert new in page


def test_the_form_leads_to_the_page_of_a_number_well_copied(
    client: Client, certificate: Certificate
) -> None:
    address = reverse("certificates:check")

    found = client.get(address, {"number": certificate.number.replace("-", " ").lower()})
    slip = client.get(address, {"number": certificate.number[:-1] + "?"})

    assert (found.status_code, found["Location"]) == (302, page_of(certificate))
    assert "recopiez-le en entier" in slip.content.decode()


def test_no_cache_and_no_search_engine_keep_a_name(
    client: Client, certificate: Certificate
) -> None:
    for address in (page_of(certificate), scanned(certificate)):
        response = client.get(address)
        assert response["Cache-Control"] == "private, no-store"
        assert response["X-Robots-Tag"] == "noindex, nofollow"


def test_a_machine_that_tries_numbers_is_stopped_and_a_room_is_not(
    client: Client, certificate: Certificate
) -> None:
    for _ in range(MISSES + 20):  # forty people, twice
        assert client.get(page_of(certificate)).status_code == 200
    for rank in range(MISSES):
        number = make_number(year=2025, rank=rank, draw=lambda alphabet: alphabet[5])
        assert client.get(reverse("certificates:check_number", args=[number])).status_code == 404

    stopped = client.get(page_of(certificate))
    elsewhere = client.get(page_of(certificate), REMOTE_ADDR="192.0.2.7")

    assert (stopped.status_code, elsewhere.status_code) == (429, 200)
    assert "TRAORÉ" not in stopped.content.decode()


def test_a_signed_in_reader_sees_the_same_page(client: Client, certificate: Certificate) -> None:
    before = text_of(client, page_of(certificate))
    client.force_login(make_user())

    assert text_of(client, page_of(certificate)) == before


def test_a_stolen_key_makes_no_certificate_of_an_attestation(
    client: Client, certificate: Certificate
) -> None:
    """A retired key still proves what it signed: whoever holds it signs with an old date."""
    stolen = key_in_use()
    told = read_statement(certificate)
    replace_signing_key()
    better = dataclasses.replace(told, ends_on=told.ends_on + datetime.timedelta(days=9))
    payload = write_payload(better, key_id=certificate.key.key_id)
    forged = write_token(payload, sign(payload, stolen))

    text = text_of(client, reverse("certificates:check_code", args=[forged]), 404)

    assert "TRAORÉ" not in text
    assert "prévenez le comité" in text
    assert "TRAORÉ" in text_of(client, scanned(certificate))


def read_statement(certificate: Certificate) -> Statement:
    token = write_token(bytes(certificate.payload), bytes(certificate.signature))
    return verify_token(token, published_keys())
