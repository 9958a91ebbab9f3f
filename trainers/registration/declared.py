"""Acts on declared presence: say « I am here » with the code on the screen, confirm it or not.

A declaration is nobody's mark. The trainer confirms it, and only then is a mark written, whose
source says how it came.
"""

import hashlib
import uuid as uuids
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.translation import gettext as _

from accounts.models import Person, User
from accounts.phones import InvalidPhone, normalise_phone
from accounts.tries import count_try, tries
from trainers.attendance.log import MarkEntry, record_marks
from trainers.enums import EntrySource, SessionMode
from trainers.models import DeclaredPresence, Participation, SessionSlot, TrainingSession
from trainers.participation.marks import marks_in_force
from trainers.registration.rotating_code import code_at, is_taken, seconds_left, step_of
from trainers.sessions.lock import (
    CLOSED_STATES,
    FINISHED_STATES,
    lock_open_session,
    lock_session,
)

DECLARED_MARKS = uuids.UUID("2b0c5b1e-6a0f-5d5b-8f43-6a8e1b7c9d20")  # namespace of their marks
# Two codes in a million are right at any moment: sixty tries a minute find one in six days.
MISSES = 60
WINDOW_SECONDS = 60
OWN_MISSES = 10  # of one account, which a stranger who floods the session cannot lock out


class DeclarationRefused(ValueError):
    """A declaration that is not taken; its one sentence tells nothing of the list."""


class TooManyTries(DeclarationRefused):
    """Too many wrong codes for this session in the last minute."""


@dataclass(frozen=True)
class ShownCode:
    """What the trainer's screen shows: six digits, and how many seconds they stay the current."""

    digits: str
    seconds: int


@dataclass(frozen=True)
class Confirmed:
    """What a confirmation did: presences confirmed, and those an absence already noted denies."""

    confirmed: int = 0
    contradicted: int = 0


def shown_code(slot: SessionSlot) -> ShownCode:
    """Return the code of a half-day at this moment."""
    now = timezone.now().timestamp()
    digits = code_at(_secret(), session=str(slot.session_id), slot=slot.pk, step=step_of(now))
    return ShownCode(digits, seconds_left(now))


@transaction.atomic
def declare_presence(
    *,
    session: TrainingSession | None,
    key: str,
    code: str,
    phone: str = "",
    person: Person | None = None,
    uuid: uuids.UUID,
) -> DeclaredPresence:
    """Note that somebody on the list says to be there, in the half-day whose code they typed.

    By the account's `person`, or else by the `phone` of the list. Whatever is wrong (session, code,
    number), the refusal is the same. `key` is what the address names the session with: wrong tries
    are counted by it, those of an account by the account. Sent twice, it is one declaration.
    """
    counter = _counter(key, person)
    limit = OWN_MISSES if person else MISSES
    if tries(counter) >= limit:
        raise TooManyTries(
            _("Trop d'essais pour cette session. Attendez une minute, puis recommencez.")
        )
    participation = slot = None
    if session is not None and _slot_of(session, code) is not None:
        session = lock_session(session)  # its half-days may be changing, a double click coming
        slot = _slot_of(session, code)
        participation = _participation(session, phone, person)
    if slot is None or participation is None:
        count_try(counter, seconds=WINDOW_SECONDS)
        raise DeclarationRefused(
            _(
                "Ce code ou ce numéro ne convient pas. Relisez le code à l'écran : il change "
                "souvent. Sinon, dites au formateur que vous êtes là."
            )
        )
    known = DeclaredPresence.objects.filter(participation=participation, slot=slot).first()
    if known is not None:
        return known
    is_free = not DeclaredPresence.objects.filter(uuid=uuid).exists()
    return DeclaredPresence.objects.create(
        uuid=uuid if is_free else uuids.uuid4(),
        participation=participation,
        slot=slot,
        declared_at=timezone.now(),
    )


@transaction.atomic
def confirm_declared(*, session: TrainingSession, ids: Iterable[int], by: User | None) -> Confirmed:
    """Turn declarations into marks, through the log; whoever is already marked stays as marked.

    A second call changes nothing. Raises `trainers.sessions.lock.SessionClosed`.
    """
    locked = lock_open_session(session)
    waiting = list(
        DeclaredPresence.objects.filter(
            pk__in=list(ids), slot__session=locked, mark=None, refused_at=None
        ).order_by("pk")
    )
    standing = marks_in_force(locked)
    denied = {
        one.pk
        for one in waiting
        if (mark := standing.get((one.participation_id, one.slot_id))) and not mark.is_present
    }
    kept = [one for one in waiting if one.pk not in denied]
    record_marks(
        session=locked,
        entries=[_entry(one) for one in kept],
        source=EntrySource.DECLARED,
        by=by,
    )
    standing = marks_in_force(locked)
    for one in kept:
        one.mark = standing[one.participation_id, one.slot_id]
    DeclaredPresence.objects.bulk_update(kept, ["mark"], batch_size=200)
    return Confirmed(len(kept), len(denied))


@transaction.atomic
def set_aside(*, session: TrainingSession, ids: Iterable[int]) -> int:
    """Put declarations aside: they stay in the record and give no mark. Returns how many."""
    locked = lock_open_session(session)
    return DeclaredPresence.objects.filter(
        pk__in=list(ids), slot__session=locked, mark=None, refused_at=None
    ).update(refused_at=timezone.now())


def _slot_of(session: TrainingSession, code: str) -> SessionSlot | None:
    """Today's half-day whose code was typed; None too when the session takes no presence."""
    if session.mode == SessionMode.ONLINE or session.state in CLOSED_STATES | FINISHED_STATES:
        return None
    step, secret = step_of(timezone.now().timestamp()), _secret()
    today = session.slots.filter(held_on=timezone.localdate()).order_by("position")
    return next(
        (
            slot
            for slot in today
            if is_taken(code, secret, session=str(session.pk), slot=slot.pk, step=step)
        ),
        None,
    )


def _participation(
    session: TrainingSession, phone: str, person: Person | None
) -> Participation | None:
    """The only participant that the account or the number designates."""
    people = Participation.objects.filter(session=session)
    if person is not None:
        return people.filter(person__in=Person.objects.same_as(person.pk)).order_by("pk").first()
    try:
        number = normalise_phone(phone)
    except InvalidPhone:
        return None
    if not number:
        return None
    found = list(people.filter(person__phone=number)[:2])
    return found[0] if len(found) == 1 else None


def _entry(one: DeclaredPresence) -> MarkEntry:
    """The mark's uuid is ours: one that a phone chose could hide another mark."""
    return MarkEntry(
        uuid=uuids.uuid5(DECLARED_MARKS, str(one.pk)),
        participation_id=one.participation_id,
        slot_id=one.slot_id,
        is_present=True,
        device_at=one.declared_at,
    )


def _counter(key: str, person: Person | None) -> str:
    """The name under which misses are counted; an address may be longer than a cache takes."""
    name = hashlib.sha256(key.encode()).hexdigest()
    return f"declared-misses:{person.pk}:{name}" if person else f"declared-misses:{name}"


def _secret() -> bytes:
    return force_bytes("declared-presence:" + settings.SECRET_KEY)
