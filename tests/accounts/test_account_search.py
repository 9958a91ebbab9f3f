import datetime

import pytest

from accounts.account_search import ACTIVE, CLOSED, NO_ROLE, accounts_found, persons_found
from accounts.enums import Role
from accounts.models import User
from tests.factories.accounts import make_person, make_user

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 1, 15)


@pytest.fixture
def awa() -> User:
    person = make_person(
        "N'DIAYE", "Awa Sékou", phone="76123456", matricule="0117-324K", email="awa@exemple.ml"
    )
    make_user(person=make_person("DIARRA", "Moussa", phone="66999999", matricule="0200-111B"))
    return make_user(person=person)


@pytest.mark.parametrize(
    "typed",
    [
        "ndiaye",
        "N’Diaye",
        "sekou ndiaye",
        "NDI",
        "76 12 34",
        "+223 76-12-34-56",
        "0022376123456",
        "0117324k",
        "0117 324K",
        "AWA@exemple.ml",
    ],
)
def test_accounts_found_reads_what_was_typed_as_people_write_it(awa: User, typed: str) -> None:
    assert list(accounts_found(day=TODAY, text=typed)) == [awa]


@pytest.mark.parametrize("typed", ["ndiaye moussa", "76999999", "0117-325", "%", "12"])
def test_accounts_found_finds_nobody_else(awa: User, typed: str) -> None:
    assert awa not in accounts_found(day=TODAY, text=typed)


def test_accounts_found_without_words_lists_all_by_family_name(awa: User) -> None:
    assert [str(user) for user in accounts_found(day=TODAY)] == [
        "Moussa DIARRA",
        "Awa Sékou N'DIAYE",
    ]


def test_accounts_found_filters_by_role_in_force() -> None:
    trainer, former, learner = make_user(Role.TRAINER), make_user(Role.TRAINER), make_user()
    former.role_assignments.update(ended_on=TODAY - datetime.timedelta(days=1))

    assert list(accounts_found(day=TODAY, role=Role.TRAINER)) == [trainer]
    assert set(accounts_found(day=TODAY, role=NO_ROLE)) == {former, learner}


def test_accounts_found_lists_somebody_with_two_scopes_once() -> None:
    user = make_user(Role.TRAINER, Role.FOCAL_POINT)

    found = list(accounts_found(day=TODAY, text=user.last_name))

    assert found == [user]
    assert [one.role for one in found[0].roles_in_force] == [Role.TRAINER, Role.FOCAL_POINT]


def test_accounts_found_filters_by_state() -> None:
    active, closed = make_user(), make_user()
    User.objects.filter(pk=closed.pk).update(is_active=False)

    assert list(accounts_found(day=TODAY, state=ACTIVE)) == [active]
    assert list(accounts_found(day=TODAY, state=CLOSED)) == [closed]


def test_accounts_found_finds_an_account_without_a_person() -> None:
    user = User.objects.create_user("serveur", first_name="Compte", last_name="TECHNIQUE")

    assert list(accounts_found(day=TODAY, text="technique")) == [user]


def test_persons_found_marks_possible_duplicates() -> None:
    first = make_person("KEÏTA", "Oumou", phone="66000001")
    second = make_person("Oumou", "Keita", phone="66000002")
    alone = make_person("KEITA", "Bintou", phone="66000003")

    found = {person: person.is_alike for person in persons_found("keita")}

    assert found == {first: True, second: True, alone: False}


def test_persons_found_marks_a_shared_phone() -> None:
    make_person("KONÉ", "Oumar", phone="66000001")
    make_person("TOURÉ", "Fanta", phone="66000001")

    assert [person.is_alike for person in persons_found("66 00 00 01")] == [True, True]


def test_persons_found_leaves_out_a_merged_record() -> None:
    kept = make_person("KEÏTA", "Oumou")
    merged = make_person("KEITA", "Oumou")
    merged.merged_into = kept
    merged.save()

    assert persons_found("keita") == [kept]


def test_persons_found_gives_one_more_than_are_shown() -> None:
    for _ in range(25):
        make_person("KEÏTA")

    assert len(persons_found("keita")) == 21
    assert persons_found(" ") == []
