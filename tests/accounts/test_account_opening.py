"""Opening an account: for a person known or new, once, and wholly or not at all."""

import datetime
import logging

import pytest
import time_machine

from accounts.account_opening import (
    FirstRole,
    Identifiers,
    Identity,
    open_account,
    open_account_of_new_person,
    similar_persons,
)
from accounts.enums import Role
from accounts.models import Person, RoleAssignment, User
from accounts.people import AccountRefused
from accounts.sign_in import username_for
from tests.factories.accounts import make_person, make_region, make_user

pytestmark = pytest.mark.django_db
AWA = Identity(family_name="TRAORÉ", given_name="Awa")


@pytest.fixture
def admin() -> User:
    return make_user(Role.ADMINISTRATOR, person=make_person("ADMIN"))


def test_open_account_gives_a_password_that_works(admin: User) -> None:
    person = make_person(phone="76123456")

    opened = open_account(person=person, identifiers=Identifiers(), by=admin)

    assert opened.user.person == person
    assert opened.user.phone == "+22376123456"
    assert User.objects.get(pk=opened.user.pk).check_password(opened.password)
    assert opened.password not in repr(opened)


def test_open_account_puts_the_identifiers_right(admin: User) -> None:
    person = make_person(phone="", matricule="A-1")

    open_account(
        person=person, identifiers=Identifiers(phone="+22366000009", matricule="A-2"), by=admin
    )

    person.refresh_from_db()
    assert (person.phone, person.matricule) == ("+22366000009", "A-2")
    assert username_for("66 00 00 09") == "A-2"


def test_open_account_of_somebody_merged_is_that_of_the_kept_person(admin: User) -> None:
    kept, merged = make_person(), make_person()
    merged.merged_into = kept
    merged.save()

    assert open_account(person=merged, identifiers=Identifiers(), by=admin).user.person == kept


def test_open_account_twice_is_refused(admin: User) -> None:
    person = make_person("DIARRA", "Awa")
    open_account(person=person, identifiers=Identifiers(), by=admin)

    with pytest.raises(AccountRefused, match="Awa DIARRA a déjà un compte"):
        open_account(person=person, identifiers=Identifiers(), by=admin)

    assert User.objects.filter(person=person).count() == 1


def test_open_account_without_any_identifier_is_refused(admin: User) -> None:
    with pytest.raises(AccountRefused, match="Donnez un numéro de téléphone"):
        open_account(person=make_person(phone=""), identifiers=Identifiers(), by=admin)

    assert User.objects.count() == 1


def test_open_account_refused_leaves_the_person_as_it_was(admin: User) -> None:
    make_user(person=make_person(phone="76123456"))
    person = make_person(phone="")

    with pytest.raises(AccountRefused, match="ouvre déjà un autre compte"):
        open_account(person=person, identifiers=Identifiers(phone="+22376123456"), by=admin)

    person.refresh_from_db()
    assert person.phone == ""
    assert not User.objects.filter(person=person).exists()


def test_open_account_on_a_shared_phone_uses_the_matricule(admin: User) -> None:
    owner = make_user(person=make_person(phone="76123456"))
    person = make_person(phone="76123456", matricule="B-7")

    opened = open_account(person=person, identifiers=Identifiers(), by=admin)

    assert (opened.user.username, opened.user.phone) == ("B-7", None)
    assert username_for("76123456") == owner.username


def test_open_account_gives_the_first_role_from_today(admin: User) -> None:
    opened = open_account(
        person=make_person(),
        identifiers=Identifiers(),
        first_role=FirstRole(Role.FOCAL_POINT, territory=make_region()),
        by=admin,
    )

    held = opened.user.role_assignments.get()
    assert (held.role, held.territory.code, held.ended_on) == (Role.FOCAL_POINT, "segou", None)


def test_open_account_of_a_focal_point_without_territory_writes_nothing(admin: User) -> None:
    with pytest.raises(AccountRefused, match="Un point focal répond d'un territoire"):
        open_account_of_new_person(
            identity=AWA,
            identifiers=Identifiers(phone="+22376123456"),
            first_role=FirstRole(Role.FOCAL_POINT),
            by=admin,
        )

    assert Person.objects.filter(family_name="TRAORÉ").count() == 0
    assert User.objects.count() == 1
    assert RoleAssignment.objects.count() == 1


def test_open_account_of_new_person_twice_makes_one_person_and_one_account(admin: User) -> None:
    asked = {"identity": AWA, "identifiers": Identifiers(phone="+22376123456"), "by": admin}
    open_account_of_new_person(**asked)

    with pytest.raises(AccountRefused, match="ouvre déjà un autre compte"):
        open_account_of_new_person(**asked)

    assert Person.objects.filter(family_name="TRAORÉ").count() == 1
    assert User.objects.filter(last_name="TRAORÉ").count() == 1


def test_open_account_of_new_person_refuses_a_matricule_taken(admin: User) -> None:
    make_user(person=make_person(matricule="B-7"))

    with pytest.raises(AccountRefused, match="ouvre déjà un autre compte"):
        open_account_of_new_person(identity=AWA, identifiers=Identifiers(matricule="b-7"), by=admin)

    assert not Person.objects.filter(family_name="TRAORÉ").exists()


def test_similar_persons_are_those_of_the_same_name_phone_matricule_or_address() -> None:
    alike = [
        make_person("Awa", "Traore"),
        make_person(phone="76123456"),
        make_person(matricule="B-7"),
        make_person(email="AWA@exemple.ml"),
    ]
    make_person("TRAORÉ", "Aminata")

    found = similar_persons(
        identity=AWA,
        identifiers=Identifiers(phone="+22376123456", matricule="b-7", email="awa@exemple.ml"),
    )

    assert found == alike


def test_similar_persons_shows_the_person_a_record_was_merged_with() -> None:
    kept = make_person("COULIBALY", "Awa")
    merged = make_person("TRAORÉ", "Awa")
    merged.merged_into = kept
    merged.save()

    assert similar_persons(identity=AWA, identifiers=Identifiers()) == [kept]


def test_open_account_is_logged_without_name_nor_password(
    admin: User, caplog: pytest.LogCaptureFixture, django_capture_on_commit_callbacks: object
) -> None:
    with (
        caplog.at_level(logging.INFO, "accounts.audit"),
        django_capture_on_commit_callbacks(execute=True),
    ):
        opened = open_account_of_new_person(
            identity=AWA,
            identifiers=Identifiers(phone="+22376123456"),
            first_role=FirstRole(Role.TRAINER),
            by=admin,
        )

    assert [record.getMessage() for record in caplog.records] == [
        f"act=opened by={admin.pk} account={opened.user.pk} detail=-",
        f"act=role_given by={admin.pk} account={opened.user.pk} detail=TRAINER",
    ]


def test_role_of_a_new_account_starts_today(admin: User) -> None:
    with time_machine.travel(datetime.datetime(2026, 3, 2, 9, tzinfo=datetime.UTC), tick=False):
        opened = open_account(
            person=make_person(),
            identifiers=Identifiers(),
            first_role=FirstRole(Role.COMMITTEE),
            by=admin,
        )

    assert opened.user.role_assignments.get().started_on == datetime.date(2026, 3, 2)
