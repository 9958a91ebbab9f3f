"""Territories, professions, persons and accounts."""

import datetime
from itertools import count

from accounts.enums import Role, TerritoryLevel
from accounts.models import Person, Profession, ProfessionCategory, Territory, User
from accounts.names import fold
from accounts.people import create_account, create_person, give_role

PASSWORD = "une phrase assez longue"
_numbers = count(1)


def make_country() -> Territory:
    return Territory.objects.get_or_create(
        code="mali",
        defaults={"level": TerritoryLevel.COUNTRY, "name": "Mali", "name_key": "mali"},
    )[0]


def make_region(code: str = "segou", name: str = "Ségou") -> Territory:
    return Territory.objects.get_or_create(
        code=code,
        defaults={
            "level": TerritoryLevel.REGION,
            "parent": make_country(),
            "name": name,
            "name_key": fold(name),
        },
    )[0]


def make_cercle(
    region: Territory | None = None, code: str = "segou/niono", name: str = "Niono"
) -> Territory:
    return Territory.objects.get_or_create(
        code=code,
        defaults={
            "level": TerritoryLevel.CERCLE,
            "parent": region or make_region(),
            "name": name,
            "name_key": fold(name),
        },
    )[0]


def make_profession(
    code: str = "avocat", name: str = "Avocat", category: str = "avocat"
) -> Profession:
    group, _ = ProfessionCategory.objects.get_or_create(
        code=category, defaults={"name": category.capitalize()}
    )
    return Profession.objects.get_or_create(code=code, defaults={"name": name, "category": group})[
        0
    ]


def make_person(family_name: str = "", given_name: str = "Awa", **facts: object) -> Person:
    """A person with a name and a phone of its own."""
    number = next(_numbers)
    facts.setdefault("phone", f"76{number:06}")
    return create_person(
        family_name=family_name or f"NOM{number}",
        given_name=given_name,
        **facts,  # type: ignore[arg-type]
    )


def make_user(
    *roles: str, territory: Territory | None = None, person: Person | None = None
) -> User:
    """An account with these roles since 2023; a focal point's territory is Ségou by default."""
    user = create_account(person=person or make_person(), password=PASSWORD)
    for role in roles:
        give_role(
            user=user,
            role=role,
            territory=(territory or make_region()) if role == Role.FOCAL_POINT else None,
            on=datetime.date(2023, 1, 1),
        )
    return user
