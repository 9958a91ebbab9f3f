"""Acts on the attendance log: append-only, one uuid one mark, corrections carry a reason (§3)."""

import datetime
import uuid as uuids
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import chain

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from trainers.enums import EntrySource
from trainers.models import AttendanceMark, Participation, SessionSlot, TrainingSession
from trainers.participation.marks import Pair, unvoided_marks
from trainers.participation.records import refresh_ladder
from trainers.sessions.lock import lock_open_session, start_session


class MarkRefused(ValueError):
    """A mark that cannot be written as asked; its text is a French sentence."""


@dataclass(frozen=True)
class MarkEntry:
    """One line of a roll call, with the uuid that the page or the phone made."""

    uuid: uuids.UUID
    participation_id: int
    slot_id: int
    is_present: bool
    device_at: datetime.datetime | None = None


@dataclass(frozen=True)
class RollCall:
    """What a roll call changed: new marks, corrected ones, and entries that said nothing new."""

    recorded: int = 0
    corrected: int = 0
    unchanged: int = 0
    marks: tuple[AttendanceMark, ...] = field(default=(), repr=False)


@transaction.atomic
def record_mark(
    *,
    uuid: uuids.UUID,
    participation: Participation,
    slot: SessionSlot,
    is_present: bool = True,
    source: str,
    device_at: datetime.datetime | None = None,
    by: User | None = None,
) -> AttendanceMark:
    """Append one mark; a repeat of the same uuid returns the mark already written.

    Another mark that says otherwise is kept beside the first, which stands (a red flag shows both).
    Raises `MarkRefused`, `trainers.sessions.lock.SessionClosed`.
    """
    session = lock_open_session(_session_of(participation))
    known = _known_mark(uuid, participation.pk, slot.pk)
    if known is not None:
        return known
    if slot.session_id != session.pk:
        raise MarkRefused(
            _("Cette demi-journée n'est pas de la session %(code)s.") % _code(session)
        )
    mark = AttendanceMark.objects.create(
        uuid=uuid,
        participation=participation,
        slot=slot,
        is_present=is_present,
        source=source,
        device_at=device_at,
        recorded_at=timezone.now(),
        recorded_by=by,
    )
    start_session(session)
    refresh_ladder(session=session)
    return mark


@transaction.atomic
def void_mark(
    *,
    mark: AttendanceMark,
    uuid: uuids.UUID,
    reason: str,
    is_present: bool,
    by: User | None,
    source: str = EntrySource.TYPED,
) -> AttendanceMark:
    """Correct a mark by a new one that voids it, with the reason; the first stays in the log."""
    session = lock_open_session(_session_of(mark.participation))
    known = _known_mark(uuid, mark.participation_id, mark.slot_id)
    if known is not None:
        return known
    if not reason.strip():
        raise MarkRefused(_("Une correction de présence demande un motif."))
    if AttendanceMark.objects.filter(voids=mark).exists():
        raise MarkRefused(_("Ce pointage a déjà été corrigé : rechargez la page."))
    correction = AttendanceMark.objects.create(
        uuid=uuid,
        participation_id=mark.participation_id,
        slot_id=mark.slot_id,
        is_present=is_present,
        source=source,
        recorded_at=timezone.now(),
        recorded_by=by,
        voids=mark,
        void_reason=reason.strip()[:200],
    )
    refresh_ladder(session=session)
    return correction


@transaction.atomic
def record_marks(
    *,
    session: TrainingSession,
    entries: Sequence[MarkEntry],
    source: str,
    by: User | None,
    reason: str = "",
) -> RollCall:
    """Write a roll call: only what differs from the standing marks, in a fixed number of queries.

    An entry that contradicts standing marks corrects each of them and needs `reason`. Raises
    `MarkRefused`, `trainers.sessions.lock.SessionClosed`; then nothing is written.
    """
    locked = lock_open_session(session)
    _refuse_strangers(locked, entries)
    standing: dict[Pair, list[AttendanceMark]] = defaultdict(list)
    for one in unvoided_marks(locked):
        standing[one.participation_id, one.slot_id].append(one)
    known = set(
        AttendanceMark.objects.filter(participation__session=locked).values_list("uuid", flat=True)
    )
    fresh: list[AttendanceMark] = []
    corrections: dict[uuids.UUID, list[AttendanceMark]] = {}
    for entry in entries:
        marks = standing[entry.participation_id, entry.slot_id]
        wrong = [one for one in marks if one.is_present != entry.is_present]
        if entry.uuid in known or (marks and not wrong):
            continue
        if not marks:
            fresh.append(_mark(entry, voids=None, source=source, by=by))
        else:
            corrections[entry.uuid] = _corrections(
                entry, wrong, source=source, by=by, reason=reason
            )
    if corrections and not reason.strip():
        raise MarkRefused(
            ngettext(
                "%(count)d présence déjà notée change : indiquez le motif de la correction.",
                "%(count)d présences déjà notées changent : indiquez le motif de la correction.",
                len(corrections),
            )
            % {"count": len(corrections)}
        )
    written = AttendanceMark.objects.bulk_create([*fresh, *chain(*corrections.values())])
    if written:
        start_session(locked)
        refresh_ladder(session=locked)
    unchanged = len(entries) - len(fresh) - len(corrections)
    return RollCall(len(fresh), len(corrections), unchanged, tuple(written))


def _corrections(
    entry: MarkEntry, wrong: list[AttendanceMark], *, source: str, by: User | None, reason: str
) -> list[AttendanceMark]:
    """One mark for each that it voids: two phones may have written the same mistake."""
    first, *others = wrong
    return [
        _mark(entry, voids=first, source=source, by=by, reason=reason),
        *(
            _mark(
                replace(entry, uuid=uuids.uuid5(entry.uuid, str(other.uuid))),
                voids=other,
                source=source,
                by=by,
                reason=reason,
            )
            for other in others
        ),
    ]


def _mark(
    entry: MarkEntry,
    *,
    voids: AttendanceMark | None,
    source: str,
    by: User | None,
    reason: str = "",
) -> AttendanceMark:
    return AttendanceMark(
        uuid=entry.uuid,
        participation_id=entry.participation_id,
        slot_id=entry.slot_id,
        is_present=entry.is_present,
        source=source,
        device_at=entry.device_at,
        recorded_at=timezone.now(),
        recorded_by=by,
        voids=voids,
        void_reason=reason.strip()[:200] if voids else "",
    )


def _refuse_strangers(session: TrainingSession, entries: Sequence[MarkEntry]) -> None:
    """Refuse entries of another session, and one uuid or one half-day used twice in the call."""
    people = set(Participation.objects.filter(session=session).values_list("pk", flat=True))
    slots = set(SessionSlot.objects.filter(session=session).values_list("pk", flat=True))
    pairs = {(entry.participation_id, entry.slot_id) for entry in entries}
    if not all(person in people and slot in slots for person, slot in pairs):
        raise MarkRefused(
            _("Une personne ou une demi-journée n'est pas de la session %(code)s.") % _code(session)
        )
    if len(pairs) < len(entries) or len({entry.uuid for entry in entries}) < len(entries):
        raise MarkRefused(_("La même personne est pointée deux fois pour une demi-journée."))


def _known_mark(uuid: uuids.UUID, participation_id: int, slot_id: int) -> AttendanceMark | None:
    known = AttendanceMark.objects.filter(uuid=uuid).first()
    if known is not None and (known.participation_id, known.slot_id) != (participation_id, slot_id):
        raise MarkRefused(_("Cet identifiant de pointage est déjà celui d'un autre pointage."))
    return known


def _session_of(participation: Participation) -> TrainingSession:
    if participation.session is None:
        raise MarkRefused(_("Un parcours individuel n'a pas de feuille de présence."))
    return participation.session


def _code(session: TrainingSession) -> dict[str, str]:
    return {"code": session.code}
