"""During the session: who has handed in, now; then the questions to discuss."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from assessments.debrief import debrief_of
from assessments.debrief_order import ItemOutcome
from assessments.enums import Occasion
from assessments.figures import figure
from assessments.live_board import live_board
from assessments.results_tab import RESULTS_TAB
from assessments.test_closing import key_refusal
from assessments.views.session_board import staff_session
from trainers.sessions.access import may_record
from trainers.sessions.tabs import session_frame

REFRESH_SECONDS = 15
NAMES = "noms"
STILL = "fixe"


@audience(Audience.TRAINING_STAFF)
@require_safe
def live_test(request: HttpRequest, code: str, occasion: str) -> HttpResponse:
    """The state of one test. While it is open the page asks for itself again, without a script.

    The header does what a <meta> would; « ?fixe » stops it for whoever reads slowly, « ?noms »
    keeps the names open from one refresh to the next.
    """
    session = staff_session(request, code)
    board = live_board(session, occasion)
    is_still = STILL in request.GET
    context = {
        "session": session,
        "frame": session_frame(session, account_of(request), RESULTS_TAB),
        "occasion": Occasion(occasion),
        "board": board,
        "percent": round(board.handed_in * 100 / board.total) if board.total else 0,
        "with_names": NAMES in request.GET,
        "is_still": is_still,
        "seconds": REFRESH_SECONDS,
        "can_record": may_record(request.user, session),
    }
    response = render(request, "assessments/live_test.html", context)
    if board.is_open and not is_still:
        response["Refresh"] = str(REFRESH_SECONDS)
    return response


@audience(Audience.TRAINING_STAFF)
@require_safe
def debrief(request: HttpRequest, code: str) -> HttpResponse:
    """The questions to discuss, to project. Refused while anybody still writes the post-test."""
    session = staff_session(request, code)
    if refusal := key_refusal(session):
        messages.warning(request, refusal)
        return redirect("assessments:session_results", session.code)
    found = debrief_of(session)
    context = {
        "session": session,
        "debrief": found,
        "items": [_shown(item) for item in found.discussed],
        "acquired": [_shown(item) for item in found.acquired],
    }
    return render(request, "assessments/debrief.html", context)


def _shown(item: ItemOutcome) -> dict[str, Any]:
    return {
        "item": item,
        "before": _share(item.share_pre),
        "after": _share(item.share_post),
        "before_percent": round((item.share_pre or 0) * 100),
        "after_percent": round((item.share_post or 0) * 100),
    }


def _share(share: float | None) -> str:
    return "—" if share is None else f"{figure(share * 100, 0)}\u00a0%"
