"""A link that opens one invitation without signing in; nothing is stored for it.

It is made from the invitation and the moment of asking: asked again, the older link is dead.
"""

import base64
import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.crypto import constant_time_compare, salted_hmac

from trainers.enums import InvitationState
from trainers.models import TrainerInvitation
from trainers.sessions.lock import WAITING_STATES

SALT = "trainers.staffing.answer_links"
SEAL_BYTES = 16  # 22 signs: the address must leave room in a telephone message


def answer_token(invitation: TrainerInvitation) -> str:
    """Return what the link holds: the invitation's number and its seal."""
    return f"{invitation.pk}.{_seal(invitation)}"


def invitation_of(token: str) -> TrainerInvitation | None:
    """The invitation that a token opens; None for any other text, and for an older asking."""
    number, _dot, seal = token.partition(".")
    if not number.isascii() or not number.isdigit() or len(number) > 18:
        return None
    known = TrainerInvitation.objects.select_related("session__territory", "trainer")
    invitation = known.filter(pk=int(number), asked_by__isnull=False).first()
    if invitation is None or not constant_time_compare(seal, _seal(invitation)):
        return None
    return invitation


def takes_answer(invitation: TrainerInvitation, day: datetime.date) -> bool:
    """Whether the link still answers that day: until the session starts."""
    session = invitation.session
    return (
        invitation.state == InvitationState.INVITED
        and session.state in WAITING_STATES
        and day < session.starts_on
    )


def answer_address(invitation: TrainerInvitation) -> str:
    """The whole address of the link, in French: the language of the message."""
    with translation.override("fr"):
        path = reverse("trainers:linked_invitation", args=[answer_token(invitation)])
    return settings.WAGTAILADMIN_BASE_URL.rstrip("/") + path


def _seal(invitation: TrainerInvitation) -> str:
    moment = timezone.localtime(invitation.asked_at, datetime.UTC).isoformat()
    sealed = salted_hmac(SALT, f"{invitation.pk}:{moment}", algorithm="sha256").digest()
    return base64.urlsafe_b64encode(sealed[:SEAL_BYTES]).rstrip(b"=").decode()
