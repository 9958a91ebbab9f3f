"""Take a trainer off a session that has not been handed in."""

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.models import QualificationGround, SessionTrainer, Trainer, TrainingSession
from trainers.sessions.lock import CLOSED_STATES, FINISHED_STATES, lock_session
from trainers.sessions.planning import SessionRefused


@transaction.atomic
def remove_trainer(*, session: TrainingSession, trainer: Trainer, by: User | None = None) -> bool:
    """Take a trainer off a session; False when already gone.

    Not once it was handed in, nor where it founds a qualification as a co-facilitation. The
    session's history keeps who did it. Raises `SessionRefused`.
    """
    locked = lock_session(session)
    if locked.state in CLOSED_STATES | FINISHED_STATES:
        raise SessionRefused(
            _("La session %(code)s est %(state)s : son équipe ne change plus.")
            % {"code": locked.code, "state": locked.get_state_display().lower()}
        )
    if QualificationGround.objects.kept().filter(session=locked, trainer=trainer).exists():
        raise SessionRefused(
            _("%(trainer)s a fondé une habilitation sur cette session : son rôle y reste.")
            % {"trainer": trainer}
        )
    deleted, _rows = SessionTrainer.objects.filter(session=locked, trainer=trainer).delete()
    if deleted:
        setattr(locked, "_history_user", by)  # noqa: B010 simple_history reads these names
        reason = _("Retrait de %(trainer)s") % {"trainer": trainer}
        setattr(locked, "_change_reason", reason[:100])  # noqa: B010
        locked.save(update_fields=["state"])
    return bool(deleted)
