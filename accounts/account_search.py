"""Finding an account or a person by what an administrator knows of them. Reads only."""

import datetime
import re
from collections import Counter
from collections.abc import Sequence

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Lower

from accounts.models import Person, Posting, RoleAssignment, User
from accounts.names import fold, name_key

NO_ROLE = "NONE"  # in the filter by role: learners
ACTIVE = "ACTIVE"
CLOSED = "CLOSED"
ROLES_IN_FORCE = "roles_in_force"  # where each account found carries its roles of the day
PERSONS_SHOWN = 20
_FEW_DIGITS = 4  # fewer would find half of the country's numbers


def accounts_found(
    *, day: datetime.date, text: str = "", role: str = "", state: str = ""
) -> QuerySet[User]:
    """Accounts whose owner or identifiers match every word of `text`, in alphabetical order.

    `role` keeps those who hold it that day, NO_ROLE those who hold none. `state` is ACTIVE, CLOSED
    or empty. Each account comes with its person and, as `roles_in_force`, its roles of that day.
    """
    in_force = RoleAssignment.objects.in_force(day)
    found = User.objects.all()
    if text.strip():
        found = found.filter(
            _named(text, "person__", "last_name", "first_name") | _identified(text)
        )
    if role == NO_ROLE:
        found = found.exclude(pk__in=in_force.values("user"))
    elif role:
        found = found.filter(pk__in=in_force.filter(role=role).values("user"))
    if state:
        found = found.filter(is_active=state == ACTIVE)
    shown_roles = in_force.select_related("territory", "organization").order_by("started_on", "pk")
    return (
        found.select_related("person")
        .prefetch_related(Prefetch("role_assignments", shown_roles, to_attr=ROLES_IN_FORCE))
        .order_by(Lower("last_name"), Lower("first_name"), "pk")
    )


def persons_found(text: str, *, among: QuerySet[Person] | None = None) -> Sequence[Person]:
    """Persons on record whose name, phone, matricule or address match, one more than are shown.

    `among` are the persons that the reader may know of: everybody who is kept by default.
    Each comes with its account if any, with `open_postings`, and with `is_alike`: another person of
    the list has the same name or the same phone.
    """
    if not fold(text):
        return []
    serving = Posting.objects.filter(ended_on=None).select_related("organization", "territory")
    persons = Person.objects.kept() if among is None else among
    found = list(
        persons.filter(_named(text, "") | _of_person(text, ""))
        .select_related("user", "profession")
        .prefetch_related(Prefetch("postings", serving, to_attr="open_postings"))
        .order_by("name_key", "pk")[: PERSONS_SHOWN + 1]
    )
    names = Counter(person.name_key for person in found)
    phones = Counter(person.phone for person in found if person.phone)
    for person in found:
        person.is_alike = names[person.name_key] > 1 or phones[person.phone] > 1  # type: ignore[attr-defined]
    return found


def _named(text: str, prefix: str, *plain_fields: str) -> Q:
    """Every word is in the name: in its folded key, or as typed for accounts without a person."""
    named = Q()
    for word in name_key(text).split() or [text]:
        has_word = Q(**{f"{prefix}name_key__contains": word})
        for name in plain_fields:
            has_word |= Q(**{f"{name}__icontains": word})
        named &= has_word
    return named


def _identified(text: str) -> Q:
    found = _of_person(text, "person__") | Q(email__icontains=text.strip())
    if pattern := _matricule_pattern(text):
        found |= Q(username__iregex=pattern)
    if digits := _digits(text):
        found |= Q(phone__contains=digits)
    return found


def _of_person(text: str, prefix: str) -> Q:
    found = Q(**{f"{prefix}email__icontains": text.strip()})
    if pattern := _matricule_pattern(text):
        found |= Q(**{f"{prefix}matricule__iregex": pattern})
    if digits := _digits(text):
        found |= Q(**{f"{prefix}phone__contains": digits})
    return found


def _matricule_pattern(text: str) -> str:
    """A matricule is the same with or without its dashes and spaces: "0117-324K", "0117324k"."""
    return "[^a-zA-Z0-9]*".join(re.escape(char) for char in fold(text).replace(" ", ""))


def _digits(text: str) -> str:
    if any(char.isalpha() for char in text):
        return ""
    digits = "".join(char for char in text if char.isdecimal()).removeprefix("00")
    return digits if len(digits) >= _FEW_DIGITS else ""
