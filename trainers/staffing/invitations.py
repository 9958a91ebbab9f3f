"""Acts on invitations: ask a trainer, answer, withdraw; each asked by a message they can open."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.enums import InvitationState, TrainerState
from trainers.models import SessionTrainer, Trainer, TrainerInvitation, TrainingSession
from trainers.sessions.lock import CLOSED_STATES, FINISHED_STATES, lock_session
from trainers.sessions.planning import assign_trainer
from trainers.sessions.team import remove_trainer
from trainers.staffing.answers import ORGANISER, TRAINER, answer_refusal
from trainers.staffing.messages import tell_chosen, tell_invited, tell_not_chosen, tell_withdrawn

NOTE_LENGTH = 200


class InvitationRefused(ValueError):
    """An invitation or an answer that is not kept; its text is a French sentence."""


@transaction.atomic
def invite_trainer(
    *, session: TrainingSession, trainer: Trainer, role: str, by: User, note: str = ""
) -> TrainerInvitation:
    """Ask a trainer for a session, and post the message that says so.

    The same invitation again is the one that waits. Whoever declined may be asked again: the
    history of the row keeps the earlier answer. Raises `InvitationRefused`.
    """
    locked = _open_session(session)
    if trainer.state == TrainerState.SUSPENDED:
        raise InvitationRefused(
            _("%(trainer)s : inscription au répertoire suspendue.") % {"trainer": trainer}
        )
    if SessionTrainer.objects.filter(session=locked, trainer=trainer).exists():
        raise InvitationRefused(
            _("%(trainer)s est déjà dans l'équipe de cette session.") % {"trainer": trainer}
        )
    known = TrainerInvitation.objects.filter(session=locked, trainer=trainer).first()
    if known is not None and (known.state, known.role) == (InvitationState.INVITED, role):
        return known
    if known is not None and known.state == InvitationState.ACCEPTED:
        known.state = InvitationState.WITHDRAWN  # accepted, then taken off the team by hand
    if refusal := answer_refusal(
        known.state if known else "", InvitationState.INVITED, asker=ORGANISER
    ):
        raise InvitationRefused(refusal)
    invitation = known or TrainerInvitation(session=locked, trainer=trainer)
    invitation.role, invitation.state = role, InvitationState.INVITED
    invitation.asked_by, invitation.asked_at = by, timezone.now()
    invitation.answered_at, invitation.note = None, _short(note)
    invitation.save()
    tell_invited(invitation)
    return invitation


@transaction.atomic
def accept_invitation(
    *, invitation: TrainerInvitation, by_trainer: bool, note: str = ""
) -> SessionTrainer:
    """Say yes, with a word if one likes: the trainer enters the team.

    The act that assigns refuses what must be. The trainer accepts an invitation; the organiser
    accepts an application (`by_trainer` false). A second yes changes nothing. Raises
    `InvitationRefused`, `trainers.sessions.planning.TrainerNotQualified`, `SessionRefused`.
    """
    locked = _locked(invitation)
    known = SessionTrainer.objects.filter(
        session=locked.session, trainer=locked.trainer, role=locked.role
    ).first()
    if locked.state == InvitationState.ACCEPTED and known is not None:
        return known
    _move(locked, InvitationState.ACCEPTED, TRAINER if by_trainer else ORGANISER, note=note)
    assigned = assign_trainer(session=locked.session, trainer=locked.trainer, role=locked.role)
    if not by_trainer:
        tell_chosen(locked)
    return assigned


@transaction.atomic
def decline_invitation(
    *, invitation: TrainerInvitation, by_trainer: bool, note: str = ""
) -> TrainerInvitation:
    """Say no, with a word if one likes. A second no changes nothing. Raises `InvitationRefused`.

    Whoever applied and is not chosen is told so.
    """
    locked = _locked(invitation, is_closing=True)
    if locked.state != InvitationState.DECLINED:
        _move(locked, InvitationState.DECLINED, TRAINER if by_trainer else ORGANISER, note=note)
        if not by_trainer:
            tell_not_chosen(locked)
    return locked


@transaction.atomic
def withdraw_invitation(
    *, invitation: TrainerInvitation, by_trainer: bool, by: User | None = None
) -> TrainerInvitation:
    """Take back an invitation, an application, or a trainer who had accepted.

    Whoever was asked, or was in the team, is told by the organiser. Raises `InvitationRefused`,
    `trainers.sessions.planning.SessionRefused`.
    """
    locked = _locked(invitation, is_closing=True)
    if locked.state == InvitationState.WITHDRAWN:
        return locked
    was_accepted = locked.state == InvitationState.ACCEPTED
    _move(locked, InvitationState.WITHDRAWN, TRAINER if by_trainer else ORGANISER)
    if was_accepted:
        remove_trainer(session=locked.session, trainer=locked.trainer, by=by)
    if not by_trainer:
        tell_withdrawn(locked)
    return locked


@transaction.atomic
def name_trainer(*, session: TrainingSession, trainer: Trainer, role: str) -> SessionTrainer:
    """Put a trainer in the team, or change the role; what was asked of them is answered by it.

    Somebody who says yes by telephone has no page to say it on. Raises
    `trainers.sessions.planning.TrainerNotQualified`, `SessionRefused`.
    """
    assigned = assign_trainer(session=session, trainer=trainer, role=role)
    asked = _row_of(session, trainer)
    if asked is not None and asked.state in (InvitationState.INVITED, InvitationState.APPLIED):
        asked.state, asked.role, asked.answered_at = InvitationState.ACCEPTED, role, timezone.now()
        asked.save(update_fields=["state", "role", "answered_at"])
    return assigned


@transaction.atomic
def take_off_team(*, session: TrainingSession, trainer: Trainer, by: User) -> bool:
    """Take a trainer off the team, and their accepted invitation with it; False if already gone.

    Whoever had accepted is told.

    Raises `trainers.sessions.planning.SessionRefused`.
    """
    is_gone = remove_trainer(session=session, trainer=trainer, by=by)
    asked = _row_of(session, trainer)
    if asked is not None and asked.state == InvitationState.ACCEPTED:
        asked.state, asked.answered_at = InvitationState.WITHDRAWN, timezone.now()
        asked.save(update_fields=["state", "answered_at"])
        tell_withdrawn(asked)
    return is_gone


def _row_of(session: TrainingSession, trainer: Trainer) -> TrainerInvitation | None:
    """What was asked of a trainer for a session, held until the transaction ends."""
    rows = TrainerInvitation.objects.select_for_update(of=("self",))
    return (
        rows.select_related("session__territory", "trainer")
        .filter(session=session, trainer=trainer)
        .first()
    )


def _locked(invitation: TrainerInvitation, *, is_closing: bool = False) -> TrainerInvitation:
    """The invitation as it now is; a closed session takes no yes, but lets people go."""
    session = lock_session(invitation.session)
    if not is_closing:
        _refuse_over(session)
    return (
        TrainerInvitation.objects.select_for_update(of=("self",))
        .select_related("session__curriculum", "session__territory", "trainer__person")
        .get(pk=invitation.pk)
    )


def _open_session(session: TrainingSession) -> TrainingSession:
    locked = lock_session(session)
    _refuse_over(locked)
    return locked


def _refuse_over(session: TrainingSession) -> None:
    if session.state in CLOSED_STATES | FINISHED_STATES or session.ends_on < timezone.localdate():
        raise InvitationRefused(
            _("La session %(code)s est passée ou close : son équipe ne change plus.")
            % {"code": session.code}
        )


def _move(invitation: TrainerInvitation, state: str, asker: str, *, note: str = "") -> None:
    if refusal := answer_refusal(invitation.state, state, asker=asker):
        raise InvitationRefused(refusal)
    invitation.state, invitation.answered_at = state, timezone.now()
    fields = ["state", "answered_at"]
    if note.strip():
        invitation.note = _short(note)
        fields.append("note")
    invitation.save(update_fields=fields)


def _short(note: str) -> str:
    return " ".join(note.split())[:NOTE_LENGTH]
