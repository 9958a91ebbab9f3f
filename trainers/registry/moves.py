"""Acts on a trainer's state: each move is a line that nothing rewrites, dated, signed, with why."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.enums import TrainerState
from trainers.models import Qualification, Trainer, TrainerMove
from trainers.registry.state_moves import may_move, moves_due, state_of

REASON_LENGTH = 200


class MoveRefused(ValueError):
    """A move that the registry does not allow; its text is a French sentence."""


@transaction.atomic
def begin_moves(*, trainer: Trainer, by: User | None) -> TrainerMove:
    """Write the first line of a history: a candidate since today."""
    return _note(trainer, TrainerState.CANDIDATE, timezone.localdate(), _("Inscription"), by)


@transaction.atomic
def settle_trainer(
    *, trainer: Trainer, day: datetime.date | None = None, by: User | None = None, reason: str = ""
) -> list[TrainerMove]:
    """Bring the state in line with the qualifications of that day (today by default).

    `reason` is why a trainer becomes qualified. A suspended trainer stays so. A second call
    changes nothing.
    """
    day = day or timezone.localdate()
    locked = Trainer.objects.select_for_update().get(pk=trainer.pk)
    held = list(locked.qualifications.filter(granted_on__lte=day).order_by("granted_on", "pk"))
    valid = [one for one in held if one.withdrawn_on is None and one.expires_on >= day]
    due = moves_due(locked.state, has_valid=bool(valid), has_any=bool(held))
    moves = []
    for state in due:
        if state == TrainerState.QUALIFIED:
            since = (valid or held)[0].granted_on
            moves.append(_note(locked, state, since, reason or _("Habilitation accordée"), by))
        else:
            on, why = _end(held)
            moves.append(_note(locked, state, on, why, by))
    trainer.state = locked.state
    return moves


@transaction.atomic
def suspend_trainer(*, trainer: Trainer, reason: str, by: User) -> TrainerMove | None:
    """Take a trainer off the directory and off future sessions, with a reason; None if done."""
    locked = Trainer.objects.select_for_update().get(pk=trainer.pk)
    if locked.state == TrainerState.SUSPENDED:
        return None
    move = _note(locked, TrainerState.SUSPENDED, timezone.localdate(), _compulsory(reason), by)
    trainer.state = locked.state
    return move


@transaction.atomic
def lift_suspension(*, trainer: Trainer, reason: str, by: User) -> TrainerMove | None:
    """Give a trainer back the state that the qualifications make today; None if not suspended."""
    locked = Trainer.objects.select_for_update().get(pk=trainer.pk)
    if locked.state != TrainerState.SUSPENDED:
        return None
    today = timezone.localdate()
    has_valid = locked.qualifications.valid_on(today).exists()
    has_any = locked.qualifications.filter(granted_on__lte=today).exists()
    target = state_of(has_valid=has_valid, has_any=has_any)
    move = _note(locked, target, today, _compulsory(reason), by)
    trainer.state = locked.state
    return move


def _end(held: list[Qualification]) -> tuple[datetime.date, str]:
    """The day on which the last qualification stopped holding, and why."""
    ends = [
        (one.withdrawn_on, _("Habilitation retirée"))
        if one.withdrawn_on is not None and one.withdrawn_on <= one.expires_on
        else (one.expires_on + datetime.timedelta(days=1), _("Habilitation échue"))
        for one in held
    ]
    return max(ends, key=lambda end: end[0])


def _compulsory(reason: str) -> str:
    if not reason.strip():
        raise MoveRefused(_("Ce changement demande un motif."))
    return reason.strip()


def _note(
    trainer: Trainer, to_state: str, on: datetime.date, reason: str, by: User | None
) -> TrainerMove:
    known = trainer.moves.exists()
    current = trainer.state if known or to_state != TrainerState.CANDIDATE else ""
    if not may_move(current, to_state):
        raise MoveRefused(_("Le répertoire ne permet pas ce changement d'état."))
    trainer.state = to_state
    setattr(trainer, "_history_user", by)  # noqa: B010 simple_history reads this name
    trainer.save(update_fields=["state"])
    return TrainerMove.objects.create(
        trainer=trainer,
        from_state=current,
        to_state=to_state,
        moved_on=on,
        reason=reason[:REASON_LENGTH],
        author=by,
        recorded_at=timezone.now(),
    )
