"""The learner's own page: tests to take now, sessions, results given."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from assessments.figures import figure
from assessments.own_tests import OwnTest, own_participations, status_sentence, tests_of
from assessments.views.signed_in import account_of
from courses.models import CourseRun
from trainers.enums import LadderStatus
from trainers.models import Participation
from trainers.session_tabs import days_of

STATUS_KINDS = {
    LadderStatus.CERTIFIED: "success",
    LadderStatus.TRAINED: "success",
    LadderStatus.INFORMED: "info",
}


@audience(Audience.LEARNER)
@require_safe
def my_space(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    participations = list(
        own_participations(account)
        .filter(session__isnull=False)
        .select_related("session__territory", "person")
        .order_by("-session__starts_on", "-pk")
    )
    tests = tests_of(participations)
    runs = CourseRun.objects.filter(person=account.person_id).select_related("curriculum")
    context = {
        "to_take": [test for test in tests if test.is_to_take],
        "sessions": [_card(one, tests) for one in participations],
        "runs": [
            {
                "title": run.curriculum.title,
                "url": run.curriculum.get_url(request) or "",
                "state": run.get_state_display(),
            }
            for run in runs.order_by("-started_at")
        ],
    }
    return render(request, "assessments/my_space.html", context)


def _card(participation: Participation, tests: list[OwnTest]) -> dict[str, Any]:
    session = participation.session
    assert session is not None  # the page lists sessions only
    return {
        "session": session,
        "days": days_of(session),
        "status": participation.get_status_display(),
        "status_kind": STATUS_KINDS.get(LadderStatus(participation.status), "neutral"),
        "sentence": status_sentence(participation),
        "results": [
            {
                "label": test.occasion.label,
                "uuid": test.attempt.uuid,
                "score": figure(test.attempt.percent or 0.0),
            }
            for test in tests
            if test.participation == participation and test.is_handed_in and test.attempt
        ],
    }
