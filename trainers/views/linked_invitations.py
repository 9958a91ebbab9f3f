"""An invitation opened by the link of its message: a trainer answers without an account.

The page tells the session, its days and its place, and nothing of anybody.
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from trainers.enums import InvitationState, SessionState
from trainers.models import TrainerInvitation
from trainers.sessions.planning import SessionRefused, TrainerNotQualified
from trainers.sessions.tabs import days_of
from trainers.staffing.answer_links import invitation_of, takes_answer
from trainers.staffing.invitations import (
    InvitationRefused,
    accept_invitation,
    decline_invitation,
)


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def linked_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept or decline by a button; a link that is over or unknown says so in one sentence."""
    invitation = invitation_of(token)
    if invitation is None or _is_over(invitation):
        page = render(request, "trainers/linked_invitation.html", {"session": None}, status=404)
        return _unlisted(page)
    if request.method == "POST":
        if takes_answer(invitation, timezone.localdate()):
            _answer(request, invitation)
        return _unlisted(redirect("trainers:linked_invitation", token))
    session = invitation.session
    context = {
        "session": session,
        "days": days_of(session),
        "place": ", ".join(filter(None, [session.venue, session.territory.name])),
        "takes_answer": takes_answer(invitation, timezone.localdate()),
        "standing": _standing(invitation),
    }
    return _unlisted(render(request, "trainers/linked_invitation.html", context))


def _is_over(invitation: TrainerInvitation) -> bool:
    return timezone.localdate() >= invitation.session.starts_on


def _answer(request: HttpRequest, invitation: TrainerInvitation) -> None:
    """Act. A refusal names the person: whoever holds the link reads a sentence that does not."""
    try:
        if request.POST.get("answer") == "accept":
            accept_invitation(invitation=invitation, by_trainer=True)
        elif request.POST.get("answer") == "decline":
            decline_invitation(invitation=invitation, by_trainer=True)
    except (InvitationRefused, SessionRefused, TrainerNotQualified):
        messages.error(
            request,
            _("Votre réponse n'a pas pu être gardée : appelez l'organisateur de la session."),
        )


def _standing(invitation: TrainerInvitation) -> str:
    """What became of the invitation, in one sentence; "" while it waits for its answer."""
    if invitation.session.state == SessionState.CANCELLED:
        return _("Cette session est annulée. Vous n'avez rien à faire.")
    if invitation.state == InvitationState.ACCEPTED:
        return _("Vous avez accepté : l'organisateur compte sur vous.")
    if invitation.state == InvitationState.DECLINED:
        return _("Vous avez décliné. Si vous changez d'avis, appelez l'organisateur.")
    if invitation.state == InvitationState.WITHDRAWN:
        return _("Cette invitation est retirée. Vous n'avez rien à faire.")
    return ""


def _unlisted(response: HttpResponse) -> HttpResponse:
    """A page behind a token: no cache keeps it, no search engine lists it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
