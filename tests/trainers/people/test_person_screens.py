"""The screens about persons: find, read, correct, transfer; closed to whoever has no business."""

import datetime
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from accounts.models import Organization, Person
from accounts.people import find_organization, open_posting
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff

pytestmark = pytest.mark.django_db


def sign_in(*roles: str, person: Person | None = None) -> Client:
    client = Client()
    client.force_login(make_user(*roles, person=person))
    return client


def served(name: str = "KONE", place: str = "Tribunal de Ségou") -> Person:
    person = make_person(name, "Awa", phone="76123456")
    open_posting(
        person=person,
        organization=find_organization(name=place),
        territory=make_region(),
        started_on=datetime.date(2025, 1, 1),
    )
    return person


@pytest.fixture
def kayes() -> Person:
    """Somebody whom a focal point of Ségou may not know of."""
    person = make_person("SECRET", "Fanta", phone="76999999")
    open_posting(
        person=person, organization=None, territory=make_region("kayes", "Kayes"), started_on=None
    )
    return person


def test_nobody_is_listed_before_a_search_and_the_scope_is_kept(kayes: Person) -> None:
    served()
    client = sign_in(Role.FOCAL_POINT)

    assert "KONE" not in client.get("/personnes/").content.decode()
    assert "Awa KONE" in client.get("/personnes/?q=kon").content.decode()
    assert "Awa KONE" in client.get("/personnes/?q=1234").content.decode().replace("\xa0", "")
    page = client.get("/personnes/?q=secret").content.decode()
    assert "Personne ne correspond" in page
    assert "Fanta" not in page


@pytest.mark.parametrize("role", [Role.TRAINER, Role.PARTNER, Role.ADMINISTRATOR, Role.EDITOR])
def test_other_roles_open_no_page_of_a_person(kayes: Person, role: str) -> None:
    client = sign_in(role)
    for page in ("", "?q=secret", f"{kayes.uuid}/", f"{kayes.uuid}/historique/", "fiches-proches/"):
        answer = client.get(f"/personnes/{page}")
        assert answer.status_code == 403
        assert "SECRET" not in answer.content.decode()


@pytest.mark.parametrize("page", ["", "modifier/", "historique/"])
def test_a_person_out_of_scope_does_not_exist(kayes: Person, page: str) -> None:
    answer = sign_in(Role.FOCAL_POINT).get(f"/personnes/{kayes.uuid}/{page}")

    assert answer.status_code == 404
    assert "SECRET" not in answer.content.decode()


def test_a_focal_point_moves_nobody_out_of_scope(kayes: Person) -> None:
    client = sign_in(Role.FOCAL_POINT)
    facts = {"territory": "segou", "on": "2025-06-01", "reason": "x", "family_name": "PRIS"}

    for page in ("mutation/", "depart/", "modifier/"):
        assert client.post(f"/personnes/{kayes.uuid}/{page}", facts).status_code == 404

    kayes.refresh_from_db()
    assert kayes.family_name == "SECRET"
    assert kayes.postings.get().territory == make_region("kayes", "Kayes")


def test_the_page_tells_identity_postings_and_sessions() -> None:
    person = served()
    attend(make_session("SEG-1"), person, positions=(1, 2, 3, 4))

    page = sign_in(Role.COMMITTEE).get(f"/personnes/{person.uuid}/").content.decode()

    for said in ("KONE", "Tribunal de Ségou", "depuis le 1 janvier 2025", "SEG-1", "Mutation"):
        assert said in page, said
    assert "Non renseigné" in page


@pytest.mark.parametrize("sessions", [1, 3])
def test_the_page_asks_as_often_for_1_session_as_for_3(
    sessions: int, django_assert_num_queries: Any
) -> None:
    person = served()
    for number in range(sessions):
        start = datetime.date(2025, 1 + number, 6)
        attend(make_session(f"SEG-{number}", starts_on=start), person, positions=(1, 2, 3, 4))
    client = sign_in(Role.COMMITTEE)

    with django_assert_num_queries(14):
        assert client.get(f"/personnes/{person.uuid}/").status_code == 200


@pytest.mark.parametrize("persons", [1, 3])
def test_the_search_asks_as_often_for_1_person_as_for_3(
    persons: int, django_assert_num_queries: Any
) -> None:
    for _number in range(persons):
        served()
    client = sign_in(Role.COMMITTEE)

    with django_assert_num_queries(9):
        assert len(client.get("/personnes/?q=kone").context["rows"]) == persons


def test_a_transfer_takes_one_click_and_a_double_click_is_once() -> None:
    person = served()
    client = sign_in(Role.FOCAL_POINT)
    move = {"organization": "Parquet de Niono", "territory": "segou", "on": "2025-09-01"}

    for _click in range(2):
        answer = client.post(f"/personnes/{person.uuid}/mutation/", move)
        assert answer.status_code == 302

    old, new = person.postings.order_by("pk")
    assert (old.ended_on, str(new.organization)) == (datetime.date(2025, 8, 31), "Parquet de Niono")


def test_a_transfer_before_the_posting_is_refused_in_words() -> None:
    person = served()
    move = {"organization": "Parquet", "on": "2024-01-01"}

    page = sign_in(Role.COMMITTEE).post(f"/personnes/{person.uuid}/mutation/", move)

    assert "une mutation vient après" in page.content.decode()
    assert person.postings.count() == 1
    assert not Organization.objects.filter(name="Parquet").exists()


def test_a_transfer_nowhere_is_refused() -> None:
    person = served()

    page = sign_in(Role.COMMITTEE).post(f"/personnes/{person.uuid}/mutation/", {"on": "2025-09-01"})

    assert "Indiquez la structure" in page.content.decode()


def test_leaving_service_ends_the_posting_once() -> None:
    person = served()
    client = sign_in(Role.COMMITTEE)

    for _click in range(2):
        answer = client.post(f"/personnes/{person.uuid}/depart/", {"on": "2025-09-30"})
        assert answer.status_code == 302

    assert person.postings.get().ended_on == datetime.date(2025, 9, 30)
    page = client.post(f"/personnes/{person.uuid}/depart/", {"on": "2025-10-30"}).content.decode()
    assert "aucune affectation en cours" in page


def test_a_correction_is_in_the_history_with_its_author() -> None:
    person = served()
    client = sign_in(Role.COMMITTEE)
    facts = {"family_name": "KONATE", "given_name": "Awa", "phone": "76 12 34 56", "sex": "F"}
    url = f"/personnes/{person.uuid}/"

    refused = client.post(f"{url}modifier/", facts)
    assert "Motif de la correction" in refused.content.decode()
    client.post(f"{url}modifier/", {**facts, "reason": "Faute de frappe"})

    page = client.get(f"{url}historique/").content.decode()
    for said in ("Nom : KONE → KONATE", "Sexe : rien → F", "Faute de frappe", "Fiche créée"):
        assert said in page, said


# --- While typing -------------------------------------------------------------------------------

TYPING = "/personnes/propositions/"


def test_typing_proposes_with_a_reason_and_hides_the_number() -> None:
    served()
    client = sign_in(Role.COMMITTEE)

    page = client.post(TYPING, {"family_name": "koné", "given_name": "aw"}).json()["html"]

    assert "Awa KONE, téléphone finissant par 56" in page
    assert "(Nom voisin)" in page
    assert "76123456" not in page
    assert "<html" not in page


@pytest.mark.parametrize(
    "typed",
    [{}, {"family_name": "k"}, {"phone": "76"}, {"birth_year": "abc", "family_name": "zz"}],
)
def test_typing_too_little_proposes_nobody(typed: dict[str, str]) -> None:
    served()

    page = sign_in(Role.COMMITTEE).post(TYPING, typed).json()["html"]

    assert page.strip() == ""


def test_typing_proposes_to_a_trainer_only_the_people_of_the_own_sessions(kayes: Person) -> None:
    trainer = make_trainer()
    session = make_session("SEG-1")
    staff(session, trainer)
    attend(session, make_person("SECRETAIRE", "Sira"))
    client = sign_in(Role.TRAINER, person=trainer.person)

    page = client.post(TYPING, {"family_name": "secret"}).json()["html"]

    assert "SECRETAIRE" in page
    assert "Fanta" not in page
    assert sign_in().post(TYPING, {"family_name": "secret"}).status_code == 403


def test_typing_leaves_no_name_in_the_address() -> None:
    assert sign_in(Role.COMMITTEE).get(f"{TYPING}?family_name=secret").status_code == 405


def test_searching_without_a_script_adds_nobody_then_who_was_found_is_added() -> None:
    person = make_person("KONATE", "Awa Fatou")
    session = make_session("SEG-1")
    attend(make_session("SEG-2", starts_on=datetime.date(2025, 2, 3)), person)
    client = sign_in(Role.COMMITTEE)
    url = "/sessions/SEG-1/participants/"
    typed = {"family_name": "konate", "given_name": "awa"}

    page = client.post(url, {**typed, "search": "1"})

    assert session.participations.count() == 0
    assert [one["value"] for one in page.context["choices"]] == [str(person.pk), "new"]
    client.post(url, {**typed, "who": str(person.pk)})
    assert session.participations.get().person == person


def test_nobody_out_of_scope_is_put_on_a_list(kayes: Person) -> None:
    session = make_session("SEG-1")
    client = sign_in(Role.FOCAL_POINT)

    client.post(
        "/sessions/SEG-1/participants/",
        {"family_name": "DIALLO", "given_name": "Sira", "who": str(kayes.pk)},
    )

    assert not session.participations.filter(person=kayes).exists()
