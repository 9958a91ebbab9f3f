"""Acts on invitations: ask a trainer, answer, withdraw; each asked by a message they can open."""

import datetime

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.enums import Channel
from accounts.models import OutboxMessage, Person, User
from accounts.outbox import post_message
from accounts.sms_text import gsm_text
from trainers.enums import InvitationState, SessionRole, TrainerState
from trainers.models import SessionTrainer, Trainer, TrainerInvitation, TrainingSession
from trainers.sessions.lock import CLOSED_STATES, FINISHED_STATES, lock_session
from trainers.sessions.planning import assign_trainer
from trainers.sessions.team import remove_trainer
from trainers.staffing.answers import ORGANISER, TRAINER, answer_refusal

NOTE_LENGTH = 200


class InvitationRefused(ValueError):
    """An invitation or an answer that is not kept; its text is a French sentence."""


@transaction.atomic
def invite_trainer(
    *, session: TrainingSession, trainer: Trainer, role: str, by: User, note: str = ""
) -> TrainerInvitation:
    """Ask a trainer for a session, and post the message that says so.

    The same invitation again is the one that waits. Whoever declined may be asked again. Raises
    `InvitationRefused`.
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
    _tell(invitation)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: TrainerInvitation, by_trainer: bool) -> SessionTrainer:
    """Say yes: the trainer enters the session's team by the act that refuses what must be.

    The trainer accepts an invitation; the organiser accepts an application (`by_trainer` false).
    A second yes changes nothing. Raises `InvitationRefused`,
    `trainers.sessions.planning.TrainerNotQualified`, `SessionRefused`.
    """
    locked = _locked(invitation)
    known = SessionTrainer.objects.filter(
        session=locked.session, trainer=locked.trainer, role=locked.role
    ).first()
    if locked.state == InvitationState.ACCEPTED and known is not None:
        return known
    _move(locked, InvitationState.ACCEPTED, TRAINER if by_trainer else ORGANISER)
    assigned = assign_trainer(session=locked.session, trainer=locked.trainer, role=locked.role)
    if not by_trainer:
        _tell_chosen(locked)
    return assigned


@transaction.atomic
def decline_invitation(
    *, invitation: TrainerInvitation, by_trainer: bool, note: str = ""
) -> TrainerInvitation:
    """Say no, with a word if one likes. A second no changes nothing. Raises `InvitationRefused`."""
    locked = _locked(invitation, is_closing=True)
    if locked.state != InvitationState.DECLINED:
        _move(locked, InvitationState.DECLINED, TRAINER if by_trainer else ORGANISER, note=note)
    return locked


@transaction.atomic
def withdraw_invitation(
    *, invitation: TrainerInvitation, by_trainer: bool, by: User | None = None
) -> TrainerInvitation:
    """Take back an invitation, an application, or a trainer who had accepted.

    Raises `InvitationRefused`, `trainers.sessions.planning.SessionRefused`.
    """
    locked = _locked(invitation, is_closing=True)
    if locked.state == InvitationState.WITHDRAWN:
        return locked
    was_accepted = locked.state == InvitationState.ACCEPTED
    _move(locked, InvitationState.WITHDRAWN, TRAINER if by_trainer else ORGANISER)
    if was_accepted:
        remove_trainer(session=locked.session, trainer=locked.trainer, by=by)
    return locked


@transaction.atomic
def name_trainer(*, session: TrainingSession, trainer: Trainer, role: str) -> SessionTrainer:
    """Put a trainer in the team, or change the role; what was asked of them is answered by it.

    Somebody who says yes by telephone has no page to say it on. Raises
    `trainers.sessions.planning.TrainerNotQualified`, `SessionRefused`.
    """
    assigned = assign_trainer(session=session, trainer=trainer, role=role)
    waiting = (InvitationState.INVITED, InvitationState.APPLIED)
    TrainerInvitation.objects.filter(session=session, trainer=trainer, state__in=waiting).update(
        state=InvitationState.ACCEPTED, role=role, answered_at=timezone.now()
    )
    return assigned


@transaction.atomic
def take_off_team(*, session: TrainingSession, trainer: Trainer, by: User) -> bool:
    """Take a trainer off the team, and their accepted invitation with it; False if already gone.

    Raises `trainers.sessions.planning.SessionRefused`.
    """
    is_gone = remove_trainer(session=session, trainer=trainer, by=by)
    TrainerInvitation.objects.filter(
        session=session, trainer=trainer, state=InvitationState.ACCEPTED
    ).update(state=InvitationState.WITHDRAWN)
    return is_gone


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


def _tell(invitation: TrainerInvitation) -> OutboxMessage | None:
    session = invitation.session
    with translation.override("fr"):
        words = {
            "role": SessionRole(invitation.role).label.lower(),
            "title": session.title,
            "place": session.territory.name,
            "first": date_format(session.starts_on, "j F Y"),
            "last": date_format(session.ends_on, "j F Y"),
            "address": own_record_address(),
            "note": invitation.note,
        }
        lines = [
            _("Bonjour,"),
            _(
                "Nous vous proposons d'être %(role)s de la session « %(title)s », à %(place)s, du "
                "%(first)s au %(last)s."
            )
            % words,
            *([words["note"]] if words["note"] else []),
            _("Répondez dans votre dossier de formateur : %(address)s") % words,
        ]
        sms = _(
            "Une session vous est proposée du %(first)s au %(last)s. Répondez : %(address)s"
        ) % (words | {"first": f"{session.starts_on:%d/%m}", "last": f"{session.ends_on:%d/%m}"})
    return _post(invitation, _("Invitation à une session de formation"), lines, sms)


def _tell_chosen(invitation: TrainerInvitation) -> OutboxMessage | None:
    session = invitation.session
    with translation.override("fr"):
        address = own_record_address()
        words = {
            "title": session.title,
            "first": date_format(session.starts_on, "j F Y"),
            "address": address,
        }
        lines = [
            _("Bonjour,"),
            _("Votre candidature pour « %(title)s », le %(first)s, est retenue.") % words,
            _("Votre dossier de formateur : %(address)s") % words,
        ]
        sms = _("Votre candidature de formateur est retenue. %(address)s") % words
    return _post(invitation, _("Votre candidature est retenue"), lines, sms)


def own_record_address() -> str:
    """The whole address of « Mon dossier de formateur »."""
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + reverse("trainers:own_record")


def reach_of(person: Person) -> tuple[str, str]:
    """By which way and at which address a person is told: e-mail first, else telephone.

    ("", "") where neither is known, and on people of the demonstration outside it.
    """
    if person.is_demo and not settings.IS_DEMO:
        return "", ""
    account = User.objects.filter(person=person).first()
    if email := person.email or (account.email if account else ""):
        return Channel.EMAIL, email
    return (Channel.SMS, person.phone) if person.phone else ("", "")


def _post(
    invitation: TrainerInvitation, subject: str, lines: list[str], sms: str
) -> OutboxMessage | None:
    """A telephone is lent: its text names no course (`certificates.reminder_words`)."""
    person = invitation.trainer.person
    channel, address = reach_of(person)
    if not channel:
        return None
    is_mail = channel == Channel.EMAIL
    moment = _moment(invitation)
    return post_message(
        person=person,
        channel=channel,
        address=address,
        subject=subject if is_mail else "",
        text="\n\n".join(lines) if is_mail else gsm_text(sms),
        key=f"invitation:{invitation.pk}:{invitation.state}:{moment.isoformat()}",
    )


def _moment(invitation: TrainerInvitation) -> datetime.datetime:
    return invitation.answered_at or invitation.asked_at


def _short(note: str) -> str:
    return " ".join(note.split())[:NOTE_LENGTH]
