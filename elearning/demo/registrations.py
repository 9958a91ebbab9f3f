"""What the demo shows of a list that fills up: a link, requests, a refusal, a waiting list.

No draw from the world's generator: the rest of the world stays the same for the same seed. Nobody
is approved: the visitor does it.
"""

import datetime
import uuid

from django.utils import timezone

from accounts.models import Profession, User
from elearning.demo.names import FAMILY_NAMES, FEMALE_NAMES, MALE_NAMES
from trainers.attendance.newcomers import Newcomer
from trainers.enums import EvidenceKind
from trainers.models import TrainingSession
from trainers.registration.links import open_link
from trainers.registration.requests import Asked, ask_for_seat, refuse
from trainers.sessions.papers import attach_paper
from trainers.sessions.preparing import confirm_session, update_session

TO_COME = "KOU-2026-01"
FREE_SEATS = 3
ASKING = 6
NAMESPACE = uuid.UUID("5e0a1f3c-9d2b-5b11-8f57-7c1d0a9b6e42")


def play_registrations(*, by: User) -> None:
    """Three free seats and six requests for the session to come; past its day, nothing."""
    session = TrainingSession.objects.get(code=TO_COME)
    closes_on = session.starts_on - datetime.timedelta(days=1)
    if timezone.localdate() > closes_on:
        return
    session = update_session(
        session=session,
        title=session.title,
        territory=session.territory,
        venue=session.venue,
        seats=session.participations.count() + FREE_SEATS,
        organizer=session.organizer.name if session.organizer else "",
        funder=session.funder,
        by=by,
    )
    link = open_link(session=session, closes_on=closes_on, by=by)
    asked = [ask_for_seat(link=link, asked=_asked(rank)) for rank in range(ASKING)]
    refuse(
        registration=asked[2],
        by=by,
        reason="Session réservée aux agents en poste dans la région (démonstration).",
    )
    attach_paper(session=session, kind=EvidenceKind.TERMS_OF_REFERENCE, by=by)
    confirm_session(session=session, by=by)


def _asked(rank: int) -> Asked:
    """Somebody new: names of the common lists, taken in order, and a number of their own."""
    is_woman = rank % 2 == 0
    return Asked(
        uuid=uuid.uuid5(NAMESPACE, str(rank)),
        newcomer=Newcomer(
            family_name=FAMILY_NAMES[rank * 2],
            given_name=(FEMALE_NAMES if is_woman else MALE_NAMES)[rank],
            sex="F" if is_woman else "M",
            phone=f"+2236600{rank:04d}",
            profession=Profession.objects.order_by("position")[rank],
            birth_year=1980 + rank,
        ),
    )
