"""Write what an attendance plan decided, for any number of rows in a fixed number of queries."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.bulk_insert import insert_rows
from accounts.models import Person, Posting, Profession, Territory, User
from accounts.names import fold
from accounts.people_bulk import (
    OrganizationKey,
    PersonFacts,
    WrittenPerson,
    batches,
    create_persons,
    fill_blanks,
    find_organizations,
    open_postings,
)
from trainers.attendance.import_plan import AttendancePlan, Attendee
from trainers.attendance.rows import AttendanceRow
from trainers.enums import EntrySource
from trainers.models import AttendanceMark, Evidence, Participation, TrainingSession
from trainers.participation.records import refresh_ladder
from trainers.sessions.lock import start_session

MARKS = uuid.UUID("6f0d4a58-5c3e-5d0b-9a7e-2f6f1f6f7c11")  # namespace of imported marks

AnyPerson = Person | WrittenPerson
MARK_FIELDS = (
    "uuid", "participation_id", "slot_id", "is_present", "source", "recorded_at",
    "recorded_by_id", "evidence_id",
)  # fmt: skip
PARTICIPATION_FIELDS = (
    "session_id", "person_id", "sex", "profession_id", "organization_id", "territory_id",
    "enrolled_at",
)  # fmt: skip


@dataclass(frozen=True)
class Codes:
    """Ids of what the rows of a file name."""

    professions: dict[str, int]
    territories: dict[str, int]
    organizations: dict[OrganizationKey, int]

    def profession(self, row: AttendanceRow) -> int | None:
        return self.professions.get(row.profession_code)

    def territory(self, row: AttendanceRow) -> int | None:
        return self.territories.get(row.territory_code)

    def organization(self, row: AttendanceRow) -> int | None:
        return self.organizations.get((fold(row.organization)[:160], self.territory(row)))


@transaction.atomic
def write_attendance(
    *,
    session: TrainingSession,
    attendees: Sequence[Attendee],
    plan: AttendancePlan,
    evidence: Evidence,
    by: User | None,
) -> None:
    """Write persons, postings, participations and marks, then the ladder. The session is locked.

    A mark's uuid comes from the session, the person and
    the half-day: it cannot be doubled.
    """
    codes = codes_of(one.row for one in attendees)
    reason = _("Import de présence, session %(code)s") % {"code": session.code}
    people = _people_of(attendees, codes, by=by, reason=reason)
    _open_missing_postings(attendees, people, codes)
    _enrol_all(session, plan.joining, people, codes)
    participations = dict(
        Participation.objects.filter(session=session).values_list("person_id", "pk")
    )
    slots = dict(session.slots.values_list("position", "pk"))
    now = timezone.now()
    insert_rows(
        AttendanceMark,
        MARK_FIELDS,
        (
            (
                uuid.uuid5(MARKS, f"{session.code}/{person.uuid}/{position}"),
                participations[person.pk],
                slots[position],
                True,
                str(EntrySource.IMPORT),
                now,
                by.pk if by else None,
                evidence.pk,
            )
            for person, position in (
                (people[attendee.row.line_number], position) for attendee, position in plan.marks
            )
        ),
    )
    if plan.marks:
        start_session(session)
    refresh_ladder(session=session)


def codes_of(rows: Iterable[AttendanceRow]) -> Codes:
    """Load what the rows name, creating the structures that are unknown."""
    territories = dict(Territory.objects.values_list("code", "pk"))
    return Codes(
        professions=dict(Profession.objects.values_list("code", "pk")),
        territories=territories,
        organizations=find_organizations(
            (row.organization, territories.get(row.territory_code)) for row in rows
        ),
    )


def _people_of(
    attendees: Sequence[Attendee], codes: Codes, *, by: User | None, reason: str
) -> dict[int, AnyPerson]:
    """The person of each line: created, or known and completed where the record was empty."""
    new = [attendee for attendee in attendees if attendee.person_id is None]
    created = create_persons(
        [_new_person(attendee.row, codes) for attendee in new], by=by, reason=reason
    )
    people: dict[int, AnyPerson] = {
        attendee.row.line_number: person for attendee, person in zip(new, created, strict=True)
    }
    lines = {one.person_id: one.row for one in attendees if one.person_id is not None}
    known: list[Person] = []
    for batch in batches(lines):
        known += Person.objects.filter(pk__in=batch)
    fill_blanks(
        known, {pk: row_facts(row, codes) for pk, row in lines.items()}, by=by, reason=reason
    )
    return people | {lines[person.pk].line_number: person for person in known}


def _new_person(row: AttendanceRow, codes: Codes) -> PersonFacts:
    return PersonFacts(
        family_name=row.family_name,
        given_name=row.given_name,
        sex=row.sex,
        phone=row.phone or "",
        email=row.email,
        matricule=row.matricule,
        birth_year=row.birth_year,
        profession_id=codes.profession(row),
    )


def row_facts(row: AttendanceRow, codes: Codes) -> dict[str, object]:
    """What a row says of a person, by field (`accounts.people_bulk.FILLED_FIELDS`)."""
    return {
        "sex": row.sex,
        "phone": row.phone,
        "email": row.email,
        "matricule": row.matricule[:40],
        "birth_year": row.birth_year,
        "profession_id": codes.profession(row),
    }


def _open_missing_postings(
    attendees: Sequence[Attendee], people: dict[int, AnyPerson], codes: Codes
) -> None:
    """Give a first posting, since an unknown day, to those of whom none is known.

    A known posting that differs is not touched: a sheet is no proof of a transfer.
    """
    serving = {posting.person_id for posting in _postings_of(attendees)}
    open_postings(
        [
            (
                people[attendee.row.line_number].pk,
                codes.organization(attendee.row),
                codes.territory(attendee.row),
            )
            for attendee in attendees
            if attendee.person_id not in serving
            and (codes.organization(attendee.row) or codes.territory(attendee.row))
        ]
    )


def _postings_of(
    attendees: Sequence[Attendee], postings: QuerySet[Posting] | None = None
) -> list[Posting]:
    """Postings of the persons already known, the latest last."""
    known = [one.person_id for one in attendees if one.person_id is not None]
    among = Posting.objects.all() if postings is None else postings
    found: list[Posting] = []
    for batch in batches(known):
        found += among.filter(person__in=batch).order_by("started_on", "pk")
    return found


def _enrol_all(
    session: TrainingSession,
    joining: Sequence[Attendee],
    people: dict[int, AnyPerson],
    codes: Codes,
) -> None:
    serving = {
        posting.person_id: posting
        for posting in _postings_of(joining, Posting.objects.on(session.starts_on))
    }
    now = timezone.now()
    participations: list[tuple[object, ...]] = []
    for attendee in joining:
        person = people[attendee.row.line_number]
        organization_id, territory_id = place_of(attendee.row, codes, serving.get(person.pk))
        participations.append(
            (
                session.pk,
                person.pk,
                attendee.row.sex or person.sex,
                codes.profession(attendee.row) or person.profession_id,
                organization_id,
                territory_id,
                now,
            )
        )
    insert_rows(Participation, PARTICIPATION_FIELDS, participations)


def place_of(
    row: AttendanceRow, codes: Codes, posting: Posting | None
) -> tuple[int | None, int | None]:
    """Structure and territory as the sheet says; from the posting only when it says neither."""
    organization_id, territory_id = codes.organization(row), codes.territory(row)
    if posting is None or organization_id or territory_id:
        return organization_id, territory_id
    return posting.organization_id, posting.territory_id
