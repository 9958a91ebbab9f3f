"""A session's results, live: who took which test, the gain, the items to debrief."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience, Role
from accounts.roles import roles_of
from accounts.signed_in import account_of
from assessments.enums import Occasion
from assessments.forms import PlanTestsForm
from assessments.key_prints import key_prints
from assessments.models import Attempt, TestForm
from assessments.results_board import (
    copies_of,
    forms_to_choose,
    gain_board,
    item_rows,
    person_rows,
    plan_choices,
    planned_choice,
    test_panels,
)
from assessments.results_tab import RESULTS_TAB
from assessments.session_results import item_analysis, knowledge_gain
from assessments.session_tests import (
    TestsRefused,
    close_test,
    end_paper_test,
    open_test,
    plan_tests,
)
from assessments.test_closing import key_refusal
from trainers.models import TrainingSession
from trainers.sessions.access import may_record, sessions_for
from trainers.sessions.tabs import session_frame


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_results(request: HttpRequest, code: str) -> HttpResponse:
    session = staff_session(request, code)
    copies = copies_of(session)
    can_record = may_record(request.user, session)
    refusal = key_refusal(session)
    context = {
        "session": session,
        "frame": session_frame(session, account_of(request), RESULTS_TAB),
        "can_record": can_record,
        "panels": test_panels(session, copies),
        "plan_form": _plan_form(session, copies) if can_record else None,
        "gain": gain_board(knowledge_gain(session)),
        "people": person_rows(session, copies),
        "items": _items(request, session, copies),
        "key_refusal": refusal,
        "key_prints": key_prints(session),
        "is_key_shown": not refusal,
        "can_withdraw": Role.COMMITTEE in roles_of(request.user),
    }
    return render(request, "assessments/session_results.html", context)


@audience(Audience.TRAINING_STAFF)
@require_POST
def plan_session_tests(request: HttpRequest, code: str) -> HttpResponse:
    """Choose which forms the session uses."""
    session = recorded_session(request, code)
    form = PlanTestsForm(request.POST, choices=plan_choices(forms_to_choose(session)))
    if not form.is_valid():
        messages.error(request, _("Choisissez un formulaire de la liste."))
        return redirect("assessments:session_results", code)
    pre, post = form.ids()
    known = TestForm.objects.in_bulk({*pre, *post})
    try:
        plan_tests(
            session=session, pre=[known[one] for one in pre], post=[known[one] for one in post]
        )
    except TestsRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Les tests de la session sont choisis."))
    return redirect("assessments:session_results", code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def open_or_close_test(request: HttpRequest, code: str, occasion: str) -> HttpResponse:
    """Open or close one test, as the button pressed says."""
    session = recorded_session(request, code)
    label = Occasion(occasion).label
    try:
        if request.POST.get("do") == "close":
            close_test(session=session, occasion=occasion)
            messages.success(request, _("%(test)s fermé.") % {"test": label})
        elif request.POST.get("do") == "end":
            end_paper_test(session=session, occasion=occasion)
            messages.success(request, _("%(test)s fini : saisissez les copies.") % {"test": label})
        else:
            open_test(session=session, occasion=occasion)
            messages.success(
                request,
                _("%(test)s ouvert : il apparaît dans l'espace de chaque participant.")
                % {"test": label},
            )
    except TestsRefused as refusal:
        messages.error(request, str(refusal))
    return redirect("assessments:session_results", code)


def staff_session(request: HttpRequest, code: str) -> TrainingSession:
    """The session of this code if this account works on it; else a 404."""
    sessions: QuerySet[TrainingSession] = sessions_for(request.user)
    return get_object_or_404(sessions.select_related("territory", "curriculum"), code=code)


def recorded_session(request: HttpRequest, code: str) -> TrainingSession:
    """The same, for an account that may also write in it; else a refusal."""
    session = staff_session(request, code)
    if not may_record(request.user, session):
        raise PermissionDenied
    return session


def _plan_form(session: TrainingSession, copies: list[Attempt]) -> PlanTestsForm | None:
    choices = plan_choices(forms_to_choose(session))
    if not choices:
        return None
    return PlanTestsForm(choices=choices, initial={"plan": planned_choice(session, copies)})


def _items(
    request: HttpRequest, session: TrainingSession, copies: list[Attempt]
) -> dict[str, Any] | None:
    """The analysis of one test and form, the post-test first; links to the others."""
    taken = {(copy.occasion, copy.form.code): copy.form for copy in copies if copy.submitted_at}
    if not taken:
        return None
    order = sorted(taken, key=lambda one: (one[0] != Occasion.POST, one))
    asked = next((one for one in order if _item_key(one) == request.GET.get("items")), order[0])
    found = item_analysis(taken[asked], asked[0], session)
    return {
        "tabs": [
            {
                "url": f"?items={_item_key(one)}#items",
                "label": f"{Occasion(one[0]).label} · {one[1]}",
                "is_current": one == asked,
            }
            for one in order
        ],
        "form": found.form,
        "n": found.analysis.n,
        "is_shown": found.analysis.is_shown,
        "notes": found.analysis.notes,
        "kr20": found.analysis.kr20,
        "withdrawn": found.withdrawn_positions,
        "rows": item_rows(found),
    }


def _item_key(one: tuple[str, str]) -> str:
    return f"{one[0].lower()}-{one[1]}"
