"""Put on the list the people added on phones: one record when name and phone agree (domain §3).

What was typed is kept as a registration accepted in the room, under the phone's uuid: sent twice it
is one, and the marks of that uuid find their participation at any time.
"""

import uuid as uuids
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import Sex, TerritoryLevel
from accounts.matching import Candidate, Match, MatchKind, PersonIndex, SoughtPerson
from accounts.models import Person, Posting, Profession, Territory, User
from accounts.names import fold, name_key
from accounts.people import kept_ids, person_index
from accounts.people_bulk import (
    PersonFacts,
    create_persons,
    find_organizations,
    open_postings,
)
from accounts.phones import InvalidPhone, normalise_phone
from trainers.attendance.sending_payload import SentNewcomer
from trainers.enums import RegistrationState
from trainers.models import Participation, Registration, TrainingSession


@dataclass
class _Added:
    """One newcomer on the way to a participation; `person_id` is known, or written later."""

    sent: SentNewcomer
    phone: str
    notes: list[str]
    person_id: int | None = None
    same_as: uuids.UUID | None = None  # an earlier newcomer of this sending


@dataclass
class _Places:
    """Ids of what the newcomers name."""

    professions: dict[str, int] = field(default_factory=dict)
    territories: dict[str, int] = field(default_factory=dict)
    organizations: dict[tuple[str, int | None], int] = field(default_factory=dict)

    def territory(self, sent: SentNewcomer) -> int | None:
        return self.territories.get(sent.territory)

    def organization(self, sent: SentNewcomer) -> int | None:
        return self.organizations.get((fold(sent.organization)[:160], self.territory(sent)))


def enrol_newcomers(
    *, session: TrainingSession, newcomers: Sequence[SentNewcomer], by: User | None
) -> list[Registration]:
    """Write the newcomers that no registration holds yet; the session is locked by the caller.

    A known person is taken only when phone and name agree; a resemblance makes a new person and a
    note, for somebody to look at. A fixed number of queries.
    """
    if not newcomers:
        return []
    places = _places_of(newcomers)
    enrolled = dict(Participation.objects.filter(session=session).values_list("person_id", "pk"))
    added = _find_people(newcomers, set(enrolled))
    _create_people(added, places, by=by, session=session)
    participations = _enrol(session, added, enrolled, places)
    now = timezone.now()
    return Registration.objects.bulk_create(
        Registration(
            uuid=one.sent.uuid,
            session=session,
            state=RegistrationState.APPROVED,
            family_name=one.sent.family_name,
            given_name=one.sent.given_name,
            sex=_sex(one.sent),
            phone=(one.phone or one.sent.phone)[:20],
            profession_id=places.professions.get(one.sent.profession),
            organization=one.sent.organization,
            territory_id=places.territory(one.sent),
            participation_id=participations[_person_id(one)],
            asked_at=now,
            decided_at=now,
            decided_by=by,
            reason=" ".join(one.notes)[:200],
        )
        for one in added
    )


def _find_people(newcomers: Sequence[SentNewcomer], here: set[int]) -> list[_Added]:
    added = [_with_phone(sent) for sent in newcomers]
    keys = [_key(one.sent) for one in added]
    index = person_index(
        Person.objects.filter(
            Q(phone__in={one.phone for one in added} - {""}) | Q(name_key__in=keys)
        )
    )
    kept = kept_ids()
    for one in added:
        sought = SoughtPerson(one.phone or None, _key(one.sent), fold(one.sent.organization)[:160])
        found = index.match(sought)
        if found.kind is MatchKind.SAME and one.phone:
            _take(one, found.candidate_id, here, kept)
            continue
        if found.kind is not MatchKind.NEW:
            one.notes.append(_doubt(found))
        _make_known(index, one, sought)
    return added


def _take(one: _Added, known: Hashable, here: set[int], kept: dict[int, int]) -> None:
    if isinstance(known, uuids.UUID):
        one.same_as = known
    else:
        one.person_id = kept.get(int(str(known)), int(str(known)))
    if one.same_as is not None or one.person_id in here:
        one.notes.append(_("Déjà sur la liste, avec ce nom et ce numéro : un seul nom est gardé."))


def _make_known(index: PersonIndex, one: _Added, sought: SoughtPerson) -> None:
    index.add(
        Candidate(one.sent.uuid, sought.phone, sought.name_key, sought.organization_key, None)
    )


def _doubt(found: Match) -> str:
    if found.kind is MatchKind.SAME:  # by the name alone
        return _("Même nom qu'une personne connue : vérifiez si c'est elle.")
    return found.reason


def _with_phone(sent: SentNewcomer) -> _Added:
    """A number that is none loses nobody: it stays in the note."""
    try:
        return _Added(sent, normalise_phone(sent.phone) or "", [])
    except InvalidPhone:
        note = _("« %(phone)s » n'est pas un numéro de téléphone.") % {"phone": sent.phone}
        return _Added(sent, "", [note])


def _create_people(
    added: Sequence[_Added], places: _Places, *, by: User | None, session: TrainingSession
) -> None:
    new = [one for one in added if one.person_id is None and one.same_as is None]
    persons = create_persons(
        [
            PersonFacts(
                family_name=one.sent.family_name,
                given_name=one.sent.given_name,
                sex=_sex(one.sent),
                phone=one.phone,
                email="",
                matricule="",
                birth_year=None,
                profession_id=places.professions.get(one.sent.profession),
                is_demo=session.is_demo,
            )
            for one in new
        ],
        by=by,
        reason=_("Ajout en salle, session %(code)s") % {"code": session.code},
    )
    made = {one.sent.uuid: person.pk for one, person in zip(new, persons, strict=True)}
    for one in added:
        if one.person_id is None:
            one.person_id = made[one.same_as or one.sent.uuid]
    open_postings(
        [
            (_person_id(one), places.organization(one.sent), places.territory(one.sent))
            for one in new
            if places.organization(one.sent) or places.territory(one.sent)
        ]
    )


def _enrol(
    session: TrainingSession, added: Sequence[_Added], enrolled: dict[int, int], places: _Places
) -> dict[int, int]:
    """Participations by person, those just made too; frozen as said, or else as known that day."""
    joining = {
        _person_id(one): one.sent for one in reversed(added) if _person_id(one) not in enrolled
    }
    persons = Person.objects.in_bulk(joining)
    postings = {
        posting.person_id: posting
        for posting in Posting.objects.on(session.starts_on)
        .filter(person__in=joining)
        .order_by("started_on", "pk")
    }
    now = timezone.now()
    made = []
    for person_id, sent in joining.items():
        where = (places.organization(sent), places.territory(sent))
        posting = postings.get(person_id)
        if where == (None, None) and posting is not None:
            where = (posting.organization_id, posting.territory_id)
        person = persons[person_id]
        made.append(
            Participation(
                session=session,
                person_id=person_id,
                sex=_sex(sent) or person.sex,
                profession_id=places.professions.get(sent.profession) or person.profession_id,
                organization_id=where[0],
                territory_id=where[1],
                enrolled_at=now,
            )
        )
    created = Participation.objects.bulk_create(made)
    return enrolled | {one.person_id: one.pk for one in created}


def _places_of(newcomers: Sequence[SentNewcomer]) -> _Places:
    places = _Places(
        professions=dict(Profession.objects.values_list("code", "pk")),
        territories=dict(
            Territory.objects.exclude(level=TerritoryLevel.COUNTRY).values_list("code", "pk")
        ),
    )
    places.organizations = find_organizations(
        (sent.organization, places.territory(sent)) for sent in newcomers
    )
    return places


def _key(sent: SentNewcomer) -> str:
    return name_key(sent.family_name, sent.given_name)[:180]


def _sex(sent: SentNewcomer) -> str:
    return sent.sex if sent.sex in Sex.values else ""


def _person_id(one: _Added) -> int:
    assert one.person_id is not None  # every newcomer is somebody by now
    return one.person_id
