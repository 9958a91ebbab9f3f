"""Acts on persons, their postings and their accounts. Nothing else writes these tables."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.db.models import OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Role
from accounts.matching import Candidate, PersonIndex
from accounts.models import (
    Organization,
    Person,
    Posting,
    Profession,
    RoleAssignment,
    Territory,
    User,
)
from accounts.names import fold, name_key
from accounts.phones import normalise_phone
from accounts.role_listeners import ROLE_GIVEN


class TransferRefused(ValueError):
    """A transfer that the postings already known make impossible; its text is a French sentence."""


class AccountRefused(ValueError):
    """An account that cannot be opened as asked; its text is a French sentence."""


# --- Persons ----------------------------------------------------------------------------------


@transaction.atomic
def create_person(
    *,
    family_name: str,
    given_name: str = "",
    sex: str = "",
    phone: object = "",
    email: str = "",
    matricule: str = "",
    birth_year: int | None = None,
    profession: Profession | None = None,
    is_demo: bool = False,
) -> Person:
    """Create a person, whoever else is known: the caller has looked for a match.

    `phone` is taken as people write it. Raises `accounts.phones.InvalidPhone`.
    """
    person = new_person(
        family_name=family_name,
        given_name=given_name,
        sex=sex,
        phone=normalise_phone(phone) or "",
        email=email,
        matricule=matricule,
        birth_year=birth_year,
        profession_id=profession.pk if profession else None,
        is_demo=is_demo,
    )
    person.save(force_insert=True)
    return person


def new_person(
    *,
    family_name: str,
    given_name: str,
    sex: str,
    phone: str,
    email: str,
    matricule: str,
    birth_year: int | None,
    profession_id: int | None,
    is_demo: bool = False,
) -> Person:
    """Return an unsaved person with its search key; `phone` is already in international form."""
    family_name, given_name, key = kept_names(family_name, given_name)
    return Person(
        family_name=family_name,
        given_name=given_name,
        name_key=key,
        sex=sex,
        phone=phone,
        email=email.strip(),
        matricule=matricule.strip()[:40],
        birth_year=birth_year,
        profession_id=profession_id,
        is_demo=is_demo,
    )


def kept_names(family_name: str, given_name: str) -> tuple[str, str, str]:
    """Return family name, given name and search key as a record keeps them.

    A single name is a family name.
    """
    family_name, given_name = family_name.strip()[:80], given_name.strip()[:80]
    key = name_key(family_name, given_name)[:180]
    return (family_name, given_name, key) if family_name else (given_name, "", key)


def kept_person(person: Person) -> Person:
    """Return the record that a merged person points to, through any number of merges."""
    seen = {person.pk}
    while person.merged_into is not None and person.merged_into.pk not in seen:
        person = person.merged_into
        seen.add(person.pk)
    return person


def kept_ids() -> dict[int, int]:
    """Return, for each merged record, the id of the person kept in the end; one query."""
    merged = dict(
        Person.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
    )
    return {pk: _kept_id(pk, merged) for pk in merged}


def person_index(persons: QuerySet[Person] | None = None) -> PersonIndex:
    """Return the index that rows are matched against; ids are those of kept persons.

    All persons by default: a merged record makes its kept person known under the old phone and
    spelling too. One query.
    """
    serving = Posting.objects.filter(person=OuterRef("pk"), ended_on=None)
    known = Person.objects.all() if persons is None else persons
    rows = known.order_by("pk").values_list(
        "pk",
        "merged_into_id",
        "phone",
        "name_key",
        "birth_year",
        Subquery(serving.values("organization__name_key")[:1]),
    )
    found = list(rows)
    merged = {pk: merged_into for pk, merged_into, *_rest in found if merged_into}
    return PersonIndex(
        Candidate(_kept_id(pk, merged), phone or None, key, organization_key or "", birth_year)
        for pk, _merged_into, phone, key, birth_year, organization_key in found
    )


def _kept_id(pk: int, merged: dict[int, int]) -> int:
    seen: set[int] = set()
    while pk in merged and pk not in seen:
        seen.add(pk)
        pk = merged[pk]
    return pk


# --- Structures and postings ------------------------------------------------------------------


@transaction.atomic
def find_organization(*, name: str, territory: Territory | None = None) -> Organization:
    """Return the structure of that name in that territory, created when unknown.

    Names are compared folded: « Barreau du Mali » and « BARREAU DU  MALI » are one structure.
    """
    cleaned = " ".join(name.split())[:160]
    organization, _created = Organization.objects.get_or_create(
        name_key=fold(cleaned)[:160], territory=territory, defaults={"name": cleaned}
    )
    return organization


@transaction.atomic
def open_posting(
    *,
    person: Person,
    organization: Organization | None,
    territory: Territory | None,
    started_on: datetime.date | None,
) -> Posting:
    """Record where a person serves; refused when a posting is already open (that is a transfer)."""
    if Posting.objects.filter(person=person, ended_on=None).exists():
        raise TransferRefused(
            _("%(person)s a déjà une affectation en cours : enregistrez une mutation.")
            % {"person": person}
        )
    return Posting.objects.create(
        person=person, organization=organization, territory=territory, started_on=started_on
    )


@transaction.atomic
def transfer(
    *,
    person: Person,
    organization: Organization | None,
    territory: Territory | None,
    on: datetime.date,
) -> Posting:
    """End the open posting on the eve and open the new one; the same place changes nothing."""
    current = Posting.objects.select_for_update().filter(person=person, ended_on=None).first()
    if current is not None:
        is_same = (current.organization_id, current.territory_id) == (
            organization.pk if organization else None,
            territory.pk if territory else None,
        )
        if is_same:
            return current
        if current.started_on is not None and current.started_on >= on:
            raise TransferRefused(
                _("L'affectation de %(person)s commence le %(day)s : une mutation vient après.")
                % {"person": person, "day": current.started_on.strftime("%d/%m/%Y")}
            )
        current.ended_on = on - datetime.timedelta(days=1)
        current.save(update_fields=["ended_on"])
    return open_posting(
        person=person, organization=organization, territory=territory, started_on=on
    )


@transaction.atomic
def leave_service(*, person: Person, on: datetime.date) -> Posting:
    """End the posting in force: `on` is the last day. The same day again changes nothing.

    Raises `TransferRefused` where nothing is in force, or for a day before the posting.
    """
    postings = Posting.objects.select_for_update(of=("self",)).filter(person=person)
    current = postings.filter(ended_on=None).first()
    if current is None:
        ended = postings.filter(ended_on=on).first()
        if ended is not None:
            return ended
        raise TransferRefused(_("%(person)s n'a aucune affectation en cours.") % {"person": person})
    if current.started_on is not None and current.started_on > on:
        raise TransferRefused(
            _("L'affectation de %(person)s commence le %(day)s : le départ ne vient pas avant.")
            % {"person": person, "day": current.started_on.strftime("%d/%m/%Y")}
        )
    current.ended_on = on
    current.save(update_fields=["ended_on"])
    return current


# --- Accounts ---------------------------------------------------------------------------------


@transaction.atomic
def create_account(
    *,
    person: Person,
    roles: Iterable[str] = (),
    territory: Territory | None = None,
    organization: Organization | None = None,
    password: str | None = None,
    username: str = "",
) -> User:
    """Open the account of a person, with its roles from today.

    The username is the one given, or the matricule, the e-mail address, the phone, in this order.
    Without a password nobody can sign in until one is chosen by the reset page. `territory` is the
    scope of a focal point, `organization` that of a correspondent.
    """
    person = kept_person(person)
    if User.objects.filter(person__in=Person.objects.same_as(person.pk)).exists():
        raise AccountRefused(_("%(person)s a déjà un compte.") % {"person": person})
    name = username or person.matricule or person.email or person.phone or str(person.uuid)
    if User.objects.filter(username__iexact=name).exists():
        raise AccountRefused(_("L'identifiant « %(name)s » est déjà pris.") % {"name": name})
    is_phone_free = person.phone and not User.objects.filter(phone=person.phone).exists()
    is_email_free = person.email and not User.objects.filter(email__iexact=person.email).exists()
    user = User(
        username=name,
        first_name=person.given_name,
        last_name=person.family_name,
        email=person.email if is_email_free else "",
        phone=person.phone if is_phone_free else None,
        person=person,
    )
    user.set_password(password)
    user.save(force_insert=True)
    for role in roles:
        give_role(
            user=user,
            role=role,
            territory=territory if role == Role.FOCAL_POINT else None,
            organization=organization if role == Role.CORRESPONDENT else None,
            on=timezone.localdate(),
        )
    return user


@transaction.atomic
def give_role(
    *,
    user: User,
    role: str,
    territory: Territory | None = None,
    organization: Organization | None = None,
    on: datetime.date,
) -> RoleAssignment:
    """Entrust a role from that day; the same role in the same scope is given once.

    The listeners of `accounts/role_listeners.py` are told of a role that is new.
    """
    if role == Role.FOCAL_POINT and territory is None:
        raise AccountRefused(_("Un point focal répond d'un territoire : indiquez lequel."))
    if role == Role.CORRESPONDENT and organization is None:
        raise AccountRefused(_("Un correspondant répond d'une structure : indiquez laquelle."))
    assignment, is_new = RoleAssignment.objects.get_or_create(
        user=user,
        role=role,
        territory=territory,
        organization=organization,
        ended_on=None,
        defaults={"started_on": on},
    )
    user.__dict__.pop("_assignments_in_force", None)
    if is_new:
        for tell in ROLE_GIVEN:
            tell(user, role)
    return assignment
