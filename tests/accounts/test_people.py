import datetime

import pytest

from accounts.enums import Role
from accounts.matching import MatchKind, SoughtPerson
from accounts.models import Organization, Person, Posting, RoleAssignment
from accounts.people import (
    AccountRefused,
    TransferRefused,
    create_account,
    create_person,
    find_organization,
    give_role,
    kept_person,
    open_posting,
    person_index,
    transfer,
)
from accounts.people_bulk import fill_blanks, find_organizations
from accounts.phones import InvalidPhone
from tests.factories.accounts import make_person, make_region, make_user

pytestmark = pytest.mark.django_db
JANUARY = datetime.date(2025, 1, 1)
MAY = datetime.date(2025, 5, 1)


def test_create_person_normalises_the_phone_and_the_name_key() -> None:
    person = create_person(family_name="N'DIAYE", given_name="Awa", phone="76-00 00 01")

    assert (person.phone, person.name_key) == ("+22376000001", "awa ndiaye")
    assert person.history.count() == 1


def test_create_person_with_one_name_keeps_it_as_family_name() -> None:
    person = create_person(family_name="", given_name="Awa")

    assert (person.family_name, person.given_name) == ("Awa", "")


def test_create_person_refuses_a_phone_that_is_none() -> None:
    with pytest.raises(InvalidPhone):
        create_person(family_name="KONE", phone="12")
    assert Person.objects.count() == 0


def test_find_organization_does_not_see_accents_nor_case() -> None:
    region = make_region()
    first = find_organization(name="Brigade  de Ségou", territory=region)

    assert find_organization(name="BRIGADE DE SEGOU", territory=region) == first
    assert first.name == "Brigade de Ségou"
    assert find_organization(name="Brigade de Ségou") != first


def test_find_organizations_finds_and_creates_together() -> None:
    region = make_region()
    known = find_organization(name="Tribunal", territory=region)
    found = find_organizations([("TRIBUNAL", region.pk), ("Barreau", None), (" ", None)])

    barreau = Organization.objects.get(name="Barreau")
    assert found == {("tribunal", region.pk): known.pk, ("barreau", None): barreau.pk}


def test_transfer_ends_the_posting_on_the_eve() -> None:
    person, region = make_person(), make_region()
    first = open_posting(person=person, organization=None, territory=region, started_on=JANUARY)
    second = transfer(
        person=person, organization=find_organization(name="Parquet"), territory=region, on=MAY
    )

    first.refresh_from_db()
    assert first.ended_on == datetime.date(2025, 4, 30)
    assert (second.started_on, second.ended_on) == (MAY, None)
    assert list(Posting.objects.on(datetime.date(2025, 4, 30))) == [first]
    assert list(Posting.objects.on(MAY)) == [second]


def test_transfer_to_the_same_place_changes_nothing() -> None:
    person, region = make_person(), make_region()
    first = open_posting(person=person, organization=None, territory=region, started_on=JANUARY)

    assert transfer(person=person, organization=None, territory=region, on=MAY) == first


def test_transfer_before_the_open_posting_is_refused() -> None:
    person = make_person("KONE", "Awa")
    open_posting(person=person, organization=None, territory=None, started_on=MAY)
    with pytest.raises(TransferRefused) as refusal:
        transfer(person=person, organization=None, territory=make_region(), on=JANUARY)

    assert str(refusal.value) == (
        "L'affectation de Awa KONE commence le 01/05/2025 : une mutation vient après."
    )


def test_second_open_posting_is_refused() -> None:
    person = make_person()
    open_posting(person=person, organization=None, territory=None, started_on=None)
    with pytest.raises(TransferRefused):
        open_posting(person=person, organization=None, territory=None, started_on=MAY)
    assert Posting.objects.count() == 1


def merge(person: Person, kept: Person) -> None:
    Person.objects.filter(pk=person.pk).update(merged_into=kept)
    person.refresh_from_db()


def test_merged_person_is_known_as_the_kept_one() -> None:
    kept, middle, old = (make_person(phone=f"7600000{digit}") for digit in (1, 2, 3))
    merge(middle, kept)
    merge(old, middle)

    assert kept_person(old) == kept
    found = person_index().match(SoughtPerson("+22376000003", old.name_key))
    assert (found.kind, found.candidate_id) == (MatchKind.SAME, kept.pk)


def test_person_index_reads_the_structure_of_the_open_posting(django_assert_num_queries) -> None:
    person = make_person("KONE", "Awa", phone="")
    open_posting(
        person=person,
        organization=find_organization(name="Tribunal"),
        territory=None,
        started_on=None,
    )
    with django_assert_num_queries(1):
        index = person_index()

    assert index.match(SoughtPerson(None, "awa kone", "barreau")).kind is MatchKind.NEW
    assert index.match(SoughtPerson(None, "awa kone", "tribunal")).candidate_id == person.pk


def test_fill_blanks_never_changes_what_is_filled() -> None:
    person = make_person("KONE", "Awa", phone="76000001")
    changed = fill_blanks(
        [person],
        {person.pk: {"phone": "+22376999999", "sex": "F", "birth_year": None}},
        by=None,
        reason="Import",
    )

    person.refresh_from_db()
    assert (changed, person.phone, person.sex) == (1, "+22376000001", "F")
    assert person.history.first().history_change_reason == "Import"


def test_account_signs_in_with_the_first_identifier_known() -> None:
    by_phone = create_account(person=make_person(phone="76000001"), password="une phrase")
    by_matricule = create_account(person=make_person(matricule="M-12"))

    assert (by_phone.username, by_phone.phone) == ("+22376000001", "+22376000001")
    assert by_phone.check_password("une phrase")
    assert by_matricule.username == "M-12"
    assert not by_matricule.has_usable_password()


def test_second_account_of_a_person_is_refused() -> None:
    person = make_person("KONE", "Awa")
    create_account(person=person)
    with pytest.raises(AccountRefused) as refusal:
        create_account(person=person, username="autre")
    assert str(refusal.value) == "Awa KONE a déjà un compte."


def test_shared_phone_stays_with_the_first_account() -> None:
    create_account(person=make_person(phone="76000001"))
    second = create_account(person=make_person(phone="76000001"), username="second")

    assert second.phone is None


def test_role_is_given_once_and_a_focal_point_needs_a_territory() -> None:
    user = make_user()
    region = make_region()
    for _ in range(2):
        give_role(user=user, role=Role.FOCAL_POINT, territory=region, on=MAY)
    with pytest.raises(AccountRefused):
        give_role(user=user, role=Role.FOCAL_POINT, on=MAY)

    assert RoleAssignment.objects.filter(user=user).count() == 1
