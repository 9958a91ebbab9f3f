"""What the list of sessions counts at its top, and which sessions are late."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from trainers.enums import SessionState
from trainers.models import TrainingSession
from trainers.sessions.next_step import LATE_AFTER_DAYS

OPEN_STATES = (SessionState.PLANNED, SessionState.CONFIRMED, SessionState.RUNNING)


@dataclass(frozen=True)
class Tally:
    """How many sessions ask for something; `query` shows them in the list."""

    label: str
    count: int
    query: str


def late_sessions(
    sessions: QuerySet[TrainingSession], today: datetime.date
) -> QuerySet[TrainingSession]:
    """Sessions that ended more than a week ago and were not handed in."""
    return sessions.filter(_late(today))


def session_tally(sessions: QuerySet[TrainingSession], today: datetime.date) -> list[Tally]:
    """Count what is planned, confirmed, under way, late and to be validated; one query."""
    counts = sessions.aggregate(
        planned=Count("pk", filter=Q(state=SessionState.PLANNED)),
        confirmed=Count("pk", filter=Q(state=SessionState.CONFIRMED)),
        running=Count("pk", filter=Q(state=SessionState.RUNNING)),
        late=Count("pk", filter=_late(today)),
        to_validate=Count("pk", filter=Q(state=SessionState.TO_VALIDATE)),
    )
    return [
        Tally(_("Prévues"), counts["planned"], f"etat={SessionState.PLANNED}"),
        Tally(_("Confirmées"), counts["confirmed"], f"etat={SessionState.CONFIRMED}"),
        Tally(_("En cours"), counts["running"], f"etat={SessionState.RUNNING}"),
        Tally(_("En retard"), counts["late"], "etat=LATE"),
        Tally(_("À valider"), counts["to_validate"], f"etat={SessionState.TO_VALIDATE}"),
    ]


def _late(today: datetime.date) -> Q:
    last = today - datetime.timedelta(days=LATE_AFTER_DAYS + 1)
    return Q(state__in=OPEN_STATES, ends_on__lte=last)
