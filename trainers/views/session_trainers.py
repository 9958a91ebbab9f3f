"""Who trains in a session, and as what."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from trainers.enums import SessionRole
from trainers.forms.session_trainers import SessionTrainerForm
from trainers.forms.staffing import CallForm
from trainers.models import SessionTrainer, TrainerCall, TrainerInvitation, TrainingSession
from trainers.sessions.access import may_record
from trainers.sessions.lock import CLOSED_STATES, FINISHED_STATES, WAITING_STATES
from trainers.sessions.planning import SessionRefused, TrainerNotQualified
from trainers.sessions.tabs import session_frame
from trainers.staffing.calls import is_open as is_call_open
from trainers.staffing.earlier_answers import earlier_answers
from trainers.staffing.invitations import name_trainer
from trainers.views.opened import opened_session, writable_session


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_trainers(request: HttpRequest, code: str) -> HttpResponse:
    """The trainers of a session with their roles; a form to add one or to change a role."""
    session = opened_session(request, code)
    form = SessionTrainerForm(request.POST or None, session=session)
    if request.method == "POST":
        session = writable_session(request, code)
        if form.is_valid() and _assigned(request, session, form):
            return redirect("trainers:session_trainers", session.code)
    assert isinstance(request.user, User)
    context = {
        "frame": session_frame(session, request.user, "trainers"),
        "session": session,
        "form": form,
        "rows": _rows(session),
        "can_record": may_record(request.user, session),
        **_asked(session),
    }
    return render(request, "trainers/session_trainers.html", context)


def _assigned(request: HttpRequest, session: TrainingSession, form: SessionTrainerForm) -> bool:
    facts = form.cleaned_data
    try:
        assigned = name_trainer(session=session, trainer=facts["trainer"], role=facts["role"])
    except TrainerNotQualified as refusal:
        form.add_error("role", str(refusal))
        return False
    except SessionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(
        request,
        _("%(trainer)s est dans la session : %(role)s.")
        % {"trainer": facts["trainer"], "role": assigned.get_role_display().lower()},
    )
    return True


def _asked(session: TrainingSession) -> dict[str, Any]:
    """Who was asked, who applied, and the call that waits for answers."""
    today = timezone.localdate()
    call = TrainerCall.objects.filter(session=session).first()
    is_open = session.state not in CLOSED_STATES | FINISHED_STATES
    asked = TrainerInvitation.objects.filter(session=session).select_related("trainer__person")
    invitations = list(asked.order_by("-asked_at", "-pk"))
    before = earlier_answers(invitations)
    return {
        "invitations": [{"one": one, "before": before.get(one.pk, [])} for one in invitations],
        "is_team_open": is_open,
        "call": call,
        "is_call_open": call is not None and is_call_open(call, today),
        "may_call": session.state in WAITING_STATES and session.starts_on > today,
        "call_form": CallForm(
            initial={
                "closes_on": call.closes_on if call else None,
                "message": call.message if call else "",
            }
        ),
    }


def _rows(session: TrainingSession) -> list[SessionTrainer]:
    """The lead trainer first, then by role and name."""
    ranks = {role: rank for rank, role in enumerate(reversed(SessionRole.values))}
    found = SessionTrainer.objects.filter(session=session).select_related(
        "trainer__person", "trainer__base_territory"
    )
    return sorted(found, key=lambda one: (ranks[one.role], one.trainer.person.name_key, one.pk))
