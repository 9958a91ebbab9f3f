"""Acts of an administrator who opens an account, for a person known or new."""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.audit import log_act
from accounts.entrusted_roles import entrust_role
from accounts.first_passwords import first_password
from accounts.models import Organization, Person, Profession, Territory, User
from accounts.names import name_key
from accounts.people import AccountRefused, create_account, create_person, kept_person


@dataclass(frozen=True)
class Identifiers:
    """What a person signs in with; `phone` is in international form. One of the three at least."""

    phone: str = ""
    matricule: str = ""
    email: str = ""


@dataclass(frozen=True)
class Identity:
    """Who a new person is."""

    family_name: str
    given_name: str = ""
    sex: str = ""
    profession: Profession | None = None


@dataclass(frozen=True)
class FirstRole:
    """The role that an account starts with, within its territory or its structure."""

    role: str
    territory: Territory | None = None
    organization: Organization | None = None


@dataclass(frozen=True)
class OpenedAccount:
    """A new account and its first password, which is known at this moment only."""

    user: User
    password: str = field(repr=False)


def similar_persons(*, identity: Identity, identifiers: Identifiers) -> list[Person]:
    """Persons on record who may be this one: same phone, matricule, address or words of the name.

    A merged record stands for the person it was merged with.
    """
    alike = Q(name_key=name_key(identity.family_name, identity.given_name))
    if identifiers.phone:
        alike |= Q(phone=identifiers.phone)
    if identifiers.matricule:
        alike |= Q(matricule__iexact=identifiers.matricule)
    if identifiers.email:
        alike |= Q(email__iexact=identifiers.email)
    found = Person.objects.filter(alike).select_related("merged_into").order_by("pk")
    kept = {person.pk: person for person in map(kept_person, found)}
    return list(kept.values())


@sensitive_variables("password")
def open_account(
    *, person: Person, identifiers: Identifiers, first_role: FirstRole | None = None, by: User
) -> OpenedAccount:
    """Open the account of a person on record, whose identifiers are put right on the way.

    An identifier left empty keeps what is on record. Raises AccountRefused, with nothing written:
    no identifier, one that opens another account already, a role without its scope, an account
    that exists.
    """
    try:
        with transaction.atomic():
            kept = Person.objects.select_for_update(of=("self",)).get(pk=kept_person(person).pk)
            _put_identifiers(kept, identifiers)
            return _open(kept, first_role=first_role, by=by)
    except IntegrityError as error:
        raise AccountRefused(_taken_sentence()) from error


@sensitive_variables("password")
def open_account_of_new_person(
    *,
    identity: Identity,
    identifiers: Identifiers,
    first_role: FirstRole | None = None,
    by: User,
) -> OpenedAccount:
    """Record a person, whoever resembles them, and open their account, or do neither.

    The caller has shown `similar_persons`. Raises AccountRefused like `open_account`.
    """
    try:
        with transaction.atomic():
            person = create_person(
                family_name=identity.family_name,
                given_name=identity.given_name,
                sex=identity.sex,
                profession=identity.profession,
                phone=identifiers.phone,
                email=identifiers.email,
                matricule=identifiers.matricule,
            )
            return _open(person, first_role=first_role, by=by)
    except IntegrityError as error:
        raise AccountRefused(_taken_sentence()) from error


def _put_identifiers(person: Person, identifiers: Identifiers) -> None:
    wanted = {
        "phone": identifiers.phone,
        "matricule": identifiers.matricule,
        "email": identifiers.email,
    }
    changed = [name for name, value in wanted.items() if value and getattr(person, name) != value]
    for name in changed:
        setattr(person, name, wanted[name])
    if changed:
        person.save(update_fields=changed)


def _open(person: Person, *, first_role: FirstRole | None, by: User) -> OpenedAccount:
    password = first_password()
    user = create_account(person=person, password=password, username=_username_of(person))
    log_act("opened", by=by, account=user)
    if first_role is not None:
        entrust_role(
            user=user,
            role=first_role.role,
            territory=first_role.territory,
            organization=first_role.organization,
            by=by,
        )
    return OpenedAccount(user=user, password=password)


def _username_of(person: Person) -> str:
    """Return the first identifier that leads to this account and to no other.

    A household may share a phone: whoever has a matricule signs in with that.
    """
    if User.objects.filter(person__in=Person.objects.same_as(person.pk)).exists():
        raise AccountRefused(_("%(person)s a déjà un compte.") % {"person": person})
    candidates = {
        person.matricule: Q(),
        person.email: Q(email__iexact=person.email),
        person.phone: Q(phone=person.phone),
    }
    for name, same_owner in candidates.items():
        if name and not User.objects.filter(Q(username__iexact=name) | same_owner).exists():
            return name
    if any(candidates):
        raise AccountRefused(_taken_sentence())
    raise AccountRefused(
        _("Donnez un numéro de téléphone, un matricule ou une adresse e-mail pour se connecter.")
    )


def _taken_sentence() -> str:
    return _(
        "Cet identifiant ouvre déjà un autre compte : donnez un autre numéro, un matricule ou une "
        "adresse e-mail."
    )
