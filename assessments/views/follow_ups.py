"""The follow-up question behind its link, its results for a session, and by year."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.link_limits import OWN_ANSWERS, count_answer, is_exhausted
from accounts.roles import belongs_to
from accounts.signed_in import account_of
from assessments.enums import Occasion, SkillsUse
from assessments.figures import figure
from assessments.follow_up_board import session_follow_ups, yearly_follow_ups
from assessments.follow_up_tests import OCCASION_OF, follow_up_form, follow_up_test_is_open
from assessments.follow_up_timing import FollowUpFigures, is_answerable
from assessments.follow_ups import FollowUpClosed, answer_follow_up
from assessments.forms import FollowUpForm
from assessments.models import Attempt, FollowUp
from assessments.results_tab import FOLLOW_UP_TAB
from assessments.views.session_board import staff_session
from trainers.sessions.access import sessions_for, works_for
from trainers.sessions.tabs import session_frame

NOTHING = "—"


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, token: str) -> HttpResponse:
    """One question, yes or no, without sign-in; the page names neither person nor course."""
    found = get_object_or_404(
        FollowUp.objects.select_related("participation__session"), token=token
    )
    form = FollowUpForm(
        request.POST if request.method == "POST" else None,
        initial={"uses_skills": found.uses_skills},
    )
    today = timezone.localdate()
    if request.method == "POST" and form.is_valid():
        if is_exhausted(request, f"follow-up:{found.pk}", answers=OWN_ANSWERS):
            return render(request, "429.html", status=429)
        count_answer(request, f"follow-up:{found.pk}")
        try:
            answer_follow_up(
                follow_up=found,
                uses_skills=SkillsUse(form.cleaned_data["uses_skills"]),
                answered_on=today,
            )
        except FollowUpClosed as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("assessments:follow_up_thanks", token)
    session = found.participation.session
    context = {
        "found": found,
        "form": form,
        "ended_on": session.ends_on if session else None,
        "is_closed": not is_answerable(found.sent_on, today),
    }
    return _unlisted(render(request, "assessments/follow_up.html", context))


@audience(Audience.PUBLIC)
@require_safe
def follow_up_thanks(request: HttpRequest, token: str) -> HttpResponse:
    """Thank whoever answered; offer the delayed test to an account with a form left to take."""
    found = get_object_or_404(
        FollowUp.objects.select_related("participation__session", "participation__person__user"),
        token=token,
    )
    if found.answered_on is None:
        return redirect("assessments:follow_up", token)
    return _unlisted(
        render(request, "assessments/follow_up_thanks.html", {"test": _offered_test(found)})
    )


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_follow_up(request: HttpRequest, code: str) -> HttpResponse:
    """Sent, answered, rate and results at three and six months."""
    session = staff_session(request, code)
    rows = [
        {
            "row": row,
            "rates": _rates(row.figures),
            "post": _points(row.retention.mean_post),
            "delayed": _points(row.retention.mean_delayed),
        }
        for row in session_follow_ups(session)
    ]
    context = {
        "session": session,
        "frame": session_frame(session, account_of(request), FOLLOW_UP_TAB),
        "rows": rows,
        "can_call": works_for(request.user, session),
        "has_overview": belongs_to(request.user, Audience.VALIDATORS),
    }
    return render(request, "assessments/session_follow_up.html", context)


@audience(Audience.VALIDATORS)
@require_safe
def follow_up_years(request: HttpRequest) -> HttpResponse:
    """Every year and delay: the committee sees the country, a focal point the own territory."""
    rows = [
        {"row": row, "rates": _rates(row.figures)}
        for row in yearly_follow_ups(sessions_for(request.user))
    ]
    return render(request, "assessments/follow_up_years.html", {"rows": rows})


def _offered_test(found: FollowUp) -> dict[str, Any] | None:
    participation = found.participation
    occasion = OCCASION_OF[found.months]
    person = participation.person
    if participation.session is None or getattr(person, "user", None) is None:
        return None
    if not follow_up_test_is_open(participation, occasion):
        return None
    is_done = Attempt.objects.submitted().filter(participation=participation, occasion=occasion)
    form = follow_up_form(participation, occasion)
    if form is None or is_done.exists():
        return None
    return {
        "code": participation.session.code,
        "occasion": Occasion(occasion),
        "count": form.items.filter(withdrawn_at=None).count(),
    }


def _rates(figures: FollowUpFigures) -> dict[str, str]:
    return {"response": _percent(figures.response_rate), "yes": _percent(figures.yes_rate)}


def _percent(value: float | None) -> str:
    return NOTHING if value is None else f"{figure(value)}\u00a0%"


def _points(value: float | None) -> str:
    return NOTHING if value is None else figure(value)


def _unlisted(response: HttpResponse) -> HttpResponse:
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    return response
