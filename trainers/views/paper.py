"""What is printed of the roll call, and each participant's own code."""

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import shown_answer
from accounts.models import User
from courses.qr_codes import qr_path
from trainers.attendance.paper_sheet import attendance_sheet, badge_sheet
from trainers.attendance.short_codes import short_code
from trainers.enums import SessionMode, SessionState
from trainers.models import Participation, TrainingSession
from trainers.sessions.lock import CLOSED_STATES
from trainers.sessions.tabs import days_of
from trainers.views.opened import opened_session


@audience(Audience.TRAINING_STAFF)
@require_safe
def attendance_sheet_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The attendance sheet to print: the people enrolled now, in the order of the typing screen."""
    session = opened_session(request, code)
    return shown_answer(attendance_sheet(session), f"emargement-{session.code}.pdf")


@audience(Audience.TRAINING_STAFF)
@require_safe
def badge_sheet_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The badges of the people enrolled now."""
    session = opened_session(request, code)
    return shown_answer(badge_sheet(session), f"badges-{session.code}.pdf")


@audience(Audience.LEARNER)
@require_safe
def own_codes(request: HttpRequest) -> HttpResponse:
    """The learner's QR and short code for each session in a room that is not over."""
    assert isinstance(request.user, User)
    coming = (
        Participation.objects.filter(
            Q(session__ends_on__gte=timezone.localdate()) | Q(session__state=SessionState.RUNNING),
            person=request.user.person_id,
            session__mode=SessionMode.ROOM,
        )
        .exclude(session__state__in=CLOSED_STATES)
        .select_related("session")
        .order_by("session__starts_on", "pk")
    )
    codes = [_own_code(one, one.session) for one in coming if one.session is not None]
    return render(request, "trainers/own_codes.html", {"codes": codes})


def _own_code(participation: Participation, session: TrainingSession) -> dict[str, object]:
    code = short_code(participation.pk)
    side, path = qr_path(code)
    return {
        "title": session.title,
        "days": days_of(session),
        "code": code,
        "side": side,
        "path": path,
    }
