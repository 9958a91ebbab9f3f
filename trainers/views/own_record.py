"""« Mon dossier de formateur »: what to answer, which days are taken, what is missing."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import Person, User
from accounts.roles import belongs_to
from trainers.enums import InvitationState
from trainers.forms.own_record import NoteForm, UnavailabilityForm
from trainers.models import Trainer, TrainerCall, TrainerInvitation
from trainers.registry.activity import activity_of, coming_sessions
from trainers.registry.availability import (
    PeriodRefused,
    add_unavailability,
    remove_unavailability,
    sessions_during,
)
from trainers.registry.figures import gains_of
from trainers.registry.listing_consent import (
    CURRENT_VERSION,
    LISTING_TEXTS,
    consented_on,
    state_consent,
)
from trainers.registry.own_standing import curricula_standing
from trainers.sessions.planning import SessionRefused, TrainerNotQualified
from trainers.sessions.tabs import days_of
from trainers.staffing.calls import apply_to_call, calls_for
from trainers.staffing.invitations import (
    InvitationRefused,
    accept_invitation,
    decline_invitation,
    withdraw_invitation,
)
from trainers.views.trainer_facts import activity_stats, move_rows, worth


@audience(Audience.LEARNER)
@require_safe
def own_record(request: HttpRequest) -> HttpResponse:
    """The trainer's own page; somebody without a record reads how one is opened."""
    trainer = _own_trainer(request)
    context = (
        {"trainer": None} if trainer is None else _context(request, trainer, UnavailabilityForm())
    )
    return render(request, "trainers/own_record.html", context)


@audience(Audience.LEARNER)
@require_POST
def availability_add(request: HttpRequest) -> HttpResponse:
    """Note days on which one cannot come; sessions on those days are named at once."""
    trainer = _own_trainer_or_404(request)
    form = UnavailabilityForm(request.POST)
    if form.is_valid():
        try:
            period = add_unavailability(trainer=trainer, **form.cleaned_data)
        except PeriodRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Vos jours d'indisponibilité sont notés."))
            for session in sessions_during(trainer, period):
                messages.warning(
                    request,
                    _("Vous êtes dans l'équipe de la session %(code)s ces jours-là : prévenez-la.")
                    % {"code": session.code},
                )
            return redirect("trainers:own_record")
    return render(request, "trainers/own_record.html", _context(request, trainer, form))


@audience(Audience.LEARNER)
@require_POST
def availability_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take days off the list; twice is once."""
    if remove_unavailability(trainer=_own_trainer_or_404(request), pk=pk):
        messages.success(request, _("Ces jours sont de nouveau libres."))
    return redirect("trainers:own_record")


@audience(Audience.LEARNER)
@require_POST
def answer_invitation(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept or decline an invitation, or take an application back."""
    trainer = _own_trainer_or_404(request)
    known = TrainerInvitation.objects.select_related("session").filter(trainer=trainer)
    invitation = get_object_or_404(known, pk=pk)
    note = NoteForm(request.POST)
    words = note.cleaned_data["note"] if note.is_valid() else ""
    try:
        said = _answered(invitation, request.POST.get("answer", ""), words)
    except (InvitationRefused, SessionRefused, TrainerNotQualified) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("trainers:own_record")


@audience(Audience.LEARNER)
@require_POST
def answer_call(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer oneself for a session; a call that one is not qualified for does not exist."""
    trainer = _own_trainer_or_404(request)
    offered = calls_for(trainer, timezone.localdate()).filter(pk=pk).exists()
    known = TrainerInvitation.objects.filter(trainer=trainer, session__trainer_call=pk).exists()
    if not offered and not known:
        raise Http404
    call = get_object_or_404(TrainerCall.objects.select_related("session"), pk=pk)
    note = NoteForm(request.POST)
    words = note.cleaned_data["note"] if note.is_valid() else ""
    try:
        apply_to_call(call=call, trainer=trainer, note=words)
    except InvitationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Votre candidature est envoyée à l'organisateur."))
    return redirect("trainers:own_record")


@audience(Audience.LEARNER)
@require_POST
def own_consent(request: HttpRequest) -> HttpResponse:
    """Agree to be listed, or take the agreement back: the trainer's own word, at once."""
    trainer = _own_trainer_or_404(request)
    if request.POST.get("listed") == "yes":
        if consented_on(trainer) is None:
            state_consent(trainer=trainer, given_on=timezone.localdate())
        messages.success(request, _("Vous pouvez paraître dans le répertoire public."))
    else:
        state_consent(trainer=trainer, given_on=None)
        messages.success(request, _("Vous ne paraissez plus dans le répertoire public."))
    return redirect("trainers:own_record")


def _answered(invitation: TrainerInvitation, answer: str, note: str) -> str:
    """Act, and say what was done."""
    if answer == "accept":
        assigned = accept_invitation(invitation=invitation, by_trainer=True, note=note)
        return _("Vous êtes dans la session : %(role)s.") % {
            "role": assigned.get_role_display().lower()
        }
    if answer == "withdraw":
        withdraw_invitation(invitation=invitation, by_trainer=True)
        return _("Votre candidature est retirée.")
    decline_invitation(invitation=invitation, by_trainer=True, note=note)
    return _("Votre réponse est envoyée à l'organisateur.")


def _context(request: HttpRequest, trainer: Trainer, form: UnavailabilityForm) -> dict[str, Any]:
    today = timezone.localdate()
    waiting = (InvitationState.INVITED, InvitationState.APPLIED)
    asked = list(
        TrainerInvitation.objects.filter(
            trainer=trainer, state__in=waiting, session__ends_on__gte=today
        )
        .select_related("session__territory")
        .order_by("session__starts_on", "pk")
    )
    held = trainer.qualifications.select_related("curriculum").order_by("-expires_on", "pk")
    return {
        "trainer": trainer,
        "form": form,
        "invitations": [_asked(one) for one in asked if one.state == InvitationState.INVITED],
        "applications": [_asked(one) for one in asked if one.state == InvitationState.APPLIED],
        "calls": [
            {"call": call, "days": days_of(call.session)} for call in calls_for(trainer, today)
        ],
        "coming": [
            {"row": row, "days": days_of(row.session)} for row in coming_sessions(trainer, today)
        ],
        "absent": list(trainer.unavailabilities.filter(ends_on__gte=today).order_by("starts_on")),
        "standing": curricula_standing(trainer, list(held), today),
        "held": [{"one": one, **worth(one, today)} for one in held],
        "stats": activity_stats(activity_of(trainer, today)),
        "gains": gains_of(trainer),
        "moves": move_rows(trainer),
        "is_staff": belongs_to(request.user, Audience.TRAINING_STAFF),
        **_listing(trainer),
    }


def _listing(trainer: Trainer) -> dict[str, Any]:
    return {
        "consent_day": consented_on(trainer),
        "consent_text": LISTING_TEXTS[CURRENT_VERSION],
        "consent_version": CURRENT_VERSION,
    }


def _asked(one: TrainerInvitation) -> dict[str, Any]:
    return {"one": one, "days": days_of(one.session)}


def _own_trainer(request: HttpRequest) -> Trainer | None:
    assert isinstance(request.user, User)  # stated by the audience
    same = Person.objects.all().same_as(request.user.person_id)
    return (
        Trainer.objects.filter(person__in=same)
        .select_related("person", "base_territory")
        .order_by("pk")
        .first()
    )


def _own_trainer_or_404(request: HttpRequest) -> Trainer:
    trainer = _own_trainer(request)
    if trainer is None:
        raise Http404
    return trainer
