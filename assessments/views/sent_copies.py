"""The whole copy on one page, for a phone that keeps each answer by itself, and its sendings."""

import json
import uuid
from http import HTTPStatus

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from assessments.attempts import CopyRefused
from assessments.copy_payload import SentCopy, UnreadableCopy, read_copy
from assessments.enums import Occasion
from assessments.form_key import AnswersMisfit
from assessments.models import Attempt
from assessments.open_tests import form_open_to
from assessments.own_tests import AskedItem, asked_items, own_participations
from assessments.sent_copies import receive_copy, takable_forms
from assessments.views.shown_copy import heading_of, shown_item
from trainers.models import Participation

LARGEST_SENDING = 20_000  # bytes: a copy of 200 answers takes 3,000


@audience(Audience.LEARNER)
@require_http_methods(["GET", "HEAD", "POST"])
def whole_copy(request: HttpRequest, participation_id: int, occasion: str) -> HttpResponse:
    """Every item of a test on one page. GET writes nothing: the copy starts with its first answer.

    With JavaScript the page keeps and sends each answer; without, its form posts them all. `?form=`
    asks again for the form that a phone has begun, when the person would now be given another.
    """
    participation = _own_participation(request, participation_id)
    attempt = _copy_of(participation, occasion, request.GET.get("form", ""))
    if attempt is None:
        return _to_start(participation, occasion)
    if attempt.submitted_at:
        return redirect("assessments:test_result", attempt.uuid)
    items = asked_items(attempt)
    if request.method == "POST":
        return _receive_page(request, attempt, items)
    context = {
        "attempt": attempt,
        "heading": heading_of(participation),
        "occasion": Occasion(occasion),
        "items": [shown_item(item) for item in items],
        "item_count": len(items),
    }
    return render(request, "assessments/whole_copy.html", context)


@audience(Audience.LEARNER)
@require_POST
def receive_sending(request: HttpRequest) -> HttpResponse:
    """Receive a copy as JSON: 204, with the address of its result once handed in; 422, a sentence.

    400 is what our own pages never send.
    """
    if len(request.body) > LARGEST_SENDING:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        copy = read_copy(json.loads(request.body), now=timezone.now())
    except (UnreadableCopy, ValueError, RecursionError):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    participation = _own_participation(request, copy.participation_id)
    try:
        attempt = receive_copy(participation=participation, copy=copy)
    except (CopyRefused, AnswersMisfit) as refusal:
        return HttpResponse(
            str(refusal), status=HTTPStatus.UNPROCESSABLE_ENTITY, content_type="text/plain"
        )
    answer = HttpResponse(status=HTTPStatus.NO_CONTENT)
    if attempt.submitted_at is not None:
        answer["Location"] = reverse("assessments:test_result", args=[attempt.uuid])
    return answer


def _own_participation(request: HttpRequest, participation_id: int) -> Participation:
    participation = (
        own_participations(account_of(request))
        .filter(pk=participation_id)
        .select_related("session", "course_run__curriculum")
        .first()
    )
    if participation is None:
        raise Http404
    return participation


def _copy_of(participation: Participation, occasion: str, form_code: str) -> Attempt | None:
    """The copy begun, or one not saved yet on the form to take; None when it cannot start."""
    known = (
        Attempt.objects.filter(participation=participation, occasion=occasion)
        .select_related("form")
        .first()
    )
    if known is not None:
        return known
    form = form_open_to(participation, occasion)
    if form is None:
        return None
    if form_code and form_code != form.code:
        form = takable_forms(participation, occasion).get(form_code)
        if form is None:
            raise Http404
    return Attempt(
        uuid=uuid.uuid4(),
        participation=participation,
        occasion=occasion,
        form=form,
        responses=[None] * form.items.count(),
    )


def _to_start(participation: Participation, occasion: str) -> HttpResponse:
    """The page that says why this test cannot start."""
    if participation.session is not None:
        return redirect("assessments:start_test", participation.session.code, occasion)
    return redirect("assessments:start_run_test", participation.course_run_id, occasion)


def _receive_page(request: HttpRequest, attempt: Attempt, items: list[AskedItem]) -> HttpResponse:
    """The form posted as it is, where JavaScript did not run: keep all, then review."""
    copy = SentCopy(
        uuid=attempt.uuid,
        participation_id=attempt.participation_id,
        occasion=attempt.occasion,
        form_code=attempt.form.code,
        answers={
            item.position: request.POST[item.name] for item in items if request.POST.get(item.name)
        },
        started_at=attempt.started_at or timezone.now(),
        is_handed_in=False,
    )
    try:
        kept = receive_copy(participation=attempt.participation, copy=copy)
    except (CopyRefused, AnswersMisfit) as refusal:
        messages.error(request, str(refusal))
        if attempt.pk is None:
            return _to_start(attempt.participation, attempt.occasion)
        return redirect("assessments:review_test", attempt.uuid)
    return redirect("assessments:review_test", kept.uuid)
