"""Acts on the days on which a trainer cannot come; the trainer keeps them."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from trainers.enums import SessionMode, SessionState
from trainers.models import Trainer, TrainerUnavailability, TrainingSession

MAX_DAYS = 366


class PeriodRefused(ValueError):
    """A period that is not kept; its text is a French sentence."""


@transaction.atomic
def add_unavailability(
    *, trainer: Trainer, starts_on: datetime.date, ends_on: datetime.date, reason: str = ""
) -> TrainerUnavailability:
    """Note that a trainer cannot come from one day to another; the same days are noted once.

    Raises `PeriodRefused`.
    """
    if ends_on < starts_on:
        raise PeriodRefused(_("Le dernier jour vient après le premier."))
    if ends_on < timezone.localdate():
        raise PeriodRefused(_("Cette période est déjà passée."))
    if (ends_on - starts_on).days > MAX_DAYS:
        raise PeriodRefused(_("Une période dure un an au plus : notez-en plusieurs."))
    Trainer.objects.select_for_update().get(pk=trainer.pk)
    known = trainer.unavailabilities.filter(starts_on=starts_on, ends_on=ends_on).first()
    return known or TrainerUnavailability.objects.create(
        trainer=trainer, starts_on=starts_on, ends_on=ends_on, reason=reason.strip()[:120]
    )


@transaction.atomic
def remove_unavailability(*, trainer: Trainer, pk: int) -> bool:
    """Take a period off; False when it was already gone, or is another trainer's."""
    deleted, _rows = trainer.unavailabilities.filter(pk=pk).delete()
    return bool(deleted)


def sessions_during(trainer: Trainer, period: TrainerUnavailability) -> list[TrainingSession]:
    """The sessions in a room that the trainer is named in on those days: somebody must be told."""
    return list(
        TrainingSession.objects.filter(
            session_trainers__trainer=trainer,
            starts_on__lte=period.ends_on,
            ends_on__gte=period.starts_on,
        )
        .exclude(state=SessionState.CANCELLED)
        .exclude(mode=SessionMode.ONLINE)
        .order_by("starts_on", "code")
    )
