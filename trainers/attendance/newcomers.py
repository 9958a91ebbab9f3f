"""Add somebody to a list during the roll call: known, perhaps known, or new (domain §3)."""

from collections.abc import Hashable
from dataclasses import dataclass

from django.db import transaction

from accounts.matching import MatchKind, SoughtPerson
from accounts.models import Organization, Person, Posting, Profession, Territory
from accounts.names import fold, name_key
from accounts.people import create_person, find_organization, open_posting
from accounts.person_lookup import index_for
from accounts.phones import normalise_phone
from trainers.models import Participation, TrainingSession
from trainers.participation.records import FrozenProfile, enrol, profile_on
from trainers.sessions.lock import lock_open_session


@dataclass(frozen=True)
class Newcomer:
    """What the person says of themselves; nothing said is « non renseigné »."""

    family_name: str
    given_name: str = ""
    sex: str = ""
    phone: str = ""
    profession: Profession | None = None
    organization: str = ""
    territory: Territory | None = None
    birth_year: int | None = None

    @property
    def sought(self) -> SoughtPerson:
        """The same in the terms of matching. Raises `accounts.phones.InvalidPhone`."""
        return SoughtPerson(
            normalise_phone(self.phone),
            name_key(self.family_name, self.given_name),
            fold(self.organization),
            self.birth_year,
        )


@dataclass(frozen=True)
class Proposals:
    """Known persons who may be the newcomer, and why; none when nobody resembles."""

    persons: tuple[Person, ...] = ()
    reason: str = ""
    is_sure: bool = False


def propose_persons(newcomer: Newcomer) -> Proposals:
    """Look for the newcomer among all persons. Raises `accounts.phones.InvalidPhone`."""
    sought = newcomer.sought
    found = index_for(sought).match(sought)
    if found.kind is MatchKind.NEW:
        return Proposals()
    is_sure = found.kind is MatchKind.SAME
    ids = (found.candidate_id,) if is_sure else found.others
    return Proposals(_persons(ids), found.reason, is_sure)


@transaction.atomic
def add_newcomer(
    *, session: TrainingSession, newcomer: Newcomer, known: Person | None = None
) -> Participation:
    """Put the newcomer on the list, as the known person or as a new one.

    The same name and phone again in this session is a repeated page, not a second person. Raises
    `accounts.phones.InvalidPhone`, `trainers.sessions.lock.SessionClosed`.
    """
    locked = lock_open_session(session)
    sought = newcomer.sought
    again = Participation.objects.filter(
        session=locked, person__name_key=sought.name_key, person__phone=sought.phone or ""
    ).first()
    if known is None and again is not None:
        return again
    organization = _organization(newcomer)
    person = known or create_person(
        family_name=newcomer.family_name,
        given_name=newcomer.given_name,
        sex=newcomer.sex,
        phone=newcomer.phone,
        birth_year=newcomer.birth_year,
        profession=newcomer.profession,
    )
    if (organization or newcomer.territory) and not _has_posting(person):
        open_posting(
            person=person,
            organization=organization,
            territory=newcomer.territory,
            started_on=None,
        )
    before = profile_on(person, locked.starts_on)
    says_where = organization is not None or newcomer.territory is not None
    return enrol(
        session=locked,
        person=person,
        frozen=FrozenProfile(
            sex=newcomer.sex or before.sex,
            profession=newcomer.profession or before.profession,
            organization=organization if says_where else before.organization,
            territory=newcomer.territory if says_where else before.territory,
        ),
    )


def _organization(newcomer: Newcomer) -> Organization | None:
    if not fold(newcomer.organization):
        return None
    return find_organization(name=newcomer.organization, territory=newcomer.territory)


def _has_posting(person: Person) -> bool:
    return Posting.objects.filter(person=person).exists()


def _persons(ids: tuple[Hashable, ...]) -> tuple[Person, ...]:
    return tuple(
        Person.objects.filter(pk__in=[int(str(one)) for one in ids])
        .select_related("profession")
        .order_by("pk")
    )
