"""Whom an account may know of: the names of investigators are closed by default (domain §7)."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.enums import Audience
from accounts.models import Person, Posting, User
from accounts.roles import AnyUser, belongs_to, territory_ids_in_scope
from trainers.models import Participation
from trainers.sessions.access import sessions_for


def persons_for(user: AnyUser) -> QuerySet[Person]:
    """Kept persons that the account may know of; the others do not exist for it.

    The committee: everybody. A focal point: who serves in the territory, or took part in a session
    held there. A trainer: the people of the sessions that the account opens, nobody else.
    """
    if not isinstance(user, User) or not belongs_to(user, Audience.TRAINING_STAFF):
        return Person.objects.none()
    persons = Person.objects.kept()
    if territory_ids_in_scope(user) is None:
        return persons
    came = Participation.objects.filter(session__in=sessions_for(user).values("pk"))
    # Asked of each person found, not of everybody: names among a nation come while one types.
    found = Q(Exists(came.filter(person=OuterRef("pk"))))
    found |= Q(Exists(came.filter(person__merged_into=OuterRef("pk"))))
    if belongs_to(user, Audience.VALIDATORS):
        found |= Q(Exists(serving_in(user).filter(person=OuterRef("pk"))))
    return persons.filter(found)


def persons_in_charge(user: AnyUser) -> QuerySet[Person]:
    """Kept persons whose record the account keeps right: committee, and focal points."""
    if not belongs_to(user, Audience.VALIDATORS):
        return Person.objects.none()
    return persons_for(user)


def serving_in(user: AnyUser) -> QuerySet[Posting]:
    """Postings in force in the territories of a focal point, by the posting or its structure."""
    scope = territory_ids_in_scope(user) or set()
    return Posting.objects.filter(
        Q(territory__in=scope) | Q(territory=None, organization__territory__in=scope),
        ended_on=None,
    )
