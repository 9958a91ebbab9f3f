import datetime

import pytest

from accounts.account_wording import identifiers_of, identity_of, role_line, spaced_phone
from accounts.enums import Role
from accounts.models import RoleAssignment
from accounts.people import find_organization, give_role, open_posting
from tests.factories.accounts import (
    make_cercle,
    make_country,
    make_person,
    make_profession,
    make_region,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("phone", "expected"),
    [
        ("+22376123456", "+223 76 12 34 56"),
        ("+33612345678", "+33612345678"),
        ("+2237612", "+2237612"),
        ("", ""),
    ],
)
def test_spaced_phone_writes_a_malian_number_in_pairs(phone: str, expected: str) -> None:
    assert spaced_phone(phone).replace("\N{NO-BREAK SPACE}", " ") == expected


def test_identifiers_of_names_each_identifier_once() -> None:
    by_phone = make_user(person=make_person(phone="76123456"))
    by_all = make_user(
        person=make_person(phone="66000001", matricule="0117-324K", email="a@exemple.ml")
    )

    assert [line["term"] for line in identifiers_of(by_phone)] == ["Téléphone"]
    assert [line["term"] for line in identifiers_of(by_all)] == [
        "Téléphone",
        "Adresse e-mail",
        "Matricule",
    ]


@pytest.mark.parametrize(
    ("started_on", "ended_on", "expected"),
    [
        ("2025-03-01", None, "depuis le 1er mars 2025"),
        ("2025-03-11", None, "depuis le 11 mars 2025"),
        ("2025-03-01", "2026-01-31", "du 1er mars 2025 au 31 janvier 2026"),
        ("2026-07-06", "2026-07-05", "le 6 juillet 2026, retiré aussitôt"),
    ],
)
def test_role_line_says_the_dates(started_on: str, ended_on: str | None, expected: str) -> None:
    assignment = RoleAssignment(
        role=Role.TRAINER,
        started_on=datetime.date.fromisoformat(started_on),
        ended_on=ended_on and datetime.date.fromisoformat(ended_on),
    )

    line = role_line(assignment)

    assert (line.label, line.scope, line.dates) == ("Formateur", "", expected)


def test_role_line_says_the_scope() -> None:
    today = datetime.date(2025, 1, 1)
    user = make_user()
    court = find_organization(name="Tribunal de Ségou")
    scopes = [
        role_line(give_role(user=user, role=role, territory=place, organization=body, on=today))
        for role, place, body in (
            (Role.FOCAL_POINT, make_region(), None),
            (Role.FOCAL_POINT, make_cercle(), None),
            (Role.FOCAL_POINT, make_country(), None),
            (Role.CORRESPONDENT, None, court),
        )
    ]

    assert [line.scope for line in scopes] == [
        "Ségou (région)",
        "Niono (cercle)",
        "tout le pays",
        "Tribunal de Ségou",
    ]


def test_identity_of_leaves_out_what_is_not_known() -> None:
    known = make_person("DIARRA", "Awa", sex="F", profession=make_profession())
    open_posting(
        person=known,
        organization=find_organization(name="Barreau"),
        territory=make_region(),
        started_on=None,
    )

    assert [line["text"] for line in identity_of(known)] == [
        "DIARRA",
        "Awa",
        "Femme",
        "Avocat",
        "Barreau",
        "Ségou (région)",
    ]
    assert [line["term"] for line in identity_of(make_person("DIARRA", ""))] == ["Nom"]
