"""Who is shown in the public directory of trainers (domain §5)."""

import datetime

from django.db.models import Prefetch, Q, QuerySet

from accounts.models import Territory
from courses.models import CurriculumPage
from trainers.enums import SessionState, Speciality, TrainerState
from trainers.models import Qualification, SessionTrainer, Trainer
from trainers.registry.expiry import ACTIVE_MONTHS, months_later

INACTIVE_AFTER_MONTHS = ACTIVE_MONTHS
# Names of trained investigators are dangerous in the wrong hands (domain §7).
PRIVATE_SPECIALITIES = frozenset({Speciality.SPECIAL_INVESTIGATION})


def listed_trainers(day: datetime.date) -> QuerySet[Trainer]:
    """Trainers who consent, are not suspended, and were active in the 24 months before that day.

    Active means: trained in a session that was not cancelled, or was granted a qualification.
    """
    since = months_later(day, -INACTIVE_AFTER_MONTHS)
    taught = SessionTrainer.objects.filter(session__ends_on__gte=since).exclude(
        session__state=SessionState.CANCELLED
    )
    granted = Qualification.objects.filter(granted_on__gte=since)
    return (
        Trainer.objects.consenting()
        .filter(person__merged_into=None)
        .exclude(state=TrainerState.SUSPENDED)
        .filter(Q(pk__in=taught.values("trainer")) | Q(pk__in=granted.values("trainer")))
    )


def filter_trainers(
    trainers: QuerySet[Trainer],
    *,
    day: datetime.date,
    curriculum: CurriculumPage | None = None,
    territory: Territory | None = None,
    language: str = "",
) -> QuerySet[Trainer]:
    """Keep those qualified that day, based in or ready to go to a region, at ease in a language."""
    if curriculum is not None:
        trainers = trainers.qualified_for(curriculum, day)  # type: ignore[attr-defined]
    if territory is not None:
        within = Territory.objects.within(territory).values("pk")
        travelling = Trainer.travel_territories.through.objects.filter(territory__in=within)
        trainers = trainers.filter(
            Q(base_territory__in=within) | Q(pk__in=travelling.values("trainer"))
        )
    if language:
        trainers = trainers.filter(languages__language=language, languages__can_animate=True)
    return trainers


def with_profile(trainers: QuerySet[Trainer], day: datetime.date) -> QuerySet[Trainer]:
    """Read with each trainer what a card shows: languages, and qualifications valid that day."""
    valid = Qualification.objects.valid_on(day).select_related("curriculum").order_by("expires_on")
    return trainers.select_related("person", "base_territory").prefetch_related(
        "languages",
        "travel_territories",
        Prefetch("qualifications", queryset=valid, to_attr="valid_qualifications"),
    )
