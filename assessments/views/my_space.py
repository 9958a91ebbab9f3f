"""The learner's own page: what to do next, courses, sessions, what is still valid."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from assessments.enums import Occasion
from assessments.figures import figure
from assessments.own_courses import Copies, OwnCourse, own_courses
from assessments.own_follow_ups import waiting_follow_ups
from assessments.own_tests import (
    copies_of,
    own_participations,
    status_sentence,
    tests_of,
)
from courses.enums import RunState
from trainers.enums import LadderStatus, SessionMode, SessionState, ValidityState
from trainers.models import Participation
from trainers.models.participations import TRAINED_OR_MORE
from trainers.participation.validities import Validity, validities_of
from trainers.sessions.tabs import days_of

STATUS_KINDS = {
    LadderStatus.CERTIFIED: "success",
    LadderStatus.TRAINED: "success",
    LadderStatus.INFORMED: "info",
}
VALIDITY_KINDS = {
    ValidityState.VALID: "success",
    ValidityState.DUE_SOON: "accent",
    ValidityState.TO_REFRESH: "warning",
}


@audience(Audience.LEARNER)
@require_safe
def my_space(request: HttpRequest) -> HttpResponse:
    account = account_of(request)
    participations = list(
        own_participations(account)
        .select_related("session__territory", "session__curriculum", "person", "course_run")
        .order_by("-session__starts_on", "-pk")
    )
    copies = copies_of(participations)
    in_sessions = [one for one in participations if one.session is not None]
    tests = tests_of(in_sessions, copies)
    has_trained = any(
        one.status in TRAINED_OR_MORE
        or (one.course_run is not None and one.course_run.state == RunState.COMPLETED)
        for one in participations
    )
    assert account.person is not None  # stated by the audience
    validities = validities_of(account.person) if has_trained else []
    context = {
        "to_take": [test for test in tests if test.is_to_take],
        "follow_ups": waiting_follow_ups(in_sessions, copies),
        "courses": [
            _course(request, course, in_sessions, copies)
            for course in own_courses(account, participations, copies)
        ],
        "validities": [_validity(request, one) for one in validities],
        "sessions": [_card(one, copies) for one in in_sessions if not _is_course(one)],
    }
    return render(request, "assessments/my_space.html", context)


def _is_course(participation: Participation) -> bool:
    """Online, a session is one of « Mes formations », unless it was cancelled."""
    session = participation.session
    assert session is not None
    return session.mode == SessionMode.ONLINE and session.state != SessionState.CANCELLED


def _course(
    request: HttpRequest, course: OwnCourse, in_sessions: list[Participation], copies: Copies
) -> dict[str, Any]:
    return {
        "course": course,
        "url": course.curriculum.get_url(request) or "",
        "refreshes": course.curriculum.refreshes.title if course.curriculum.refreshes else "",
        "read": len(course.log.read),
        "planned": len(course.log.planned),
        "results": [
            result
            for one in in_sessions
            if getattr(one.session, "code", "") == course.session_code
            for result in _results(one, copies)
        ],
    }


def _validity(request: HttpRequest, one: Validity) -> dict[str, Any]:
    is_due = one.state != ValidityState.VALID
    refresher = one.refresher if is_due else None
    return {
        "title": one.curriculum.title,
        "url": one.curriculum.get_url(request) or "" if one.curriculum.live else "",
        "until": one.valid_until,
        "is_over": one.state == ValidityState.TO_REFRESH,
        "state": one.state.label,
        "kind": VALIDITY_KINDS[one.state],
        "refresher": refresher,
        "refresher_url": refresher.get_url(request) or "" if refresher else "",
    }


def _card(participation: Participation, copies: Copies) -> dict[str, Any]:
    session = participation.session
    assert session is not None  # the page lists sessions only
    return {
        "session": session,
        "days": days_of(session),
        "status": participation.get_status_display(),
        "status_kind": STATUS_KINDS.get(LadderStatus(participation.status), "neutral"),
        "sentence": status_sentence(participation),
        "results": _results(participation, copies),
    }


def _results(participation: Participation, copies: Copies) -> list[dict[str, Any]]:
    """The copies handed in, the delayed tests last."""
    handed_in = [
        copy
        for occasion in Occasion
        if (copy := copies.get((participation.pk, occasion))) and copy.submitted_at
    ]
    return [
        {
            "label": copy.get_occasion_display(),
            "uuid": copy.uuid,
            "score": figure(copy.percent or 0.0),
        }
        for copy in handed_in
    ]
