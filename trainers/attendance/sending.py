"""Receive a phone's roll call: each item once, each with its answer, in one transaction."""

import uuid as uuids
from collections import defaultdict
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.attendance.sending_payload import Sending, SentMark, Settled, settle
from trainers.attendance.sent_newcomers import enrol_newcomers
from trainers.enums import EntrySource, SessionMode
from trainers.models import (
    AttendanceMark,
    Participation,
    Registration,
    SessionSlot,
    TrainingSession,
)
from trainers.participation.marks import Pair, unvoided_marks
from trainers.participation.records import refresh_ladder
from trainers.sessions.lock import CLOSED_STATES, lock_session, start_session


@dataclass(frozen=True)
class ItemAnswer:
    """What became of one item: kept (`refusal` is ""), with a note to show if any."""

    refusal: str = ""
    note: str = ""


@dataclass
class _Room:
    """What the session holds when the sending arrives, then what each item adds to it."""

    session: TrainingSession
    source: str
    closed: str  # why nothing more is written, or ""
    slots: set[int]
    people: set[int]
    newcomers: dict[uuids.UUID, Registration]
    known: dict[uuids.UUID, Pair]
    unvoided: dict[Pair, dict[uuids.UUID, AttendanceMark]]
    written: list[AttendanceMark] = field(default_factory=list)


@transaction.atomic
def receive_sending(
    *,
    session: TrainingSession,
    sending: Sending,
    by: User | None,
    may_write: bool = True,
    source: str = EntrySource.PHONE,
) -> dict[uuids.UUID, ItemAnswer]:
    """Write what is new and answer for each item; the same sending again gives the same answer.

    An item already kept is kept, even after the session was closed. What cannot be kept is refused
    in a sentence, beside the others. `source` is said of marks that were not scanned. A fixed
    number of queries.
    """
    room = _room_of(lock_session(session), sending, may_write=may_write, source=source)
    answers = {
        uuid: ItemAnswer(_("Cet envoi est illisible : notez cette présence de nouveau."))
        for uuid in sending.unreadable
    }
    answers |= _receive_newcomers(room, sending, by)
    for mark in sending.marks:
        answers[mark.uuid] = _receive_mark(room, mark, by)
    if room.written:
        _write(room.written)
        start_session(room.session)
        refresh_ladder(session=room.session)
    return answers


def _write(marks: list[AttendanceMark]) -> None:
    """One query, and one more for marks that correct others of this very sending."""
    while marks:
        ready = [one for one in marks if one.voids is None or one.voids.pk is not None]
        AttendanceMark.objects.bulk_create(ready)
        marks = [one for one in marks if one.pk is None]


def _room_of(session: TrainingSession, sending: Sending, *, may_write: bool, source: str) -> _Room:
    named = {one.uuid for one in sending.newcomers}
    named |= {mark.who for mark in sending.marks if isinstance(mark.who, uuids.UUID)}
    unvoided: dict[Pair, dict[uuids.UUID, AttendanceMark]] = defaultdict(dict)
    for mark in unvoided_marks(session):
        unvoided[mark.participation_id, mark.slot_id][mark.uuid] = mark
    return _Room(
        session=session,
        source=source,
        closed=_why_closed(session, may_write=may_write),
        slots=set(SessionSlot.objects.filter(session=session).values_list("pk", flat=True)),
        people=set(Participation.objects.filter(session=session).values_list("pk", flat=True)),
        newcomers={one.uuid: one for one in Registration.objects.filter(uuid__in=named)},
        known={
            uuid: (participation_id, slot_id)
            for uuid, participation_id, slot_id in AttendanceMark.objects.filter(
                uuid__in=[mark.uuid for mark in sending.marks]
            ).values_list("uuid", "participation_id", "slot_id")
        },
        unvoided=unvoided,
    )


def _why_closed(session: TrainingSession, *, may_write: bool) -> str:
    if session.state in CLOSED_STATES:
        return _("La session %(code)s est %(state)s : ses présences ne changent plus.") % {
            "code": session.code,
            "state": session.get_state_display().lower(),
        }
    if session.mode == SessionMode.ONLINE:
        return _("Cette session se tient en ligne : aucun appel n'y est fait.")
    if not may_write:
        return _("Votre compte peut consulter cette session, pas y noter de présence.")
    return ""


def _receive_newcomers(
    room: _Room, sending: Sending, by: User | None
) -> dict[uuids.UUID, ItemAnswer]:
    new = [one for one in sending.newcomers if one.uuid not in room.newcomers]
    if new and not room.closed:
        for made in enrol_newcomers(session=room.session, newcomers=new, by=by):
            room.newcomers[made.uuid] = made
            if made.participation_id is not None:
                room.people.add(made.participation_id)
    return {one.uuid: _newcomer_answer(room, one.uuid) for one in sending.newcomers}


def _newcomer_answer(room: _Room, uuid: uuids.UUID) -> ItemAnswer:
    kept = room.newcomers.get(uuid)
    if kept is None:
        return ItemAnswer(room.closed)
    if kept.session_id != room.session.pk:
        return ItemAnswer(_("Cet identifiant est déjà celui d'une personne d'une autre session."))
    return ItemAnswer(note=kept.reason)


def _receive_mark(room: _Room, mark: SentMark, by: User | None) -> ItemAnswer:
    pair = (_participation_of(room, mark), mark.slot_id)
    known = room.known.get(mark.uuid)
    if known is not None:
        if known == pair:
            return ItemAnswer()
        return ItemAnswer(_("Cet identifiant de pointage est déjà celui d'un autre pointage."))
    refusal = room.closed or _misfit(room, pair, mark)
    if refusal:
        return ItemAnswer(refusal)
    unvoided = room.unvoided[pair]
    settled = settle(mark, {uuid: one.is_present for uuid, one in unvoided.items()})
    _append(room, pair, mark, settled, by)
    if settled.contradicts:
        return ItemAnswer(
            note=_(
                "Un autre pointage dit le contraire, les deux sont gardés : "
                "rechargez la page pour choisir."
            )
        )
    return ItemAnswer()


def _participation_of(room: _Room, mark: SentMark) -> int:
    """The id of the list, or 0 for a newcomer that this session does not hold."""
    if isinstance(mark.who, int):
        return mark.who
    newcomer = room.newcomers.get(mark.who)
    if newcomer is None or newcomer.session_id != room.session.pk:
        return 0
    return newcomer.participation_id or 0


def _misfit(room: _Room, pair: Pair, mark: SentMark) -> str:
    if pair[0] not in room.people:
        return _("Cette personne n'est pas sur la liste de la session %(code)s.") % {
            "code": room.session.code
        }
    if pair[1] not in room.slots:
        return _("Cette demi-journée n'est pas de la session %(code)s.") % {
            "code": room.session.code
        }
    if mark.voids and not mark.why:
        return _("Une correction de présence demande un motif.")
    return ""


def _append(room: _Room, pair: Pair, mark: SentMark, settled: Settled, by: User | None) -> None:
    """One mark, and one more for each further mark that it voids: a mark voids one other."""
    standing = room.unvoided[pair]
    for rank, voided in enumerate(settled.voids or (None,)):
        made = AttendanceMark(
            uuid=mark.uuid if rank == 0 else uuids.uuid5(mark.uuid, str(voided)),
            participation_id=pair[0],
            slot_id=pair[1],
            is_present=mark.is_present,
            source=EntrySource.QR if mark.is_scanned else room.source,
            device_at=mark.at,
            recorded_at=timezone.now(),
            recorded_by=by,
            voids=None if voided is None else standing.pop(voided),
            void_reason=mark.why,
        )
        standing[made.uuid] = made
        room.written.append(made)
    room.known[mark.uuid] = pair
