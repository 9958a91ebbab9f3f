"""The page before a test, in a session or in a self-paced run, and where a copy begun resumes."""

import uuid
from math import ceil

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from assessments.attempts import CopyRefused, start_attempt
from assessments.enums import Occasion
from assessments.models import Attempt
from assessments.open_tests import form_open_to
from assessments.own_tests import (
    ITEMS_A_PAGE,
    asked_items,
    first_unanswered_page,
    own_participations,
)
from assessments.views.shown_copy import JS_COOKIE, heading_of
from trainers.models import Participation


@audience(Audience.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def start_test(request: HttpRequest, code: str, occasion: str) -> HttpResponse:
    """The test of a session: POST with the page's own UUID starts it, or resumes it."""
    return _start(
        request, own_participations(account_of(request)).filter(session__code=code), occasion
    )


@audience(Audience.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def start_run_test(request: HttpRequest, run_id: int, occasion: str) -> HttpResponse:
    """The test of a self-paced run: POST with the page's own UUID starts it, or resumes it."""
    return _start(
        request, own_participations(account_of(request)).filter(course_run=run_id), occasion
    )


def resume(attempt: Attempt) -> HttpResponse:
    """Go to the first page with an item left to answer, to the review, or to the result."""
    if attempt.submitted_at:
        return redirect("assessments:test_result", attempt.uuid)
    page = first_unanswered_page(asked_items(attempt))
    if page is None:
        return redirect("assessments:review_test", attempt.uuid)
    return redirect("assessments:take_test", attempt.uuid, page)


def _start(request: HttpRequest, found: QuerySet[Participation], occasion: str) -> HttpResponse:
    participation = found.select_related("session", "course_run__curriculum").first()
    if participation is None:
        raise Http404
    known = Attempt.objects.filter(participation=participation, occasion=occasion).first()
    if known:
        return resume(known)
    form = form_open_to(participation, occasion)
    if request.method == "POST" and form is not None:
        try:
            attempt = start_attempt(
                uuid=_client_uuid(request),
                participation=participation,
                occasion=occasion,
                form=form,
            )
        except CopyRefused as refusal:
            messages.error(request, str(refusal))
            return redirect(request.path)
        return resume(attempt)
    count = form.items.filter(withdrawn_at=None).count() if form else 0
    context = {
        "heading": heading_of(participation),
        "occasion": Occasion(occasion),
        "is_in_session": participation.session_id is not None,
        "can_start": form is not None,
        "item_count": count,
        "keeps_by_itself": JS_COOKIE in request.COOKIES,
        "page_count": ceil(count / ITEMS_A_PAGE),
        "uuid": uuid.uuid4(),
    }
    return render(request, "assessments/start_test.html", context)


def _client_uuid(request: HttpRequest) -> uuid.UUID:
    """The UUID that the page carries: posting it twice is one copy."""
    try:
        return uuid.UUID(request.POST.get("uuid", ""))
    except ValueError:
        return uuid.uuid4()
