"""Whom an account may know of."""

import pytest

from accounts.enums import Role
from accounts.models import Person
from accounts.people import open_posting
from tests.factories.accounts import make_cercle, make_person, make_region, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff
from trainers.people.access import persons_for, persons_in_charge

pytestmark = pytest.mark.django_db


def names(persons: object) -> set[str]:
    return {person.family_name for person in persons}  # type: ignore[attr-defined]


@pytest.fixture
def world() -> None:
    """One person of each kind: posted in Ségou, in Niono, trained in Ségou, and of Kayes."""
    kayes = make_region("kayes", "Kayes")
    for name, place in (("POSTE", make_region()), ("CERCLE", make_cercle()), ("KAYES", kayes)):
        person = make_person(name, "Awa")
        open_posting(person=person, organization=None, territory=place, started_on=None)
    attend(make_session("SEG-1"), make_person("VENU", "Awa"))
    attend(make_session("KAY-1", territory=kayes), make_person("AILLEURS", "Awa"))


def test_the_committee_knows_of_everybody(world: None) -> None:
    found = names(persons_for(make_user(Role.COMMITTEE)))

    assert {"POSTE", "CERCLE", "KAYES", "VENU", "AILLEURS"} <= found


def test_a_focal_point_knows_who_serves_or_came_in_the_territory(world: None) -> None:
    assert names(persons_in_charge(make_user(Role.FOCAL_POINT))) == {"POSTE", "CERCLE", "VENU"}


def test_a_trainer_knows_the_people_of_the_own_sessions_and_keeps_no_record(world: None) -> None:
    trainer = make_trainer()
    account = make_user(Role.TRAINER, person=trainer.person)
    assert names(persons_for(account)) == set()
    session = make_session("SEG-2")
    staff(session, trainer)
    attend(session, make_person("ELEVE", "Awa"))

    assert names(persons_for(account)) == {"ELEVE"}
    assert names(persons_in_charge(account)) == set()


@pytest.mark.parametrize("role", [Role.PARTNER, Role.EDITOR, Role.ADMINISTRATOR])
def test_other_roles_know_of_nobody(world: None, role: str) -> None:
    assert names(persons_for(make_user(role))) == set()


def test_somebody_is_known_by_what_a_merged_record_did(world: None) -> None:
    kept = make_person("GARDEE", "Awa")
    Person.objects.filter(family_name="VENU").update(merged_into=kept)

    assert names(persons_in_charge(make_user(Role.FOCAL_POINT))) == {"POSTE", "CERCLE", "GARDEE"}
