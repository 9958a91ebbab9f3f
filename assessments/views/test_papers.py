"""Print a test: copies, answer sheets, and the key once nobody writes any more."""

from collections.abc import Callable
from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import file_answer
from accounts.signed_in import account_of
from assessments.key_prints import note_key_print
from assessments.papers.content import NothingToPrint
from assessments.papers.sheets import answer_sheets, correction_key, question_papers
from assessments.test_closing import key_refusal
from assessments.views.session_board import recorded_session
from trainers.models import TrainingSession


@audience(Audience.TRAINING_STAFF)
@require_safe
def print_papers(request: HttpRequest, code: str, occasion: str) -> HttpResponse:
    """The questions, a copy for each participant and spare ones. For those who run the session.

    `?recto-verso` starts each copy on a sheet of its own in a printer that turns pages.
    """
    session = recorded_session(request, code)
    draw = partial(question_papers, is_two_sided="recto-verso" in request.GET)
    return _printed(request, session, occasion, "test", draw)


@audience(Audience.TRAINING_STAFF)
@require_safe
def print_answer_sheets(request: HttpRequest, code: str, occasion: str) -> HttpResponse:
    """A page of boxes for each participant and spare ones."""
    session = recorded_session(request, code)
    return _printed(request, session, occasion, "feuilles-reponses", answer_sheets)


@audience(Audience.TRAINING_STAFF)
@require_safe
def print_key(request: HttpRequest, code: str, occasion: str) -> HttpResponse:
    """The right answers, once the post-test is over for all; who printed them stays."""
    session = recorded_session(request, code)
    if refusal := key_refusal(session):
        messages.warning(request, refusal)
        return redirect("assessments:session_results", session.code)
    response = _printed(request, session, occasion, "corrige", correction_key)
    if response.status_code == HTTPStatus.OK:
        note_key_print(session=session, occasion=occasion, by=account_of(request))
    return response


def _printed(
    request: HttpRequest,
    session: TrainingSession,
    occasion: str,
    what: str,
    draw: Callable[[TrainingSession, str], bytes],
) -> HttpResponse:
    try:
        content = draw(session, occasion)
    except NothingToPrint as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:session_results", session.code)
    return file_answer(content, f"{what}-{occasion.lower()}-{session.code}.pdf")
