"""Acts on participations: enrol a person, recompute the ladder, receive post-test scores."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Organization, Person, Posting, Profession, Territory
from accounts.people import kept_person
from trainers.enums import SessionMode
from trainers.models import Participation, SessionSlot, TrainingSession
from trainers.participation.ladder import Rung, climb
from trainers.participation.marks import presence_in_force
from trainers.participation.rule_sets import thresholds_of
from trainers.sessions.lock import is_over, lock_open_session, lock_session
from trainers.sessions.online import lesson_logs_of, open_session_run

CHUNK = 500  # ids in one query: well under the limit of the oldest SQLite
_CENTS = Decimal("0.01")
Figures = tuple[str, int, Decimal]  # status, contact minutes, percent of attendance
Presence = dict[int, tuple[Sequence[int], Sequence[int]]]  # minutes planned, minutes attended


@dataclass(frozen=True)
class FrozenProfile:
    """What a participation keeps for ever; nothing known is « non renseigné »."""

    sex: str = ""
    profession: Profession | None = None
    organization: Organization | None = None
    territory: Territory | None = None


@transaction.atomic
def enrol(
    *,
    session: TrainingSession,
    person: Person,
    at: datetime.datetime | None = None,
    frozen: FrozenProfile | None = None,
) -> Participation:
    """Put a person on the list of a session; a second call returns the same participation.

    Freezes `frozen`, or else what is known of the person on the session's first day. A merged
    person is enrolled as the kept one. Raises `trainers.sessions.lock.SessionClosed`.
    """
    locked = lock_open_session(session)
    person = kept_person(person)
    known = Participation.objects.filter(session=locked, person=person).first()
    if known is not None:
        return known
    profile = frozen or profile_on(person, locked.starts_on)
    participation = Participation.objects.create(
        session=locked,
        person=person,
        sex=profile.sex,
        profession=profile.profession,
        organization=profile.organization,
        territory=profile.territory,
        enrolled_at=at or timezone.now(),
    )
    open_session_run(session=locked, person=person)
    return participation


def profile_on(person: Person, day: datetime.date) -> FrozenProfile:
    """Return what is known of a person on a day, from the posting in force."""
    posting = (
        Posting.objects.on(day)
        .filter(person=person)
        .select_related("organization", "territory")
        .order_by("-started_on", "-pk")
        .first()
    )
    return FrozenProfile(
        sex=person.sex,
        profession=person.profession,
        organization=posting.organization if posting else None,
        territory=posting.territory if posting else None,
    )


@transaction.atomic
def refresh_ladder(*, session: TrainingSession) -> int:
    """Recompute every participation of a session from its marks and post-test scores.

    Online, the lessons read stand for the marks (`trainers/sessions/online.py`). Returns how many
    changed; nothing is written when none did. Participations that reach the same rung are written
    together.
    """
    locked = lock_session(session)
    participations = list(_to_climb(locked))
    presence = _presence(locked, participations)
    thresholds, over = thresholds_of(locked.rule_set), is_over(locked)
    changed: dict[Figures, list[int]] = defaultdict(list)

    @cache  # whole rooms attended the same half-days
    def figures_of(
        planned: tuple[int, ...], attended: tuple[int, ...], post_percent: float | None
    ) -> Figures:
        return rounded_figures(
            climb(
                session_type=locked.type,
                slot_minutes=planned,
                attended_minutes=attended,
                post_percent=post_percent,
                thresholds=thresholds,
                is_over=over,
            )
        )

    for participation in participations:
        planned, attended = presence[participation.pk]
        figures = figures_of(tuple(planned), tuple(attended), participation.post_percent)
        if figures != kept_figures(participation):
            changed[figures].append(participation.pk)
    for (status, minutes, percent), ids in changed.items():
        for chunk in chunks(ids):
            Participation.objects.filter(pk__in=chunk).update(
                status=status, contact_minutes=minutes, attendance_percent=percent
            )
    return sum(len(ids) for ids in changed.values())


@transaction.atomic
def hand_in_post_percents(*, session: TrainingSession, percents: Mapping[int, float | None]) -> int:
    """Receive post-test scores (points of 100) by participation id, then recompute the ladder.

    Allowed after validation: withdrawing a bad item rescores everyone (domain §4). Returns how many
    participations changed rung.
    """
    locked = lock_session(session)
    changed = []
    for participation in Participation.objects.filter(session=locked):
        if participation.pk not in percents:
            continue
        if participation.post_percent != percents[participation.pk]:
            participation.post_percent = percents[participation.pk]
            changed.append(participation)
    Participation.objects.bulk_update(changed, ["post_percent"], batch_size=CHUNK // 2)
    return refresh_ladder(session=locked)


def chunks(ids: list[int]) -> Iterable[list[int]]:
    """Cut a list of ids into lists of at most `CHUNK`."""
    for start in range(0, len(ids), CHUNK):
        yield ids[start : start + CHUNK]


def _to_climb(session: TrainingSession) -> QuerySet[Participation]:
    participations = Participation.objects.filter(session=session)
    if session.mode == SessionMode.ONLINE:  # whose lessons are read by person
        return participations.select_related("person")
    return participations.only("status", "contact_minutes", "attendance_percent", "post_percent")


def _presence(session: TrainingSession, participations: list[Participation]) -> Presence:
    """Minutes planned and minutes attended of each participation, half-day or lesson by lesson."""
    if session.mode == SessionMode.ONLINE:
        return {
            one.participation.pk: (one.log.planned, one.log.read)
            for one in lesson_logs_of(session, participations)
        }
    slots = SessionSlot.objects.filter(session=session).order_by("position")
    minutes = {slot.pk: slot.minutes for slot in slots}
    attended: dict[int, list[int]] = defaultdict(list)
    for (participation_id, slot_id), is_present in presence_in_force(session).items():
        if is_present:
            attended[participation_id].append(minutes[slot_id])
    planned = tuple(minutes.values())
    return {one.pk: (planned, attended[one.pk]) for one in participations}


def rounded_figures(rung: Rung) -> Figures:
    """Status, minutes and percent as a participation keeps them."""
    percent = Decimal(rung.attendance_percent).quantize(_CENTS, rounding=ROUND_HALF_UP)
    return rung.status, rung.contact_minutes, percent


def kept_figures(participation: Participation) -> Figures:
    """Status, minutes and percent as this participation keeps them now."""
    return (
        participation.status,
        participation.contact_minutes,
        participation.attendance_percent.quantize(_CENTS),
    )
