"""Import many events in two steps: check (nothing written), then apply, or nothing at all (§3).

The same file applied twice changes nothing: an event known by its code, or by its nature, place,
territory and day, is left as it is.
"""

import uuid as uuids
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.enums import TerritoryLevel
from accounts.models import Territory, User
from accounts.names import fold
from trainers.awareness.codes import is_fit_code
from trainers.awareness.event_rows import EventRow, EventSheet, Words, read_events
from trainers.awareness.events import EventRefused, record_event
from trainers.awareness.headcounts import total_of
from trainers.enums import AwarenessTheme, EventKind, EvidenceKind, Language, Sector
from trainers.evidence import sha256_of, store_evidence
from trainers.models import AwarenessEvent
from trainers.workbooks import read_table

# What people call them, beside the words of the platform.
_OTHER_KINDS = {
    "dialogue": EventKind.COMMUNITY_DIALOGUE,
    "causerie": EventKind.COMMUNITY_DIALOGUE,
    "causerie debat": EventKind.COMMUNITY_DIALOGUE,
    "rencontre": EventKind.SECTOR_MEETING,
    "rencontre sectorielle": EventKind.SECTOR_MEETING,
    "plaidoyer": EventKind.ADVOCACY,
    "campagne": EventKind.CAMPAIGN,
    "journee mondiale": EventKind.WORLD_DAY,
    "30 juillet": EventKind.WORLD_DAY,
}
NEW, KNOWN, REPEATED, BAD = "NEW", "KNOWN", "REPEATED", "BAD"
_Key = tuple[str, int, str, str, str]


@dataclass(frozen=True)
class ImportedRow:
    """One row as the screen shows it; `status` is NEW, KNOWN, REPEATED or BAD."""

    line: int
    title: str
    place: str
    people: int
    status: str
    errors: tuple[str, ...] = ()
    known: str = ""


@dataclass(frozen=True)
class EventReport:
    """What applying a file would do, or did."""

    name: str
    sha256: str
    rows: tuple[ImportedRow, ...] = ()
    errors: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    applied: bool = False

    @property
    def people(self) -> int:
        """How many people the new events reached."""
        return sum(row.people for row in self.rows if row.status == NEW)

    def count(self, status: str) -> int:
        return sum(row.status == status for row in self.rows)

    @property
    def new(self) -> int:
        return self.count(NEW)

    @property
    def known(self) -> int:
        return self.count(KNOWN) + self.count(REPEATED)

    @property
    def bad(self) -> int:
        return self.count(BAD)


@dataclass(frozen=True)
class _Reading:
    report: EventReport
    new: tuple[EventRow, ...]
    territories: Mapping[str, Territory]


def check_events(*, content: bytes, name: str, scope: set[int] | None) -> EventReport:
    """Read a file and tell what applying it would do; nothing is written.

    `scope` are the ids of the territories that the reader may write in, None for all of them.
    Raises `trainers.workbooks.UnreadableWorkbook`.
    """
    return _read(content, name, scope).report


@transaction.atomic
def apply_events(*, content: bytes, name: str, scope: set[int] | None, by: User) -> EventReport:
    """Record the new events of a file in the name of `by`; bad rows are left out and told.

    Raises `EventRefused`, `UnreadableWorkbook`, `trainers.evidence.EvidenceRefused`.
    """
    reading = _read(content, name, scope)
    if reading.report.errors:
        raise EventRefused(" ".join(reading.report.errors))
    store_evidence(kind=EvidenceKind.EVENTS_FILE, content=content, name=name, by=by)
    for row in reading.new:
        assert row.held_on is not None
        record_event(
            uuid=uuids.uuid5(uuids.NAMESPACE_OID, f"{reading.report.sha256}:{row.line}"),
            code=row.code,
            kind=row.kind,
            title=row.title,
            territory=reading.territories[row.territory],
            place=row.place,
            held_on=row.held_on,
            theme=row.theme,
            language=row.language,
            sector=row.sector,
            held_by=row.held_by,
            headcounts=row.cells,
            pre=row.pre,
            post=row.post,
            encoded_by=by,
        )
    return replace(reading.report, applied=True)


def _read(content: bytes, name: str, scope: set[int] | None) -> _Reading:
    territories = {one.code: one for one in Territory.objects.select_related("parent")}
    sheet = read_events(read_table(content, name=name), _words(territories))
    seen = _known_events(sheet, territories)
    shown, new = [], []
    for row in sheet.rows:
        wrong = row.errors or _beyond(row, territories, scope)
        key = _key(row, territories) if not wrong else None
        known = "" if key is None else seen.get(row.code.casefold(), seen.get(key, ""))
        status = BAD if wrong else KNOWN if known else NEW
        if known.startswith("ligne "):
            status = REPEATED
        if status == NEW and key is not None:
            new.append(row)
            seen[key] = f"ligne {row.line}"
            if row.code:
                seen[row.code.casefold()] = f"ligne {row.line}"
        shown.append(_shown(row, status, wrong, known, territories.get(row.territory)))
    errors = sheet.errors
    if not shown and not errors:
        errors = (_("Ce classeur ne contient aucune ligne sous ses titres."),)
    report = EventReport(name, sha256_of(content), tuple(shown), errors, sheet.unknown)
    return _Reading(report, tuple(new), territories)


def _shown(
    row: EventRow, status: str, errors: tuple[str, ...], known: str, territory: Territory | None
) -> ImportedRow:
    kind = str(EventKind(row.kind).label) if row.kind else "—"
    place = ", ".join(part for part in (row.place, territory.name if territory else "") if part)
    return ImportedRow(
        row.line, row.title or kind, place, total_of(row.cells), status, errors, known
    )


def _beyond(
    row: EventRow, territories: Mapping[str, Territory], scope: set[int] | None
) -> tuple[str, ...]:
    errors = []
    if scope is not None and territories[row.territory].pk not in scope:
        errors.append(_("Ce territoire n'est pas le vôtre."))
    if row.held_on is not None and row.held_on > timezone.localdate():
        errors.append(_("La date est dans l'avenir."))
    if row.code and not is_fit_code(row.code):
        errors.append(_("Le code ne convient pas : lettres, chiffres et tirets seulement."))
    return tuple(errors)


def _known_events(sheet: EventSheet, territories: Mapping[str, Territory]) -> dict[_Key | str, str]:
    """Codes of the events of those days, by natural key and by code: one query."""
    days = {row.held_on for row in sheet.rows if row.held_on is not None}
    codes = {row.code.upper() for row in sheet.rows if row.code}
    if not days:
        return {}
    known: dict[_Key | str, str] = {}
    for event in AwarenessEvent.objects.filter(held_on__range=(min(days), max(days))):
        day = event.held_on.isoformat()
        key = (event.kind, event.territory_id, day, fold(event.place), fold(event.title))
        known[key] = event.code
        known[event.code.casefold()] = event.code
    elsewhere = AwarenessEvent.objects.filter(code__in=codes).values_list("code", flat=True)
    known.update({code.casefold(): code for code in elsewhere})
    return known


def _key(row: EventRow, territories: Mapping[str, Territory]) -> _Key:
    assert row.held_on is not None
    kind, place = str(EventKind(row.kind).label), row.place
    title = row.title or (f"{kind}, {place}" if place else kind)
    day = row.held_on.isoformat()
    return (row.kind, territories[row.territory].pk, day, fold(place), fold(title))


def _words(territories: Mapping[str, Territory]) -> Words:
    kinds = {fold(label): code for code, label in EventKind.choices}
    # The name of a region and of one of its cercles is the region's.
    ordered = sorted(territories.values(), key=lambda one: one.level == TerritoryLevel.REGION)
    return Words(
        kinds={**kinds, **_OTHER_KINDS, **{fold(code): code for code in EventKind.values}},
        themes={fold(label): code for code, label in AwarenessTheme.choices},
        languages={fold(label): code for code, label in Language.choices},
        sectors={fold(label): code for code, label in Sector.choices},
        territories={
            **{one.name_key: one.code for one in ordered},
            "bamako": territories["district-de-bamako"].code
            if "district-de-bamako" in territories
            else "",
        },
    )
