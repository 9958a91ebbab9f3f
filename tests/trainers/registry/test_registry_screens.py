"""The committee keeps the registry of trainers."""

import datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import make_curriculum, make_trainer
from trainers.models import EvidenceAccess, Qualification, Trainer
from trainers.registry.records import consent_to_listing

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


def record(**facts: object) -> dict[str, object]:
    return {
        "base_territory": make_region().code,
        "travel": [make_region("kayes", "Kayes").pk],
        "expertise": ["CHILD_PROTECTION"],
        "specialities": "Enfants",
        "language_fr": ["animate", "answer", "understand"],
        "language_bomu": ["understand"],
        "has_consented": "on",
        "consented_on": "2025-04-30",
        **facts,
    }


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


def uses(trainer: Trainer) -> list[tuple]:
    fields = ("language", "can_animate", "can_answer", "can_understand")
    return sorted(trainer.languages.values_list(*fields))


@pytest.mark.parametrize("asked", ["coulibaly awa", "Coulibály", "70 11 22 33", "0117-324k"])
def test_person_is_found_by_name_phone_or_matricule(committee: Client, asked: str) -> None:
    person = make_person("COULIBALY", "Awa", phone="70112233", matricule="0117-324.K")
    make_person("SECRET", "Ali")
    page = committee.get("/formateurs/nouveau/", {"q": asked})

    assert [row["line"]["person"] for row in page.context["rows"]] == [person]
    assert page.context["rows"][0]["url"] == f"/formateurs/nouveau/{person.uuid}/"
    assert b"SECRET" not in page.content


def test_person_who_is_a_trainer_leads_to_the_record(committee: Client) -> None:
    trainer = make_trainer(make_person("BA", "Sira"))
    page = committee.get("/formateurs/nouveau/?q=ba+sira")
    assert page.context["rows"][0]["url"] == f"/formateurs/{trainer.pk}/"


@pytest.mark.parametrize("persons", [1, 3])
def test_search_asks_as_often_for_1_person_as_for_3(
    committee: Client, persons: int, django_assert_num_queries
) -> None:
    for number in range(persons):
        make_trainer(make_person("BAGAYOKO", f"Sira{number}"))
    with django_assert_num_queries(6):  # session, account, roles, persons, postings, trainers
        page = committee.get("/formateurs/nouveau/?q=bagayoko")
    assert len(page.context["rows"]) == persons


def test_record_is_written_whole(committee: Client) -> None:
    person = make_person("BA", "Sira")
    answer = committee.post(f"/formateurs/nouveau/{person.uuid}/", record())
    trainer = Trainer.objects.get(person=person)

    assert answer.headers["Location"] == f"/formateurs/{trainer.pk}/"
    assert (trainer.base_territory.code, trainer.specialities) == ("segou", "Enfants")
    assert [one.code for one in trainer.travel_territories.all()] == ["kayes"]
    assert [one.speciality for one in trainer.expertise.all()] == ["CHILD_PROTECTION"]
    assert uses(trainer) == [("bomu", False, False, True), ("fr", True, True, True)]
    assert trainer.listing_consent_at.date() == datetime.date(2025, 4, 30)
    assert trainer.listing_consent_version == "2023-01"


def test_record_sent_twice_is_one_record(committee: Client) -> None:
    person = make_person()
    first = committee.post(f"/formateurs/nouveau/{person.uuid}/", record())
    again = committee.post(f"/formateurs/nouveau/{person.uuid}/", record(specialities="Autre"))

    assert again.headers["Location"] == first.headers["Location"]
    assert [one.specialities for one in Trainer.objects.all()] == ["Enfants"]


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"consented_on": ""}, "consented_on"),
        ({"consented_on": "2025-05-03"}, "consented_on"),
        ({"base_territory": "atlantide"}, "base_territory"),
        ({"language_fr": ["chante"]}, "language_fr"),
    ],
)
def test_unfit_record_writes_nothing(committee: Client, facts: dict, field: str) -> None:
    person = make_person()
    answer = committee.post(f"/formateurs/nouveau/{person.uuid}/", record(**facts))
    assert list(answer.context["form"].errors) == [field]
    assert Trainer.objects.count() == 0


def test_record_is_shown_filled_in_then_corrected(committee: Client) -> None:
    person = make_person()
    committee.post(f"/formateurs/nouveau/{person.uuid}/", record())
    trainer = Trainer.objects.get()
    form = committee.get(f"/formateurs/{trainer.pk}/modifier/").context["form"]
    assert form["language_fr"].value() == ["animate", "answer", "understand"]
    assert form["consented_on"].value() == datetime.date(2025, 4, 30)

    changed = record(language_fr=[], language_bomu=["animate"], travel=[], has_consented="")
    committee.post(f"/formateurs/{trainer.pk}/modifier/", changed)
    trainer.refresh_from_db()
    assert uses(trainer) == [("bomu", True, False, False)]
    assert list(trainer.travel_territories.all()) == []
    assert trainer.listing_consent_at is None


def test_consent_keeps_the_version_accepted_that_day(committee: Client) -> None:
    trainer = consent_to_listing(
        trainer=make_trainer(),
        at=datetime.datetime(2024, 3, 1, 15, 30, tzinfo=datetime.UTC),
        version="2020-01",
    )
    address = f"/formateurs/{trainer.pk}/modifier/"
    committee.post(address, record(consented_on="2024-03-01"))
    trainer.refresh_from_db()
    assert (trainer.listing_consent_version, trainer.listing_consent_at.hour) == ("2020-01", 15)

    committee.post(address, record(consented_on="2025-05-02"))
    trainer.refresh_from_db()
    assert trainer.listing_consent_version == "2023-01"


def test_trainer_is_suspended_then_back_with_both_reasons(committee: Client) -> None:
    trainer = make_trainer(qualified=True)
    address = f"/formateurs/{trainer.pk}/etat/"
    assert list(committee.post(address, {"reason": " "}).context["form"].errors) == ["reason"]
    for act, reason in (("suspend", "Plainte"), ("suspend", "Encore"), ("lift", "Sans suite")):
        committee.post(address, {"act": act, "reason": reason})

    moves = committee.get(f"/formateurs/{trainer.pk}/").context["moves"]
    assert [(one.from_state, one.to_state, one.reason) for one in moves[:2]] == [
        ("SUSPENDED", "QUALIFIED", "Sans suite"),
        ("QUALIFIED", "SUSPENDED", "Plainte"),
    ]
    assert moves[0].author is not None


@pytest.mark.parametrize("role", [Role.TRAINER, Role.FOCAL_POINT, Role.PARTNER, Role.ADMINISTRATOR])
def test_registry_is_closed_to_others(client: Client, committee: Client, role: str) -> None:
    trainer, person = make_trainer(), make_person("SECRET")
    committee.post(f"/formateurs/{trainer.pk}/habilitations/accorder/", grant())
    committee.post(f"/formateurs/{trainer.pk}/fondements/ajouter/", ground())
    one, kept = Qualification.objects.get(), trainer.grounds.get()
    client.force_login(make_user(role))
    pages = {
        f"/formateurs/nouveau/{person.uuid}/": record(),
        f"/formateurs/{trainer.pk}/modifier/": record(),
        f"/formateurs/{trainer.pk}/habilitations/accorder/": grant(level="FACILITATOR"),
        f"/formateurs/{trainer.pk}/fondements/ajouter/": ground(basis="TOT", score=""),
        f"/formateurs/{trainer.pk}/etat/": {"act": "suspend", "reason": "Non"},
        f"/formateurs/{trainer.pk}/habilitations/{one.pk}/retirer/": {"reason": "Non"},
    }
    reads = [
        "/formateurs/nouveau/?q=secret",
        f"/formateurs/{trainer.pk}/fondements/{kept.pk}/preuve/",
        *pages,
    ]
    answers = [client.get(address) for address in reads]
    answers += [client.post(address, data) for address, data in pages.items()]

    assert {answer.status_code for answer in answers} == {403}
    assert not any(b"SECRET" in answer.content for answer in answers)
    assert (Trainer.objects.count(), Qualification.objects.count()) == (1, 1)
    assert (trainer.grounds.count(), Trainer.objects.get().state) == (1, "QUALIFIED")
    assert EvidenceAccess.objects.count() == 0


def test_ways_to_change_the_registry_are_shown_to_the_committee_only(client: Client) -> None:
    trainer = make_trainer(qualified=True)
    seen = {}
    for role in (Role.COMMITTEE, Role.FOCAL_POINT):
        client.force_login(make_user(role))
        pages = (client.get("/formateurs/"), client.get(f"/formateurs/{trainer.pk}/"))
        seen[role] = ["nouveau/" in pages[0].content.decode(), b"modifier/" in pages[1].content]
    assert seen == {Role.COMMITTEE: [True, True], Role.FOCAL_POINT: [False, False]}


def test_candidate_page_says_what_is_still_missing(committee: Client) -> None:
    trainer = make_trainer()
    address = f"/formateurs/{trainer.pk}/"
    assert committee.get(address).context["lacking"] == []
    committee.post(f"{address}fondements/ajouter/", ground(score="71"))
    page = committee.get(address)

    assert [one.missing for one in page.context["lacking"]] == [
        (
            "Il manque la formation de formateurs réussie.",
            "Il manque une co-animation d'une session réelle avec un formateur habilité.",
        )
    ]


@pytest.mark.parametrize("qualifications", [1, 3])
def test_trainer_page_asks_as_often_for_1_qualification_as_for_3(
    committee: Client, qualifications: int, django_assert_num_queries
) -> None:
    trainer = make_trainer()
    for day in range(1, qualifications + 1):
        address = f"/formateurs/{trainer.pk}"
        happened_on = f"2025-01-{day:02}"
        committee.post(f"{address}/habilitations/accorder/", grant(granted_on=happened_on))
        proof = {"content": f"%PDF {day}".encode(), "happened_on": happened_on}
        committee.post(f"{address}/fondements/ajouter/", ground(**proof))
    committee.get(f"/formateurs/{trainer.pk}/")  # the messages of the grants are read
    with django_assert_num_queries(23):
        page = committee.get(f"/formateurs/{trainer.pk}/")
    assert len(page.context["kept"]) == qualifications
