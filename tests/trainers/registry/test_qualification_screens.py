"""The committee keeps grounds with their proofs, grants and withdraws qualifications."""

import datetime
import hashlib

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_user
from tests.factories.trainers import make_curriculum, make_trainer
from trainers.models import Evidence, EvidenceAccess, Qualification
from trainers.registry.records import withdraw_qualification

pytestmark = pytest.mark.django_db
TODAY = datetime.datetime(2025, 5, 2, 8, tzinfo=datetime.UTC)
DECISION = b"%PDF decision du comite"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def committee(client: Client) -> Client:
    client.force_login(make_user(Role.COMMITTEE))
    return client


def grant(**facts: object) -> dict[str, object]:
    return {
        "curriculum": make_curriculum().pk,
        "level": "LEAD",
        "granted_on": "2025-01-15",
        "months": "36",
        "granted_by": "Comité",
        "exception_reason": "Dossier ancien",
        **facts,
    }


def ground(content: bytes = DECISION, **facts: object) -> dict[str, object]:
    return {
        "curriculum": make_curriculum().pk,
        "basis": "OBSERVATION",
        "happened_on": "2025-01-10",
        "score": "75",
        "proof": SimpleUploadedFile("fiche.pdf", content),
        **facts,
    }


def test_ground_is_kept_with_its_proof(committee: Client) -> None:
    trainer = make_trainer()
    address = f"/formateurs/{trainer.pk}/fondements/ajouter/"
    for _ in range(2):  # a double click
        assert committee.post(address, ground()).headers["Location"] == f"/formateurs/{trainer.pk}/"
    one = trainer.grounds.get()

    assert (one.score, one.happened_on) == (75, datetime.date(2025, 1, 10))
    assert one.proof.sha256 == hashlib.sha256(DECISION).hexdigest()
    assert one.proof.kind == "QUALIFICATION_PROOF"
    page = committee.get(f"/formateurs/{trainer.pk}/").content.decode()
    assert one.proof.sha256 in page
    assert EvidenceAccess.objects.count() == 0

    file = committee.get(f"/formateurs/{trainer.pk}/fondements/{one.pk}/preuve/")
    assert b"".join(file.streaming_content) == DECISION
    assert file.headers["Content-Disposition"] == 'attachment; filename="fiche.pdf"'
    assert EvidenceAccess.objects.get().evidence == one.proof


def test_wrong_ground_is_withdrawn_with_its_reason(committee: Client) -> None:
    trainer = make_trainer()
    committee.post(f"/formateurs/{trainer.pk}/fondements/ajouter/", ground())
    one = trainer.grounds.get()
    address = f"/formateurs/{trainer.pk}/fondements/{one.pk}/annuler/"
    assert address in committee.get(f"/formateurs/{trainer.pk}/").content.decode()
    assert list(committee.post(address, {"reason": " "}).context["form"].errors) == ["reason"]
    assert (
        committee.get(f"/formateurs/{trainer.pk + 1}/fondements/{one.pk}/annuler/").status_code
        == 404
    )
    for _ in range(2):  # a double click
        answer = committee.post(address, {"reason": "Fiche d'une autre personne"})
        assert answer.headers["Location"] == f"/formateurs/{trainer.pk}/"

    page = committee.get(f"/formateurs/{trainer.pk}/").content.decode()
    assert "Fiche d&#x27;une autre personne" in page
    assert address not in page
    assert one.proof.sha256 in page


def test_focal_point_withdraws_no_ground(client: Client) -> None:
    trainer = make_trainer()
    client.force_login(make_user(Role.FOCAL_POINT))
    answer = client.post(f"/formateurs/{trainer.pk}/fondements/1/annuler/", {"reason": "Erreur"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"happened_on": "2025-05-03"}, "happened_on"),
        ({"score": "101"}, "score"),
        ({"proof": ""}, "proof"),
        ({"proof": SimpleUploadedFile("fiche.exe", b"MZ")}, "proof"),
        ({"score": ""}, "__all__"),
        ({"happened_on": ""}, "__all__"),
        ({"basis": "CO_FACILITATION", "score": ""}, "__all__"),
    ],
)
def test_unfit_ground_keeps_nothing(committee: Client, facts: dict, field: str) -> None:
    trainer = make_trainer()
    answer = committee.post(f"/formateurs/{trainer.pk}/fondements/ajouter/", ground(**facts))
    assert list(answer.context["form"].errors) == [field]
    assert (trainer.grounds.count(), Evidence.objects.count()) == (0, 0)


def test_qualification_is_granted_by_exception_with_its_reason(committee: Client) -> None:
    trainer = make_trainer()
    address = f"/formateurs/{trainer.pk}/habilitations/accorder/"
    refused = committee.post(address, grant(exception_reason=""))
    assert refused.context["form"].non_field_errors() == [
        "Il manque la formation de formateurs réussie. Il manque une co-animation d'une session "
        "réelle avec un formateur habilité. Il manque une fiche d'observation."
    ]
    for _ in range(2):
        answer = committee.post(address, grant())
        assert answer.headers["Location"] == f"/formateurs/{trainer.pk}/"

    one = Qualification.objects.get()
    assert (one.expires_on, one.granted_by) == (datetime.date(2028, 1, 15), "Comité")
    page = committee.get(f"/formateurs/{trainer.pk}/").content.decode()
    assert "Sans les trois fondements : Dossier ancien" in " ".join(page.split())


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"months": "23"}, "months"),
        ({"months": "37"}, "months"),
        ({"granted_on": "2025-05-03"}, "granted_on"),
        ({"level": "CHIEF"}, "level"),
        ({"level": "MASTER", "exception_reason": ""}, "__all__"),
    ],
)
def test_unfit_qualification_grants_nothing(committee: Client, facts: dict, field: str) -> None:
    trainer = make_trainer()
    answer = committee.post(f"/formateurs/{trainer.pk}/habilitations/accorder/", grant(**facts))
    assert list(answer.context["form"].errors) == [field]
    assert Qualification.objects.count() == 0


def test_other_term_of_the_same_qualification_is_refused(committee: Client) -> None:
    trainer = make_trainer()
    address = f"/formateurs/{trainer.pk}/habilitations/accorder/"
    committee.post(address, grant())
    refused = committee.post(address, grant(months="24"))
    assert refused.context["form"].non_field_errors() == [
        "Cette habilitation existe déjà, jusqu'au 15/01/2028, pour une autre durée."
    ]

    withdraw_qualification(
        qualification=Qualification.objects.get(), on=datetime.date(2025, 5, 1), reason="Erreur"
    )
    assert "a été retirée" in committee.post(address, grant()).content.decode()


def test_qualification_is_withdrawn_once_with_a_reason(committee: Client) -> None:
    trainer = make_trainer(qualified=True)
    one = trainer.qualifications.get()
    address = f"/formateurs/{trainer.pk}/habilitations/{one.pk}/retirer/"
    assert list(committee.post(address, {"reason": " "}).context["form"].errors) == ["reason"]
    committee.post(address, {"reason": "Faute grave"})
    committee.post(address, {"reason": "Autre motif"})

    one.refresh_from_db()
    assert (one.withdrawn_on, one.withdrawal_reason) == (datetime.date(2025, 5, 2), "Faute grave")
    assert "Retirée le 2 mai 2025 : Faute grave" in " ".join(
        committee.get(f"/formateurs/{trainer.pk}/").content.decode().split()
    )


def test_qualification_of_another_trainer_is_not_found(committee: Client) -> None:
    one = make_trainer(qualified=True).qualifications.get()
    other = make_trainer()
    committee.post(f"/formateurs/{one.trainer_id}/fondements/ajouter/", ground())
    kept = one.trainer.grounds.get()
    for address in (f"habilitations/{one.pk}/retirer", f"fondements/{kept.pk}/preuve"):
        assert committee.get(f"/formateurs/{other.pk}/{address}/").status_code == 404


def test_each_qualification_is_told_in_a_word(committee: Client) -> None:
    trainer = make_trainer(qualified=True)
    address = f"/formateurs/{trainer.pk}/habilitations/accorder/"
    committee.post(address, grant(granted_on="2023-01-15", months="24"))
    committee.post(address, grant(level="FACILITATOR"))
    withdraw_qualification(
        qualification=Qualification.objects.get(level="FACILITATOR"),
        on=datetime.date(2025, 5, 1),
        reason="Erreur",
    )
    page = committee.get(f"/formateurs/{trainer.pk}/")

    words = [(row["label"], row["is_open"]) for row in page.context["kept"]]
    assert words == [("Retirée", False), ("En cours", True), ("Échue", False)]
    assert page.content.count(b"/retirer/") == 1
