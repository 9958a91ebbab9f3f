"""The public way in to a session's list: open it, change its token, close it."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.link_tokens import new_link_token
from accounts.models import User
from trainers.models import RegistrationLink, TrainingSession
from trainers.sessions.lock import CLOSED_STATES, FINISHED_STATES, lock_session


class LinkRefused(ValueError):
    """A link that cannot be opened as asked; its text is a French sentence."""


@transaction.atomic
def open_link(
    *, session: TrainingSession, closes_on: datetime.date, by: User | None
) -> RegistrationLink:
    """Open the session's link until a day, included; again after it was closed, with its token.

    Raises `LinkRefused` for a day past or after the session's last one, and for a session that is
    over.
    """
    locked = lock_session(session)
    if locked.state in CLOSED_STATES | FINISHED_STATES:
        raise LinkRefused(_("Cette session est close : personne ne peut plus s'y inscrire."))
    if not timezone.localdate() <= closes_on <= locked.ends_on:
        raise LinkRefused(
            _("Choisissez un jour entre aujourd'hui et le dernier jour de la session.")
        )
    link, is_new = RegistrationLink.objects.get_or_create(
        session=locked,
        defaults={
            "token": new_link_token(),
            "closes_on": closes_on,
            "opened_by": by,
            "opened_at": timezone.now(),
        },
    )
    if not is_new:
        link.closes_on, link.closed_at = closes_on, None
        link.save(update_fields=["closes_on", "closed_at"])
    return link


@transaction.atomic
def renew_token(*, session: TrainingSession) -> RegistrationLink:
    """Give the link another address: the posters and messages already sent lead nowhere."""
    lock_session(session)
    link = RegistrationLink.objects.filter(session=session).first()
    if link is None:
        raise LinkRefused(_("Aucun lien n'est ouvert pour cette session."))
    link.token = new_link_token()
    link.save(update_fields=["token"])
    return link


@transaction.atomic
def close_link(*, session: TrainingSession) -> None:
    """Close the link now; what was asked through it stays to be answered."""
    lock_session(session)
    RegistrationLink.objects.filter(session=session, closed_at=None).update(
        closed_at=timezone.now()
    )


def link_of(token: str) -> RegistrationLink | None:
    """Return the link of a token with its session, open or not; None for an unknown token."""
    return (
        RegistrationLink.objects.filter(token=token)
        .select_related("session__territory", "session__curriculum")
        .first()
    )


def is_open(link: RegistrationLink) -> bool:
    """Whether somebody may still ask for a seat by this link today."""
    session = link.session
    return (
        link.closed_at is None
        and timezone.localdate() <= min(link.closes_on, session.ends_on)
        and session.state not in CLOSED_STATES | FINISHED_STATES
    )
