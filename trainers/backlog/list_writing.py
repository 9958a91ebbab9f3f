"""Write the lists of any number of old sessions together, in a fixed number of queries.

The same decisions as importing each list by itself, in the order of the file: what an earlier
session told of a person is known to the later ones, and frozen in them only.
"""

import datetime
import uuid as uuids
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.bulk_insert import insert_rows
from accounts.models import Person, Posting, User
from accounts.people_bulk import (
    FILLED_FIELDS,
    PersonFacts,
    batches,
    create_persons,
    fill_blanks,
    open_postings,
)
from trainers.attendance.rows import AttendanceRow
from trainers.attendance.writing import (
    MARK_FIELDS,
    MARKS,
    PARTICIPATION_FIELDS,
    Codes,
    codes_of,
    place_of,
    row_facts,
)
from trainers.backlog.file_people import Found
from trainers.enums import EntrySource, EvidenceKind
from trainers.models import AttendanceMark, Evidence, Participation, SessionSlot, TrainingSession
from trainers.participation.ladder import climb
from trainers.participation.records import Figures, rounded_figures
from trainers.participation.rule_sets import thresholds_of

Key = tuple[str, int]  # a person of the file
OldList = tuple[TrainingSession, Sequence[Found]]
_CLIMBED_FIELDS = (*PARTICIPATION_FIELDS, "status", "contact_minutes", "attendance_percent")


@dataclass
class _Standing:
    """What is known of a person, session after session."""

    row: AttendanceRow  # the first one, which names a new person
    person: Person | None
    facts: dict[str, object] = field(default_factory=dict)
    postings: list[Posting] = field(default_factory=list)
    opened: tuple[int | None, int | None] | None = None  # structure, territory
    pk: int = 0
    uuid: uuids.UUID | None = None

    def learn(self, row: AttendanceRow, codes: Codes) -> None:
        """Complete what is empty, and take a first posting where none is known."""
        for name, value in row_facts(row, codes).items():
            if value and not self.facts.get(name):
                self.facts[name] = value
        organization_id, territory_id = codes.organization(row), codes.territory(row)
        if not self.postings and (organization_id or territory_id):
            self.opened = organization_id, territory_id
            self.postings = [Posting(organization_id=organization_id, territory_id=territory_id)]

    def posting_on(self, day: datetime.date) -> Posting | None:
        """As `Posting.objects.on(day)`; the latest of several."""
        serving = [
            one for one in self.postings if (one.started_on or day) <= day <= (one.ended_on or day)
        ]
        return serving[-1] if serving else None


@dataclass(frozen=True)
class _Enrolled:
    """One person on the list of one session, with what is frozen."""

    session: TrainingSession
    found: Found
    frozen: tuple[object, ...]  # sex, profession, structure, territory


@transaction.atomic
def write_old_lists(lists: Sequence[OldList], *, name: str, by: User | None) -> None:
    """Write persons, postings, participations with their rung, and marks of sessions just opened.

    `name` is the file's, for the history of the persons. The sessions hold nobody yet and are over.
    """
    codes = codes_of(one.row for _session, found in lists for one in found)
    standings = _standings(lists)
    enrolled = [
        _Enrolled(session, one, _frozen(standings[one.key], one.row, session.starts_on, codes))
        for session, found in lists
        for one in found
    ]
    reason = _("Import de sessions anciennes, fichier %(name)s") % {"name": name}
    _write_people(standings.values(), by=by, reason=reason)
    slots = _slots_of(lists)
    _write_participations(enrolled, standings, slots)
    _write_marks(enrolled, standings, slots, by=by)


def _standings(lists: Sequence[OldList]) -> dict[Key, _Standing]:
    rows: dict[Key, AttendanceRow] = {}
    for _session, found in lists:
        for one in found:
            rows.setdefault(one.key, one.row)
    persons: dict[int, Person] = {}
    postings: dict[int, list[Posting]] = defaultdict(list)
    for batch in batches(pk for kind, pk in rows if kind == "known"):
        persons |= Person.objects.in_bulk(batch)
        for posting in Posting.objects.filter(person__in=batch).order_by("started_on", "pk"):
            postings[posting.person_id].append(posting)
    standings = {}
    for key, row in rows.items():
        person = persons[key[1]] if key[0] == "known" else None
        facts = {name: getattr(person, name) for name in FILLED_FIELDS} if person else {}
        standings[key] = _Standing(row, person, facts, postings[key[1]] if person else [])
    return standings


def _frozen(
    standing: _Standing, row: AttendanceRow, day: datetime.date, codes: Codes
) -> tuple[object, ...]:
    standing.learn(row, codes)
    return (
        row.sex or standing.facts.get("sex") or "",
        codes.profession(row) or standing.facts.get("profession_id"),
        *place_of(row, codes, standing.posting_on(day)),
    )


def _write_people(standings: Iterable[_Standing], *, by: User | None, reason: str) -> None:
    everybody = list(standings)
    new = [one for one in everybody if one.person is None]
    known = [one for one in everybody if one.person is not None]
    created = create_persons([_new_person(one) for one in new], by=by, reason=reason)
    for one, written in zip(new, created, strict=True):
        one.pk, one.uuid = written.pk, written.uuid
    persons = []
    for one in known:
        assert one.person is not None
        one.pk, one.uuid = one.person.pk, one.person.uuid
        persons.append(one.person)
    fill_blanks(persons, {one.pk: one.facts for one in known}, by=by, reason=reason)
    open_postings([(one.pk, *one.opened) for one in (*new, *known) if one.opened])


def _new_person(one: _Standing) -> PersonFacts:
    told: dict[str, object] = {name: one.facts.get(name) or "" for name in FILLED_FIELDS}
    told |= {name: one.facts.get(name) for name in ("birth_year", "profession_id")}
    return PersonFacts(one.row.family_name, one.row.given_name, **told)  # type: ignore[arg-type]


def _slots_of(lists: Sequence[OldList]) -> dict[int, dict[int, tuple[int, int]]]:
    """Of each session: id and minutes of each half-day, by position."""
    slots: dict[int, dict[int, tuple[int, int]]] = defaultdict(dict)
    for batch in batches(session.pk for session, _found in lists):
        told = SessionSlot.objects.filter(session__in=batch).order_by("session", "position")
        for session_id, position, pk, minutes in told.values_list(
            "session_id", "position", "pk", "minutes"
        ):
            slots[session_id][position] = pk, minutes
    return slots


def _write_participations(
    enrolled: Sequence[_Enrolled],
    standings: dict[Key, _Standing],
    slots: dict[int, dict[int, tuple[int, int]]],
) -> None:
    now = timezone.now()
    sessions = {one.session.pk: one.session for one in enrolled}
    thresholds = {pk: thresholds_of(one.rule_set) for pk, one in sessions.items()}

    @cache  # whole rooms attended the same half-days
    def figures_of(session_id: int, present: tuple[int, ...]) -> Figures:
        of_session = slots[session_id]
        rung = climb(
            session_type=sessions[session_id].type,
            slot_minutes=tuple(minutes for _pk, minutes in of_session.values()),
            attended_minutes=tuple(of_session[position][1] for position in present),
            post_percent=None,
            thresholds=thresholds[session_id],
            is_over=True,
        )
        return rounded_figures(rung)

    insert_rows(
        Participation,
        _CLIMBED_FIELDS,
        (
            (
                one.session.pk,
                standings[one.found.key].pk,
                *one.frozen,
                now,
                *_in_order(figures_of(one.session.pk, _present(one.found))),
            )
            for one in enrolled
        ),
    )


def _in_order(figures: Figures) -> Figures:
    status, minutes, percent = figures
    return str(status), minutes, percent


def _present(found: Found) -> tuple[int, ...]:
    return tuple(sorted(found.row.present_positions))


def _write_marks(
    enrolled: Sequence[_Enrolled],
    standings: dict[Key, _Standing],
    slots: dict[int, dict[int, tuple[int, int]]],
    *,
    by: User | None,
) -> None:
    now, author = timezone.now(), by.pk if by else None
    participations: dict[tuple[int, int], int] = {}
    evidence: dict[int, int] = {}
    for batch in batches({one.session.pk: None for one in enrolled}):
        written = Participation.objects.filter(session__in=batch)
        for session_id, person_id, pk in written.values_list("session_id", "person_id", "pk"):
            participations[session_id, person_id] = pk
        kept = Evidence.objects.filter(session__in=batch, kind=EvidenceKind.BACKLOG_FILE)
        evidence |= dict(kept.values_list("session_id", "pk"))
    insert_rows(
        AttendanceMark,
        MARK_FIELDS,
        (
            (
                uuids.uuid5(MARKS, f"{one.session.code}/{standing.uuid}/{position}"),
                participations[one.session.pk, standing.pk],
                slots[one.session.pk][position][0],
                True,
                str(EntrySource.IMPORT),
                now,
                author,
                evidence[one.session.pk],
            )
            for one, standing in ((one, standings[one.found.key]) for one in enrolled)
            for position in _present(one.found)
        ),
    )
