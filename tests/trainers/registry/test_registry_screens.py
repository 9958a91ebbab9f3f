"""The committee keeps the registry of trainers; training staff name those of a session."""

import datetime
import hashlib

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import make_curriculum, make_session, make_trainer, staff
from trainers.models import Evidence, EvidenceAccess, Qualification, SessionTrainer, Trainer
from trainers.registry.records import consent_to_listing, withdraw_qualification
from trainers.sessions.planning import cancel_session

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
        "specialities": "Enfants",
        "language_fr": ["animate", "answer", "understand"],
        "language_bomu": ["understand"],
        "has_consented": "on",
        "consented_on": "2025-04-30",
        **facts,
    }


def grant(content: bytes = DECISION, **facts: object) -> dict[str, object]:
    return {
        "curriculum": make_curriculum().pk,
        "basis": "OBSERVATION",
        "granted_on": "2025-01-15",
        "months": "36",
        "granted_by": "Comité",
        "proof": SimpleUploadedFile("decision.pdf", content),
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


def test_qualification_is_granted_with_its_proof(committee: Client) -> None:
    trainer = make_trainer()
    answer = committee.post(f"/formateurs/{trainer.pk}/habilitations/accorder/", grant())
    one = Qualification.objects.get()

    assert answer.headers["Location"] == f"/formateurs/{trainer.pk}/"
    assert (one.expires_on, one.granted_by) == (datetime.date(2028, 1, 15), "Comité")
    assert one.proof.sha256 == hashlib.sha256(DECISION).hexdigest()
    assert one.proof.kind == "QUALIFICATION_PROOF"
    page = committee.get(f"/formateurs/{trainer.pk}/").content.decode()
    assert one.proof.sha256 in page
    assert EvidenceAccess.objects.count() == 0

    file = committee.get(f"/formateurs/{trainer.pk}/habilitations/{one.pk}/preuve/")
    assert b"".join(file.streaming_content) == DECISION
    assert file.headers["Content-Disposition"] == 'attachment; filename="decision.pdf"'
    assert EvidenceAccess.objects.get().evidence == one.proof


def test_qualification_sent_twice_is_granted_once(committee: Client) -> None:
    address = f"/formateurs/{make_trainer().pk}/habilitations/accorder/"
    for _ in range(2):
        assert committee.post(address, grant()).status_code == 302
    assert (Qualification.objects.count(), Evidence.objects.count()) == (1, 1)


def test_proof_completes_a_qualification_without_one(committee: Client) -> None:
    trainer = make_trainer(qualified=True)
    facts = grant(basis="TOT", granted_on="2024-01-01", months="24")
    committee.post(f"/formateurs/{trainer.pk}/habilitations/accorder/", facts)
    assert trainer.qualifications.get().proof.original_name == "decision.pdf"


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"months": "23"}, "months"),
        ({"months": "37"}, "months"),
        ({"granted_on": "2025-05-03"}, "granted_on"),
        ({"proof": ""}, "proof"),
        ({"proof": SimpleUploadedFile("decision.exe", b"MZ")}, "proof"),
    ],
)
def test_unfit_qualification_keeps_nothing(committee: Client, facts: dict, field: str) -> None:
    trainer = make_trainer()
    answer = committee.post(f"/formateurs/{trainer.pk}/habilitations/accorder/", grant(**facts))
    assert list(answer.context["form"].errors) == [field]
    assert (Qualification.objects.count(), Evidence.objects.count()) == (0, 0)


def test_other_proof_or_term_of_the_same_qualification_is_refused(committee: Client) -> None:
    trainer = make_trainer()
    address = f"/formateurs/{trainer.pk}/habilitations/accorder/"
    committee.post(address, grant())
    for facts in (grant(months="24"), grant(b"%PDF autre")):
        refused = committee.post(address, facts)
        assert refused.context["form"].non_field_errors() == [
            "Cette habilitation existe déjà, jusqu'au 15/01/2028, avec une autre preuve ou durée."
        ]
    assert Evidence.objects.count() == 1

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
    for name in ("retirer", "preuve"):
        answer = committee.get(f"/formateurs/{other.pk}/habilitations/{one.pk}/{name}/")
        assert answer.status_code == 404


@pytest.mark.parametrize("role", [Role.TRAINER, Role.FOCAL_POINT, Role.PARTNER, Role.ADMINISTRATOR])
def test_registry_is_closed_to_others(client: Client, committee: Client, role: str) -> None:
    trainer, person = make_trainer(), make_person("SECRET")
    committee.post(f"/formateurs/{trainer.pk}/habilitations/accorder/", grant())
    one = Qualification.objects.get()
    client.force_login(make_user(role))
    pages = {
        f"/formateurs/nouveau/{person.uuid}/": record(),
        f"/formateurs/{trainer.pk}/modifier/": record(),
        f"/formateurs/{trainer.pk}/habilitations/accorder/": grant(basis="TOT"),
        f"/formateurs/{trainer.pk}/habilitations/{one.pk}/retirer/": {"reason": "Non"},
    }
    reads = [
        "/formateurs/nouveau/?q=secret",
        f"/formateurs/{trainer.pk}/habilitations/{one.pk}/preuve/",
        *pages,
    ]
    answers = [client.get(address) for address in reads]
    answers += [client.post(address, data) for address, data in pages.items()]

    assert {answer.status_code for answer in answers} == {403}
    assert not any(b"SECRET" in answer.content for answer in answers)
    assert (Trainer.objects.count(), Qualification.objects.count()) == (1, 1)
    assert EvidenceAccess.objects.count() == 0


def test_ways_to_change_the_registry_are_shown_to_the_committee_only(client: Client) -> None:
    trainer = make_trainer(qualified=True)
    seen = {}
    for role in (Role.COMMITTEE, Role.FOCAL_POINT):
        client.force_login(make_user(role))
        pages = (client.get("/formateurs/"), client.get(f"/formateurs/{trainer.pk}/"))
        seen[role] = ["nouveau/" in pages[0].content.decode(), b"modifier/" in pages[1].content]
    assert seen == {Role.COMMITTEE: [True, True], Role.FOCAL_POINT: [False, False]}


@pytest.mark.parametrize("qualifications", [1, 3])
def test_trainer_page_asks_as_often_for_1_qualification_as_for_3(
    committee: Client, qualifications: int, django_assert_num_queries
) -> None:
    trainer = make_trainer()
    for basis in ("TOT", "OBSERVATION", "CO_FACILITATION")[:qualifications]:
        address = f"/formateurs/{trainer.pk}/habilitations/accorder/"
        committee.post(address, grant(f"%PDF {basis}".encode(), basis=basis))
    committee.get(f"/formateurs/{trainer.pk}/")  # the messages of the grants are read
    with django_assert_num_queries(9):
        page = committee.get(f"/formateurs/{trainer.pk}/")
    assert len(page.context["kept"]) == qualifications


def test_trainer_is_named_then_changes_role(client: Client) -> None:
    client.force_login(make_user(Role.FOCAL_POINT))
    session, trainer = make_session("SEG-1"), make_trainer(qualified=True)
    for role in ("CO_TRAINER", "LEAD_TRAINER", "LEAD_TRAINER"):
        answer = client.post("/sessions/SEG-1/formateurs/", {"trainer": trainer.pk, "role": role})
        assert answer.headers["Location"] == "/sessions/SEG-1/formateurs/"

    assert list(SessionTrainer.objects.values_list("session", "trainer", "role")) == [
        (session.pk, trainer.pk, "LEAD_TRAINER")
    ]
    page = client.get("/sessions/SEG-1/formateurs/")
    assert [str(row.trainer) for row in page.context["rows"]] == [str(trainer)]
    assert f"{trainer}, Ségou (habilitation valide)" in page.content.decode()


def test_lead_without_a_valid_qualification_is_refused_in_a_sentence(client: Client) -> None:
    client.force_login(make_user(Role.FOCAL_POINT))
    make_session("SEG-1")
    trainer = make_trainer(make_person("BA", "Sira"))
    data = {"trainer": trainer.pk, "role": "LEAD_TRAINER"}
    answer = client.post("/sessions/SEG-1/formateurs/", data)

    assert answer.context["form"].errors == {
        "role": [
            "Sira BA n'a pas d'habilitation valide pour « Curriculum traite-des-personnes » du "
            "12/05/2025 au 13/05/2025 et ne peut pas être formateur principal."
        ]
    }
    assert SessionTrainer.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "status"), [(Role.FOCAL_POINT, 404), (Role.TRAINER, 404), (Role.PARTNER, 403)]
)
def test_trainers_of_a_session_are_closed_to_others(client: Client, role: str, status: int) -> None:
    staff(make_session("SEG-1"), make_trainer(make_person("SECRET")))
    client.force_login(make_user(role, territory=make_region("kayes", "Kayes")))
    data = {"trainer": make_trainer().pk, "role": "TRAINER"}
    for answer in (
        client.get("/sessions/SEG-1/formateurs/"),
        client.post("/sessions/SEG-1/formateurs/", data),
    ):
        assert answer.status_code == status
        assert b"SECRET" not in answer.content
    assert SessionTrainer.objects.count() == 1


def test_observer_and_closed_session_only_look(client: Client) -> None:
    person = make_person()
    session = make_session("SEG-1")
    observer = make_trainer(person)
    staff(session, observer, "OBSERVER")
    data = {"trainer": observer.pk, "role": "TRAINER"}
    client.force_login(make_user(Role.TRAINER, person=person))
    assert client.get("/sessions/SEG-1/formateurs/").context["can_record"] is False
    assert client.post("/sessions/SEG-1/formateurs/", data).status_code == 403

    cancel_session(session=session, reason="Report")
    client.force_login(make_user(Role.COMMITTEE))
    assert client.post("/sessions/SEG-1/formateurs/", data).status_code == 403
    assert SessionTrainer.objects.get().role == "OBSERVER"


@pytest.mark.parametrize("trainers", [1, 3])
def test_session_trainers_ask_as_often_for_1_as_for_3(
    committee: Client, trainers: int, django_assert_num_queries
) -> None:
    session = make_session("SEG-1")
    for _ in range(trainers):
        staff(session, make_trainer())
    with django_assert_num_queries(7):
        page = committee.get("/sessions/SEG-1/formateurs/")
    assert len(page.context["rows"]) == trainers


def test_each_qualification_is_told_in_a_word(committee: Client) -> None:
    trainer = make_trainer(qualified=True)
    address = f"/formateurs/{trainer.pk}/habilitations/accorder/"
    committee.post(address, grant(granted_on="2023-01-15", months="24"))
    committee.post(address, grant(basis="CO_FACILITATION"))
    withdraw_qualification(
        qualification=Qualification.objects.get(basis="CO_FACILITATION"),
        on=datetime.date(2025, 5, 1),
        reason="Erreur",
    )
    page = committee.get(f"/formateurs/{trainer.pk}/")

    words = [(row["label"], row["is_open"]) for row in page.context["kept"]]
    assert words == [("Retirée", False), ("En cours", True), ("Échue", False)]
    assert page.content.count(b"/retirer/") == 1
