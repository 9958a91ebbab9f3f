"""The follow-up by telephone: whom to call, and what each person said."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from assessments.enums import SkillsUse
from assessments.follow_up_calls import call_rows
from assessments.follow_up_timing import DELAYS_IN_MONTHS
from assessments.follow_ups import AnsweredByThemselves, FollowUpClosed, answer_follow_up
from assessments.models import FollowUp
from assessments.results_tab import FOLLOW_UP_TAB
from assessments.views.session_board import staff_session
from trainers.models import TrainingSession
from trainers.sessions.access import works_for
from trainers.sessions.tabs import session_frame


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_calls(request: HttpRequest, code: str, months: int) -> HttpResponse:
    """Those who run the session call the silent ones; a validated session takes it too."""
    session = staff_session(request, code)
    if not works_for(request.user, session):
        raise PermissionDenied
    if months not in DELAYS_IN_MONTHS:
        raise Http404
    if request.method == "POST":
        _note_answer(request, session, months)
        return redirect("assessments:follow_up_calls", session.code, months)
    rows = call_rows(session, months)
    context = {
        "session": session,
        "frame": session_frame(session, account_of(request), FOLLOW_UP_TAB),
        "months": months,
        "rows": rows,
        "answers": SkillsUse.choices,
        "silent": sum(not row.is_answered for row in rows),
    }
    return render(request, "assessments/follow_up_calls.html", context)


def _note_answer(request: HttpRequest, session: TrainingSession, months: int) -> None:
    identifier = request.POST.get("follow_up", "")
    found = get_object_or_404(
        FollowUp.objects.select_related("participation__person"),
        pk=int(identifier) if identifier.isdecimal() else None,
        participation__session=session,
        months=months,
    )
    answer = request.POST.get("answer", "")
    if answer not in SkillsUse.values:
        messages.error(request, _("Choisissez oui ou non : un silence n'est jamais un oui."))
        return
    try:
        answer_follow_up(
            follow_up=found,
            uses_skills=SkillsUse(answer),
            answered_on=timezone.localdate(),
            by=account_of(request),
        )
    except (AnsweredByThemselves, FollowUpClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Réponse de %(name)s notée : %(answer)s.")
            % {"name": found.participation.person, "answer": SkillsUse(answer).label.lower()},
        )
