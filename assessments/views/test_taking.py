"""Taking a test without JavaScript: one POST per page, resumed after a cut, handed in once."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from assessments.attempts import CopyRefused, save_responses, submit_attempt
from assessments.enums import FOLLOW_UP_OCCASIONS, Occasion
from assessments.figures import figure
from assessments.form_key import AnswersMisfit
from assessments.models import Attempt
from assessments.own_tests import (
    ITEMS_A_PAGE,
    AskedItem,
    asked_items,
    feedback_of,
    own_attempt,
    pages_of,
    waits_for_the_room,
)
from assessments.views.shown_copy import JS_COOKIE, heading_of, shown_item
from assessments.views.test_starting import resume
from trainers.sessions.access import sessions_for

PREVIOUS = "previous"


@audience(Audience.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def take_test(request: HttpRequest, attempt_uuid: uuid.UUID, page: int) -> HttpResponse:
    """One page of five items; POST saves its answers and goes on."""
    attempt = _own_copy(request, attempt_uuid)
    if attempt.submitted_at:
        return redirect("assessments:test_result", attempt.uuid)
    if request.method != "POST" and JS_COOKIE in request.COOKIES:
        return redirect("assessments:whole_copy", attempt.participation_id, attempt.occasion)
    pages = pages_of(asked_items(attempt))
    if not 1 <= page <= len(pages):
        raise Http404
    if request.method == "POST":
        return _save_page(request, attempt, page, pages)
    context = {
        "attempt": attempt,
        "heading": heading_of(attempt.participation),
        "occasion": Occasion(attempt.occasion),
        "page": page,
        "page_count": len(pages),
        "items": [shown_item(item) for item in pages[page - 1]],
    }
    return render(request, "assessments/take_test.html", context)


@audience(Audience.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def review_test(request: HttpRequest, attempt_uuid: uuid.UUID) -> HttpResponse:
    """What is left without answer; POST hands the copy in. Twice gives the same result."""
    attempt = _own_copy(request, attempt_uuid)
    if attempt.submitted_at:
        return redirect("assessments:test_result", attempt.uuid)
    if request.method == "POST":
        try:
            submit_attempt(attempt=attempt)
        except CopyRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("assessments:my_space")
        return redirect("assessments:test_result", attempt.uuid)
    items = asked_items(attempt)
    context = {
        "attempt": attempt,
        "occasion": Occasion(attempt.occasion),
        "item_count": len(items),
        "answered": sum(bool(item.selected) for item in items),
        "unanswered": [
            {"number": item.number, "name": item.name, "page": _page_of(item)}
            for item in items
            if not item.selected
        ],
        "last_page": len(pages_of(items)),
    }
    return render(request, "assessments/review_test.html", context)


@audience(Audience.SIGNED_IN)
@require_safe
def test_result(request: HttpRequest, attempt_uuid: uuid.UUID) -> HttpResponse:
    """The result of a copy, for its owner and for the staff of its session; others get a 404."""
    attempt = own_attempt(account_of(request), attempt_uuid)
    is_owner = attempt is not None
    if attempt is None:
        attempt = (
            Attempt.objects.filter(
                uuid=attempt_uuid, participation__session__in=sessions_for(request.user)
            )
            .select_related("form", "participation__session", "participation__person")
            .first()
        )
    if attempt is None or (attempt.submitted_at is None and not is_owner):
        raise Http404
    if attempt.submitted_at is None:
        return resume(attempt)
    return render(request, "assessments/test_result.html", _result(attempt, is_owner=is_owner))


def _result(attempt: Attempt, *, is_owner: bool) -> dict[str, Any]:
    percent = attempt.percent or 0.0
    return {
        "attempt": attempt,
        "session": attempt.participation.session,
        "heading": heading_of(attempt.participation),
        "occasion": Occasion(attempt.occasion),
        "is_owner": is_owner,
        "is_post": attempt.occasion == Occasion.POST,
        "person": "" if is_owner else str(attempt.participation.person),
        "score": int(percent + 0.5),
        "percent": figure(percent),
        "has_mastered": percent >= attempt.form.mastery,
        "is_follow_up": attempt.occasion in FOLLOW_UP_OCCASIONS,
        "waits": waits_for_the_room(attempt),
        "feedback": feedback_of(attempt),
        "run": attempt.participation.course_run if is_owner else None,
    }


def _own_copy(request: HttpRequest, attempt_uuid: uuid.UUID) -> Attempt:
    attempt = own_attempt(account_of(request), attempt_uuid)
    if attempt is None:
        raise Http404
    return attempt


def _save_page(
    request: HttpRequest, attempt: Attempt, page: int, pages: list[list[AskedItem]]
) -> HttpResponse:
    answers: dict[int, str | None] = {
        item.position: request.POST[item.name]
        for item in pages[page - 1]
        if request.POST.get(item.name)
    }
    try:
        save_responses(attempt=attempt, answers=answers)
    except AnswersMisfit as refusal:
        messages.error(request, str(refusal))
        return redirect("assessments:take_test", attempt.uuid, page)
    except CopyRefused as refusal:
        messages.warning(request, str(refusal))
        return redirect("assessments:review_test", attempt.uuid)
    if request.POST.get("go") == PREVIOUS and page > 1:
        return redirect("assessments:take_test", attempt.uuid, page - 1)
    if page < len(pages):
        return redirect("assessments:take_test", attempt.uuid, page + 1)
    return redirect("assessments:review_test", attempt.uuid)


def _page_of(item: AskedItem) -> int:
    return (item.number - 1) // ITEMS_A_PAGE + 1
