"""The organiser asks trainers, chooses among those who applied, and takes one off the team."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from trainers.forms.staffing import CallForm, InvitationForm
from trainers.models import Trainer, TrainerCall, TrainerInvitation
from trainers.sessions.planning import SessionRefused, TrainerNotQualified
from trainers.staffing.calls import CallRefused, close_call, open_call
from trainers.staffing.invitations import (
    InvitationRefused,
    accept_invitation,
    decline_invitation,
    invite_trainer,
    take_off_team,
    withdraw_invitation,
)
from trainers.staffing.messages import reach_of
from trainers.views.opened import writable_session

REFUSALS = (InvitationRefused, CallRefused, SessionRefused, TrainerNotQualified)


@audience(Audience.TRAINING_STAFF)
@require_POST
def invitation_send(request: HttpRequest, code: str) -> HttpResponse:
    """Ask a trainer; where no address is known, the organiser is told to call."""
    session = writable_session(request, code)
    form = InvitationForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choisissez un formateur et un rôle."))
        return redirect("trainers:find_for_session", session.code)
    known = Trainer.objects.filter(person__merged_into=None).select_related("person")
    trainer = get_object_or_404(known, pk=form.cleaned_data["trainer"])
    try:
        invite_trainer(
            session=session,
            trainer=trainer,
            role=form.cleaned_data["role"],
            by=account_of(request),
            note=form.cleaned_data["note"],
        )
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
        return redirect("trainers:session_trainers", session.code)
    if reach_of(trainer.person)[0]:
        said = _("Invitation notée pour %(trainer)s : un message part avec le prochain envoi.")
    else:
        said = _(
            "Invitation notée pour %(trainer)s. Aucune adresse n'est connue : prévenez cette "
            "personne."
        )
    messages.success(request, said % {"trainer": trainer})
    return redirect("trainers:session_trainers", session.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def invitation_settle(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Choose or decline somebody who applied, or take an invitation back."""
    session = writable_session(request, code)
    invitation = get_object_or_404(
        TrainerInvitation.objects.select_related("session", "trainer__person"),
        pk=pk,
        session=session,
    )
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "choose": (
            lambda: accept_invitation(invitation=invitation, by_trainer=False),
            _("%(trainer)s est dans l'équipe."),
        ),
        "decline": (
            lambda: decline_invitation(invitation=invitation, by_trainer=False),
            _("La candidature de %(trainer)s n'est pas retenue."),
        ),
        "withdraw": (
            lambda: withdraw_invitation(
                invitation=invitation, by_trainer=False, by=account_of(request)
            ),
            _("L'invitation de %(trainer)s est retirée."),
        ),
    }
    chosen = acts.get(request.POST.get("act", ""))
    if chosen is not None:
        _try(request, chosen[0], chosen[1] % {"trainer": invitation.trainer})
    return redirect("trainers:session_trainers", session.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def call_open(request: HttpRequest, code: str) -> HttpResponse:
    """Call for trainers, or change the day and the message of the call."""
    session = writable_session(request, code)
    form = CallForm(request.POST)
    if form.is_valid():
        _try(
            request,
            lambda: open_call(session=session, by=account_of(request), **form.cleaned_data),
            _(
                "L'appel est lancé : chaque formateur possible reçoit un message avec le prochain "
                "envoi, et les formateurs habilités le voient dans leur dossier."
            ),
        )
    else:
        messages.error(request, _("Indiquez la date limite de réponse."))
    return redirect("trainers:session_trainers", session.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def call_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the call; the applications stay."""
    session = writable_session(request, code)
    call = get_object_or_404(TrainerCall, session=session)
    _try(request, lambda: close_call(call=call), _("L'appel est clos."))
    return redirect("trainers:session_trainers", session.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def team_remove(request: HttpRequest, code: str, trainer_pk: int) -> HttpResponse:
    """Take a trainer off a session that was not handed in."""
    session = writable_session(request, code)
    trainer = get_object_or_404(Trainer.objects.select_related("person"), pk=trainer_pk)
    _try(
        request,
        lambda: take_off_team(session=session, trainer=trainer, by=account_of(request)),
        _("%(trainer)s n'est plus dans l'équipe.") % {"trainer": trainer},
    )
    if trainer.person_id == account_of(request).person_id:
        return redirect("trainers:session_list")
    return redirect("trainers:session_trainers", session.code)


def _try(request: HttpRequest, act: Callable[[], object], said: str) -> None:
    try:
        act()
    except REFUSALS as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
