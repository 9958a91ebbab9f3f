"""Every trainer of the registry held against a need, in a fixed number of queries."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Max, QuerySet
from django.utils import timezone

from accounts.models import Territory
from courses.models import CurriculumPage
from trainers.enums import (
    InvitationState,
    Language,
    SessionMode,
    SessionState,
    Speciality,
    TrainerState,
)
from trainers.models import (
    Qualification,
    SessionTrainer,
    Trainer,
    TrainerInvitation,
    TrainerUnavailability,
    TrainingSession,
)
from trainers.registry.qualifying import levels_that_lead
from trainers.staffing.fitness import Busy, Fitness, Held, Need, Profile, judge

Days = dict[int, list[Busy]]


@dataclass(frozen=True)
class Judged:
    trainer: Trainer
    fitness: Fitness


@dataclass(frozen=True)
class Found:
    """Those who are fit, the nearest first; the others with why not, the fewest reasons first."""

    fit: tuple[Judged, ...]
    excluded: tuple[Judged, ...]


def need_of(
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    role: str,
    territory: Territory | None = None,
    language: str = "",
    speciality: str = "",
    session_type: str = "",
) -> Need:
    """What is looked for, with the words that name it. The whole country is anywhere."""
    region_id = territory.region_id if territory else None
    return Need(
        starts_on=starts_on,
        ends_on=ends_on,
        role=role,
        territory_id=territory.pk if territory and region_id else None,
        region_id=region_id,
        territory_name=territory.name if territory else "",
        language=language,
        language_name=str(Language(language).label) if language else "",
        speciality=speciality,
        speciality_name=str(Speciality(speciality).label) if speciality else "",
        lead_levels=levels_that_lead(session_type),
    )


def find_trainers(
    need: Need, *, curriculum: CurriculumPage, session: TrainingSession | None = None
) -> Found:
    """Judge the whole registry; `session` adds who is already asked or in the team.

    Twelve queries at most, whatever the number of trainers.
    """
    trainers = list(
        Trainer.objects.filter(person__merged_into=None)
        .select_related("person", "base_territory")
        .prefetch_related("languages", "travel_territories", "expertise")
        .order_by("person__family_name", "person__given_name", "pk")
    )
    held = _held(curriculum)
    busy = _busy(need, session)
    active = _last_active(min(need.starts_on, timezone.localdate()))  # not what is only planned
    asked = _asked(session) if session is not None else {}
    judged = [
        Judged(
            one,
            judge(
                need,
                _profile(
                    one,
                    held=held.get(one.pk, ()),
                    busy=tuple(busy.get(one.pk, ())),
                    last_active_on=active.get(one.pk),
                    asked=asked.get(one.pk, ""),
                ),
            ),
        )
        for one in trainers
    ]
    fit = sorted((one for one in judged if one.fitness.is_fit), key=lambda one: one.fitness.rank)
    out = [one for one in judged if not one.fitness.is_fit]
    return Found(tuple(fit), tuple(sorted(out, key=lambda one: len(one.fitness.reasons))))


def _profile(
    trainer: Trainer,
    *,
    held: tuple[Held, ...],
    busy: tuple[Busy, ...],
    last_active_on: datetime.date | None,
    asked: str,
) -> Profile:
    base = trainer.base_territory
    return Profile(
        is_suspended=trainer.state == TrainerState.SUSPENDED,
        held=held,
        base_id=base.pk if base else None,
        base_region_id=base.region_id if base else None,
        base_name=base.name if base else "",
        travel_ids=frozenset(one.pk for one in trainer.travel_territories.all()),
        languages=tuple((one.language, one.can_animate) for one in trainer.languages.all()),
        specialities=frozenset(one.speciality for one in trainer.expertise.all()),
        busy=busy,
        last_active_on=last_active_on,
        asked=asked,
    )


def _held(curriculum: CurriculumPage) -> dict[int, tuple[Held, ...]]:
    found: dict[int, list[Held]] = defaultdict(list)
    rows = Qualification.objects.filter(curriculum=curriculum).order_by("granted_on", "pk")
    for one in rows:
        found[one.trainer_id].append(
            Held(one.level, one.granted_on, one.expires_on, one.withdrawn_on)
        )
    return {trainer: tuple(held) for trainer, held in found.items()}


def _busy(need: Need, session: TrainingSession | None) -> Days:
    """Sessions in a room and declared periods on those days; a tutor online stays free."""
    days: Days = defaultdict(list)
    taken = (
        _animating()
        .filter(session__starts_on__lte=need.ends_on, session__ends_on__gte=need.starts_on)
        .exclude(session__mode=SessionMode.ONLINE)
        .exclude(session=session)
        .values_list("trainer", "session__starts_on", "session__ends_on", "session__code")
    )
    for trainer, starts_on, ends_on, code in taken:
        days[trainer].append(Busy(starts_on, ends_on, code))
    declared = TrainerUnavailability.objects.filter(
        starts_on__lte=need.ends_on, ends_on__gte=need.starts_on
    ).values_list("trainer", "starts_on", "ends_on")
    for trainer, starts_on, ends_on in declared:
        days[trainer].append(Busy(starts_on, ends_on))
    return days


def _last_active(day: datetime.date) -> dict[int, datetime.date]:
    """The last session before that day, or the last qualification granted, whichever is later."""
    taught = (
        _animating()
        .filter(session__ends_on__lte=day)
        .values("trainer")
        .annotate(last=Max("session__ends_on"))
        .values_list("trainer", "last")
    )
    granted = (
        Qualification.objects.filter(granted_on__lte=day)
        .values("trainer")
        .annotate(last=Max("granted_on"))
        .values_list("trainer", "last")
    )
    latest = dict(taught)
    for trainer, last in granted:
        latest[trainer] = max(latest.get(trainer, last), last)
    return latest


def _animating() -> QuerySet[SessionTrainer]:
    return SessionTrainer.objects.exclude(session__state=SessionState.CANCELLED)


def _asked(session: TrainingSession) -> dict[int, str]:
    """Who is already asked or in the team; an invitation withdrawn may be sent again."""
    waiting = (InvitationState.INVITED, InvitationState.APPLIED, InvitationState.DECLINED)
    asked = dict(
        TrainerInvitation.objects.filter(session=session, state__in=waiting).values_list(
            "trainer", "state"
        )
    )
    team = SessionTrainer.objects.filter(session=session).values_list("trainer", flat=True)
    return asked | dict.fromkeys(team, "ASSIGNED")
