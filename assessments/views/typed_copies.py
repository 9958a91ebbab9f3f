"""Type paper copies with the keyboard alone, and mend a copy already recorded."""

import uuid
from dataclasses import replace

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from accounts.signed_in import account_of
from assessments.attempts import CopyRefused
from assessments.copy_corrections import FROM_PAPER, correct_copy
from assessments.enums import Occasion
from assessments.forms import CopyCorrectionForm
from assessments.models import Attempt, CopyCorrection
from assessments.typed_letters import TypedCopyRefused, as_typed
from assessments.typing_rows import (
    TypedRow,
    forms_by_letter,
    read_line,
    record_typed,
    typed_rows,
)
from assessments.views.session_board import recorded_session
from trainers.attendance.short_codes import BadShortCode, read_short_code


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def type_copies(request: HttpRequest, code: str, occasion: str) -> HttpResponse:
    """One line of letters per participant, in the order of the sheets. Good lines are recorded."""
    session = recorded_session(request, code)
    rows = typed_rows(session, occasion)
    if request.method == "POST":
        tried = [replace(row, errors=[]) for row in rows]
        try:
            recorded = record_typed(
                session=session,
                occasion=occasion,
                rows=tried,
                lines={row.name: request.POST.get(row.name, "") for row in rows},
                by=account_of(request),
            )
        except CopyRefused as refusal:
            messages.error(request, str(refusal))
        else:
            rows = tried
            if recorded:
                messages.success(request, _("%(n)s copie(s) enregistrée(s).") % {"n": recorded})
            if not any(row.errors for row in rows):
                return redirect("assessments:type_copies", code, occasion)
    focused, not_found = _focus(request, rows)
    context = {
        "session": session,
        "occasion": Occasion(occasion),
        "rows": rows,
        "focused": focused,
        "not_found": not_found,
        "sought": request.GET.get("code", ""),
        "refused": sum(bool(row.errors) for row in rows),
        "recorded": sum(row.is_recorded for row in rows),
        "several_forms": len({row.form.pk for row in rows}) > 1,
    }
    return render(request, "assessments/type_copies.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def correct_typed_copy(request: HttpRequest, code: str, attempt_uuid: uuid.UUID) -> HttpResponse:
    """Show a paper copy as it is recorded; mend it with a reason, or read what was mended."""
    session = recorded_session(request, code)
    attempt = (
        Attempt.objects.submitted()
        .filter(uuid=attempt_uuid, participation__session=session, source__in=FROM_PAPER)
        .select_related("participation__person", "participation__session", "form")
        .first()
    )
    if attempt is None:
        raise Http404
    occasion = Occasion(attempt.occasion)
    initial = {"uuid": uuid.uuid4(), "line": as_typed(attempt.responses)}
    form = CopyCorrectionForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid() and _corrected(request, attempt, form):
        messages.success(request, _("La copie est corrigée et notée de nouveau."))
        return redirect("assessments:type_copies", code, occasion)
    found = CopyCorrection.objects.filter(attempt=attempt).select_related("corrected_by")
    context = {
        "session": session,
        "attempt": attempt,
        "occasion": occasion,
        "form": form,
        "typed": as_typed(attempt.responses),
        "corrections": [
            {
                "correction": one,
                "before": as_typed(one.responses_before),
                "after": as_typed(one.responses_after),
            }
            for one in found.order_by("-pk")
        ],
    }
    return render(request, "assessments/correct_copy.html", context)


def _corrected(request: HttpRequest, attempt: Attempt, form: CopyCorrectionForm) -> bool:
    """Mend the copy, or put what refuses it on the form."""
    session = attempt.participation.session
    assert session is not None  # found through a session
    known = {attempt.form.letter: attempt.form, **forms_by_letter(session, attempt.occasion)}
    try:
        right_form, responses = read_line(form.cleaned_data["line"], attempt.form, known)
        correct_copy(
            uuid=form.cleaned_data["uuid"],
            attempt=attempt,
            form=right_form,
            responses=responses,
            reason=form.cleaned_data["reason"],
            by=account_of(request),
        )
    except TypedCopyRefused as refusal:
        form.add_error("line", str(refusal))
    except CopyRefused as refusal:
        form.add_error(None, str(refusal))
    else:
        return True
    return False


def _focus(request: HttpRequest, rows: list[TypedRow]) -> tuple[str, str]:
    """The line to start on, and what to say of a code that leads nowhere."""
    next_row = next((row for row in rows if row.errors or not row.typed), None)
    start = next_row.name if next_row else ""
    sought = request.GET.get("code", "").strip()
    if not sought:
        return start, ""
    try:
        wanted = read_short_code(sought)
    except BadShortCode as refusal:
        return start, str(refusal)
    row = next((one for one in rows if one.participation.pk == wanted), None)
    if row is None:
        return start, _("Le code %(code)s n'est pas de cette session.") % {"code": sought.upper()}
    return row.name, ""
