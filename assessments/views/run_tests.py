"""Starting a test of a self-paced run; its pages are those of every test."""

import uuid
from math import ceil

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from assessments.attempts import CopyRefused, start_attempt
from assessments.enums import Occasion
from assessments.models import Attempt
from assessments.own_tests import (
    ITEMS_A_PAGE,
    asked_items,
    first_unanswered_page,
    own_participations,
)
from assessments.run_tests import run_form, run_test_is_open
from assessments.views.shown_copy import JS_COOKIE
from assessments.views.signed_in import account_of
from trainers.models import Participation


@audience(Audience.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def start_run_test(request: HttpRequest, run_id: int, occasion: str) -> HttpResponse:
    """Say what the test is; POST with the page's own UUID starts it, or resumes it."""
    participation = _own_participation(request, run_id)
    known = Attempt.objects.filter(participation=participation, occasion=occasion).first()
    if known:
        return _resume(known)
    form = run_form(participation, occasion)
    can_start = form is not None and run_test_is_open(participation, occasion)
    if request.method == "POST" and form is not None and can_start:
        try:
            attempt = start_attempt(
                uuid=_client_uuid(request),
                participation=participation,
                occasion=occasion,
                form=form,
            )
        except CopyRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("assessments:start_run_test", run_id, occasion)
        return _resume(attempt)
    assert participation.course_run is not None  # found by its run
    count = form.items.filter(withdrawn_at=None).count() if form else 0
    context = {
        "heading": participation.course_run.curriculum.title,
        "occasion": Occasion(occasion),
        "can_start": can_start,
        "item_count": count,
        "keeps_by_itself": JS_COOKIE in request.COOKIES,
        "page_count": ceil(count / ITEMS_A_PAGE),
        "uuid": uuid.uuid4(),
    }
    return render(request, "assessments/start_run_test.html", context)


def _own_participation(request: HttpRequest, run_id: int) -> Participation:
    participation = (
        own_participations(account_of(request))
        .filter(course_run=run_id)
        .select_related("course_run__curriculum")
        .first()
    )
    if participation is None:
        raise Http404
    return participation


def _client_uuid(request: HttpRequest) -> uuid.UUID:
    """The UUID that the page carries: posting it twice is one copy."""
    try:
        return uuid.UUID(request.POST.get("uuid", ""))
    except ValueError:
        return uuid.uuid4()


def _resume(attempt: Attempt) -> HttpResponse:
    """Go to the first page with an item left to answer, to the review, or to the result."""
    if attempt.submitted_at:
        return redirect("assessments:test_result", attempt.uuid)
    page = first_unanswered_page(asked_items(attempt))
    if page is None:
        return redirect("assessments:review_test", attempt.uuid)
    return redirect("assessments:take_test", attempt.uuid, page)
