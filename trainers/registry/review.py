"""The daily act on the registry: prolong what activity prolongs, then let lapse what has lapsed."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from trainers.enums import SessionState, TrainerState
from trainers.models import Qualification, SessionTrainer, Trainer
from trainers.registry.expiry import LATE_DAYS, WINDOW_DAYS, prolonged_until
from trainers.registry.moves import settle_trainer
from trainers.registry.qualifying import SESSION_ROLES_THAT_ANIMATE

SessionDays = dict[tuple[int, int], list[datetime.date]]


@dataclass(frozen=True)
class Reviewed:
    """How many qualifications were prolonged, and how many trainers changed state."""

    prolonged: int
    moved: int


def review_registry(*, day: datetime.date | None = None) -> Reviewed:
    """Review the registry that day (today by default); a second run the same day adds nothing."""
    day = day or timezone.localdate()
    due = _near_their_term(day)
    animated = validated_days([one.trainer_id for one in due])
    days_of = {one.pk: animated[one.trainer_id, one.curriculum_id] for one in due}
    earned = [one for one in due if prolonged_until(one.expires_on, days_of[one.pk], day)]
    prolonged = sum(_prolong(pk=one.pk, days=days_of[one.pk], day=day) for one in earned)
    moved = sum(bool(settle_trainer(trainer=one, day=day)) for one in _out_of_line(day))
    return Reviewed(prolonged=prolonged, moved=moved)


def validated_days(trainer_ids: list[int]) -> SessionDays:
    """The last days of the validated sessions animated, by trainer and curriculum; one query."""
    found: SessionDays = defaultdict(list)
    rows = SessionTrainer.objects.filter(
        trainer__in=trainer_ids,
        role__in=SESSION_ROLES_THAT_ANIMATE,
        session__state=SessionState.VALIDATED,
    ).values_list("trainer", "session__curriculum", "session__ends_on")
    for trainer, curriculum, ended_on in rows:
        found[trainer, curriculum].append(ended_on)
    return found


@transaction.atomic
def _prolong(*, pk: int, days: list[datetime.date], day: datetime.date) -> bool:
    qualification = Qualification.objects.select_for_update().get(pk=pk)
    until = prolonged_until(qualification.expires_on, days, day)
    if until is None or qualification.withdrawn_on is not None:
        return False
    reason = _("Prolongée : sessions validées dans les 24 mois avant le %(day)s") % {
        "day": qualification.expires_on.strftime("%d/%m/%Y")
    }
    qualification.expires_on = until
    setattr(qualification, "_change_reason", reason)  # noqa: B010 simple_history reads this name
    qualification.save(update_fields=["expires_on"])
    return True


def _near_their_term(day: datetime.date) -> list[Qualification]:
    """Qualifications in their window that no later one of the same curriculum replaces."""
    window = (
        day - datetime.timedelta(days=LATE_DAYS),
        day + datetime.timedelta(days=WINDOW_DAYS),
    )
    later = Qualification.objects.filter(
        trainer=OuterRef("trainer"),
        curriculum=OuterRef("curriculum"),
        withdrawn_on=None,
        expires_on__gt=OuterRef("expires_on"),
    )
    return list(
        Qualification.objects.filter(expires_on__range=window, withdrawn_on=None)
        .exclude(Exists(later))
        .order_by("pk")
    )


def _out_of_line(day: datetime.date) -> list[Trainer]:
    """Trainers whose state no longer says what their qualifications say that day."""
    valid = Qualification.objects.filter(trainer=OuterRef("pk")).valid_on(day)
    waiting = (TrainerState.CANDIDATE, TrainerState.LAPSED)
    return [
        *Trainer.objects.filter(state=TrainerState.QUALIFIED).exclude(Exists(valid)).order_by("pk"),
        *Trainer.objects.filter(Exists(valid), state__in=waiting).order_by("pk"),
    ]
