"""Acts on requests for a seat: ask, approve, refuse, make wait, take back (domain §3)."""

import datetime
import uuid as uuids
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Person, Posting, User
from accounts.names import name_key
from accounts.people import kept_person
from trainers.attendance.newcomers import Newcomer, add_newcomer
from trainers.enums import RegistrationState
from trainers.models import Participation, Registration, RegistrationLink, TrainingSession
from trainers.participation.records import enrol
from trainers.registration.links import is_open
from trainers.registration.told_answers import tell_answer
from trainers.sessions.lock import lock_open_session, lock_session
from trainers.sessions.seats import is_beyond_seats, state_on_arrival

UNDECIDED = (RegistrationState.PENDING, RegistrationState.WAITING)
# One room is one address: what is limited is the link. A large session has a hundred seats.
MAX_AN_HOUR = 200
MAX_UNDECIDED = 400


class RequestRefused(ValueError):
    """A request that cannot be taken or answered as asked; its text is a French sentence."""


class TooManyRequests(RequestRefused):
    """The link has received more than a room could send."""


@dataclass(frozen=True)
class Asked:
    """What somebody wrote of themselves, with the UUID that their page made."""

    uuid: uuids.UUID
    newcomer: Newcomer


@transaction.atomic
def ask_for_seat(*, link: RegistrationLink, asked: Asked) -> Registration:
    """Note a request made without an account. Sent twice, it is one; it enrols nobody.

    Raises `RequestRefused` when the link is closed, `TooManyRequests` beyond its limits.
    """
    session = lock_session(link.session)
    known = Registration.objects.filter(uuid=asked.uuid, session=session).first()
    known = known or _same_request(session, asked.newcomer)
    if known is not None:
        return known
    _refuse_unfit(link, session)
    newcomer = asked.newcomer
    return Registration.objects.create(
        uuid=asked.uuid if _is_free(asked.uuid) else uuids.uuid4(),
        session=session,
        state=_arrival(session),
        family_name=newcomer.family_name,
        given_name=newcomer.given_name,
        sex=newcomer.sex,
        phone=newcomer.phone,
        profession=newcomer.profession,
        organization=newcomer.organization,
        territory=newcomer.territory,
        birth_year=newcomer.birth_year,
        asked_at=timezone.now(),
    )


@transaction.atomic
def ask_with_account(*, link: RegistrationLink, person: Person) -> Registration:
    """Note the request of somebody signed in, from what is known of them; one per session.

    A request taken back or refused may be made again: it joins the end of the line.
    """
    session = lock_session(link.session)
    person = kept_person(person)
    known = Registration.objects.filter(session=session, person=person).first()
    if known is not None and known.state in (*UNDECIDED, RegistrationState.APPROVED):
        return known
    _refuse_unfit(link, session)
    facts = _facts_of(person) | {"state": _arrival(session), "asked_at": timezone.now()}
    if known is None:
        return Registration.objects.create(
            uuid=uuids.uuid4(), session=session, person=person, **facts
        )
    facts |= {"decided_at": None, "decided_by": None, "reason": ""}
    for name, value in facts.items():
        setattr(known, name, value)
    known.save(update_fields=list(facts))
    return known


@transaction.atomic
def take_back(*, registration: Registration) -> Registration:
    """The person gives up the request; what was approved is undone by the staff only."""
    lock_session(registration.session)
    one = _again(registration)
    if one.state in UNDECIDED:
        _decide(one, RegistrationState.CANCELLED, by=None)
    return one


@transaction.atomic
def approve(
    *,
    registration: Registration,
    by: User | None,
    known: Person | None = None,
    is_overbooking: bool = False,
) -> Participation:
    """Enrol whoever asked, as a known person or a new one; a second call changes nothing.

    Going beyond the seats is never an accident: it takes `is_overbooking`. Raises
    `RequestRefused`, `trainers.sessions.lock.SessionClosed`.
    """
    session = lock_open_session(registration.session)
    one = _again(registration)
    if one.state == RegistrationState.APPROVED and one.participation is not None:
        return one.participation
    if one.state == RegistrationState.CANCELLED:
        raise RequestRefused(_("Cette personne a retiré sa demande."))
    if not is_overbooking and is_beyond_seats(
        seats=session.seats, taken=session.participations.count(), adding=1
    ):
        raise RequestRefused(
            _("La session est complète : libérez une place, ou acceptez en surnombre.")
        )
    if one.person is not None:
        participation = enrol(session=session, person=one.person)
    else:
        participation = add_newcomer(session=session, newcomer=newcomer_of(one), known=known)
    one.participation = participation
    _decide(one, RegistrationState.APPROVED, by=by, also=["participation"])
    tell_answer(one)
    return participation


@transaction.atomic
def refuse(*, registration: Registration, by: User | None, reason: str) -> Registration:
    """Refuse a request with a reason; a request already approved is not refused here."""
    lock_session(registration.session)
    one = _again(registration)
    if one.state == RegistrationState.APPROVED:
        raise RequestRefused(
            _("Cette personne est déjà inscrite : retirez-la de la liste, avec un motif.")
        )
    if not reason.strip():
        raise RequestRefused(
            _("Un refus demande un motif : il est gardé, et la personne peut le lire.")
        )
    one.reason = reason.strip()[:200]
    _decide(one, RegistrationState.REFUSED, by=by, also=["reason"])
    tell_answer(one)
    return one


@transaction.atomic
def refuse_unknown(*, session: TrainingSession, by: User | None, reason: str) -> int:
    """Refuse together every request made without an account: a link that went too far.

    Returns how many. Raises `RequestRefused` without a reason.
    """
    locked = lock_session(session)
    if not reason.strip():
        raise RequestRefused(
            _("Un refus demande un motif : il est gardé, et la personne peut le lire.")
        )
    return (
        undecided(locked)
        .filter(person=None)
        .order_by()
        .update(
            state=RegistrationState.REFUSED,
            reason=reason.strip()[:200],
            decided_at=timezone.now(),
            decided_by=by,
        )
    )


@transaction.atomic
def make_wait(*, registration: Registration, by: User | None) -> Registration:
    """Put a request on the waiting list, at its place by order of arrival."""
    lock_session(registration.session)
    one = _again(registration)
    if one.state == RegistrationState.PENDING:
        _decide(one, RegistrationState.WAITING, by=by)
    return one


def undecided(session: TrainingSession) -> QuerySet[Registration]:
    """Requests that wait for an answer, by order of arrival."""
    return Registration.objects.filter(session=session, state__in=UNDECIDED).order_by(
        "asked_at", "pk"
    )


def newcomer_of(registration: Registration) -> Newcomer:
    """What was written, in the terms of the list."""
    return Newcomer(
        family_name=registration.family_name,
        given_name=registration.given_name,
        sex=registration.sex,
        phone=registration.phone,
        profession=registration.profession,
        organization=registration.organization,
        territory=registration.territory,
        birth_year=registration.birth_year,
    )


def _arrival(session: TrainingSession) -> str:
    return state_on_arrival(
        seats=session.seats,
        taken=session.participations.count(),
        undecided=undecided(session).count(),
    )


def _refuse_unfit(link: RegistrationLink, session: TrainingSession) -> None:
    link.session = session
    if not is_open(link):
        raise RequestRefused(_("Les inscriptions à cette session sont closes."))
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    asked = Registration.objects.filter(session=session)
    if (
        asked.filter(asked_at__gt=an_hour_ago).count() >= MAX_AN_HOUR
        or asked.filter(state__in=UNDECIDED).count() >= MAX_UNDECIDED
    ):
        raise TooManyRequests(
            _("Trop de demandes attendent pour cette session. Réessayez dans une heure.")
        )


def _same_request(session: TrainingSession, newcomer: Newcomer) -> Registration | None:
    """The same person asking again from another page: the same name and the same telephone."""
    if not newcomer.phone:
        return None
    key = name_key(newcomer.family_name, newcomer.given_name)
    alike = undecided(session).filter(phone=newcomer.phone)
    return next((one for one in alike if name_key(one.family_name, one.given_name) == key), None)


def _is_free(uuid: uuids.UUID) -> bool:
    return not Registration.objects.filter(uuid=uuid).exists()


def _facts_of(person: Person) -> dict[str, object]:
    posting = (
        Posting.objects.filter(person=person, ended_on=None)
        .select_related("organization", "territory")
        .first()
    )
    return {
        "family_name": person.family_name,
        "given_name": person.given_name,
        "sex": person.sex,
        "phone": person.phone,
        "profession": person.profession,
        "organization": posting.organization.name if posting and posting.organization else "",
        "territory": posting.territory if posting else None,
        "birth_year": person.birth_year,
    }


def _again(registration: Registration) -> Registration:
    """Read it again under the lock of its session: two people may answer at once."""
    return Registration.objects.select_related(
        "person", "participation__person", "profession", "territory", "session__territory"
    ).get(pk=registration.pk)


def _decide(
    registration: Registration, state: str, *, by: User | None, also: list[str] | None = None
) -> None:
    registration.state = state
    registration.decided_at, registration.decided_by = timezone.now(), by
    registration.save(update_fields=["state", "decided_at", "decided_by", *(also or [])])
