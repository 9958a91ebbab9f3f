"""Acts on a call for trainers: open it, apply to it, close it; the organiser then chooses."""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.enums import InvitationState, SessionRole, TrainerState
from trainers.models import (
    Qualification,
    SessionTrainer,
    Trainer,
    TrainerCall,
    TrainerInvitation,
    TrainingSession,
)
from trainers.sessions.lock import WAITING_STATES, lock_session
from trainers.staffing.answers import TRAINER, answer_refusal, call_refusal
from trainers.staffing.finding import find_trainers, need_of
from trainers.staffing.invitations import InvitationRefused
from trainers.staffing.messages import tell_called


class CallRefused(ValueError):
    """A call that is not kept; its text is a French sentence."""


@transaction.atomic
def open_call(
    *, session: TrainingSession, closes_on: datetime.date, by: User, message: str = ""
) -> TrainerCall:
    """Call for trainers until a day before the session; a second call changes day and message.

    Each trainer who is fit for the session is told, once for a call. Raises `CallRefused`.
    """
    locked = lock_session(session)
    today = timezone.localdate()
    if locked.state not in WAITING_STATES or locked.starts_on <= today:
        raise CallRefused(_("Un appel se lance avant le début de la session."))
    if not today <= closes_on < locked.starts_on:
        raise CallRefused(_("La date limite est entre aujourd'hui et la veille de la session."))
    call, _is_new = TrainerCall.objects.update_or_create(
        session=locked,
        defaults={
            "message": message.strip(),
            "closes_on": closes_on,
            "opened_by": by,
            "closed_at": None,
        },
        create_defaults={
            "message": message.strip(),
            "closes_on": closes_on,
            "opened_by": by,
            "opened_at": timezone.now(),
        },
    )
    tell_called(call, fit_trainers(locked))
    return call


def fit_trainers(session: TrainingSession) -> list[Trainer]:
    """Who could be a trainer of the session as it stands, the nearest first."""
    need = need_of(
        starts_on=session.starts_on,
        ends_on=session.ends_on,
        role=SessionRole.TRAINER,
        territory=session.territory,
    )
    found = find_trainers(need, curriculum=session.curriculum, session=session)
    return [one.trainer for one in found.fit]


@transaction.atomic
def close_call(*, call: TrainerCall) -> TrainerCall:
    """Close a call before its day; the applications stay. A second call changes nothing."""
    locked = TrainerCall.objects.select_for_update().get(pk=call.pk)
    if locked.closed_at is None:
        locked.closed_at = timezone.now()
        locked.save(update_fields=["closed_at"])
    return locked


@transaction.atomic
def apply_to_call(*, call: TrainerCall, trainer: Trainer, note: str = "") -> TrainerInvitation:
    """Offer oneself as trainer; applying twice is one application. Raises `InvitationRefused`."""
    session = lock_session(call.session)
    current = TrainerCall.objects.get(pk=call.pk)
    today = timezone.localdate()
    refusal = call_refusal(
        is_open=is_open(current, today) and session.state in WAITING_STATES,
        is_qualified=_qualified(trainer, session),
        is_suspended=Trainer.objects.filter(pk=trainer.pk, state=TrainerState.SUSPENDED).exists(),
    )
    if refusal:
        raise InvitationRefused(refusal)
    if SessionTrainer.objects.filter(session=session, trainer=trainer).exists():
        raise InvitationRefused(_("Vous êtes déjà dans l'équipe de cette session."))
    known = TrainerInvitation.objects.filter(session=session, trainer=trainer).first()
    if known is not None and known.state == InvitationState.APPLIED:
        return known
    current_state = known.state if known else ""
    if refusal := answer_refusal(current_state, InvitationState.APPLIED, asker=TRAINER):
        raise InvitationRefused(refusal)
    invitation = known or TrainerInvitation(session=session, trainer=trainer)
    invitation.role, invitation.state = SessionRole.TRAINER, InvitationState.APPLIED
    invitation.asked_by, invitation.asked_at = None, timezone.now()
    invitation.answered_at, invitation.note = None, " ".join(note.split())[:200]
    invitation.save()
    return invitation


def is_open(call: TrainerCall, day: datetime.date) -> bool:
    """Whether a trainer may still answer that day."""
    return call.closed_at is None and call.closes_on >= day


def calls_for(trainer: Trainer, day: datetime.date) -> QuerySet[TrainerCall]:
    """The open calls that a trainer is qualified for and has not answered, by closing day."""
    if trainer.state == TrainerState.SUSPENDED:
        return TrainerCall.objects.none()
    answered = TrainerInvitation.objects.filter(trainer=trainer).exclude(
        state=InvitationState.WITHDRAWN
    )
    fitting = Q(pk__in=[])
    for held in Qualification.objects.filter(trainer=trainer).valid_on(day):
        fitting |= Q(
            session__curriculum=held.curriculum_id,
            session__starts_on__gte=held.granted_on,
            session__ends_on__lte=held.expires_on,
        )
    return (
        TrainerCall.objects.filter(
            fitting, closed_at=None, closes_on__gte=day, session__state__in=WAITING_STATES
        )
        .exclude(session__in=answered.values("session"))
        .exclude(session__session_trainers__trainer=trainer)
        .select_related("session__territory", "session__curriculum")
        .order_by("closes_on", "pk")
    )


def _qualified(trainer: Trainer, session: TrainingSession) -> bool:
    return Qualification.objects.filter(
        trainer=trainer,
        curriculum=session.curriculum,
        withdrawn_on=None,
        granted_on__lte=session.starts_on,
        expires_on__gte=session.ends_on,
    ).exists()
