"""People added on a phone in the room, whom somebody should look at afterwards."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from accounts.models import DistinctPersons, Person
from trainers.enums import RegistrationState
from trainers.models import Registration, TrainingSession


@dataclass(frozen=True)
class Added:
    """One person added; `alike`: a known record of the same name or phone, to compare with."""

    registration: Registration
    person: Person
    alike: Person | None


def room_registrations(session: TrainingSession) -> QuerySet[Registration]:
    """Accepted at the moment they were written (`trainers.attendance.sent_newcomers`)."""
    return Registration.objects.filter(
        session=session,
        state=RegistrationState.APPROVED,
        person=None,
        asked_at=F("decided_at"),
    )


def added_in_room(session: TrainingSession, *, among: QuerySet[Person]) -> list[Added]:
    """Return who was added, with a resembling record found in `among`; three queries at most.

    Two records said to be two people are not compared again, nor those of one person.
    """
    rows = list(
        room_registrations(session)
        .select_related("participation__person", "profession", "territory")
        .order_by("-asked_at", "pk")
    )
    people = {one.pk: _person(one) for one in rows}
    keys = {person.name_key for person in people.values()} - {""}
    phones = {person.phone for person in people.values()} - {""}
    known = list(
        among.filter(Q(name_key__in=keys) | Q(phone__in=phones)).order_by("pk") if rows else []
    )
    known_ids = [person.pk for person in known]
    said = set(
        DistinctPersons.objects.filter(first__in=known_ids, second__in=known_ids).values_list(
            "first_id", "second_id"
        )
        if known_ids
        else []
    )
    return [Added(one, people[one.pk], _alike(people[one.pk], known, said)) for one in rows]


def _person(registration: Registration) -> Person:
    assert registration.participation is not None  # a constraint of the table
    return registration.participation.person


def _alike(person: Person, known: list[Person], said: set[tuple[int, int]]) -> Person | None:
    """The oldest other record; None when the person's own is out of reach, or merged already."""
    if person.pk not in {one.pk for one in known}:
        return None
    for one in known:
        pair = (min(one.pk, person.pk), max(one.pk, person.pk))
        if one.pk == person.pk or pair in said:
            continue
        if one.name_key == person.name_key or (one.phone and one.phone == person.phone):
            return one
    return None
