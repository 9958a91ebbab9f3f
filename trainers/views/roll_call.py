"""A session's page: the roll call by half-day, and somebody to add to the list."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience, Sex
from accounts.models import Profession, Territory, User
from trainers.attendance.log import MarkEntry, MarkRefused, RollCall, record_marks
from trainers.attendance.roll_call import ABSENT, PRESENT, RollCallPage, roll_call_page
from trainers.enums import EntrySource, RegistrationState, SessionMode
from trainers.models import Participation, Registration, TrainingSession
from trainers.sessions.access import may_record
from trainers.sessions.lock import SessionClosed
from trainers.sessions.progress import progress_page
from trainers.sessions.tabs import session_frame
from trainers.sessions.validation import is_in_charge, took_part
from trainers.views.opened import opened_session, writable_session

PAGE_SIZE = 100


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_page(request: HttpRequest, code: str) -> HttpResponse:
    """The roll call of one half-day; without JavaScript, one form and one uuid per person.

    Online there is none: the page shows what each participant read.
    """
    session = opened_session(request, code)
    if session.mode == SessionMode.ONLINE:
        return _progress(request, session)
    page = roll_call_page(session, request.GET.get("seance", ""))
    people = Paginator(page.people, PAGE_SIZE).get_page(request.GET.get("page"))
    answers: dict[int, str] = {}
    refused = ""
    if request.method == "POST":
        session = writable_session(request, code)
        answers = _answers(request.POST, list(people))
        refused = _save(request, session, page, answers)
        if not refused:
            return redirect(_address(session, page, people))
    context = _context(request, session, page, people) | {
        "rows": page.rows(list(people), answers),
        "refused": refused,
    }
    if context["is_whole"]:
        context |= _taken_along(page)
    return render(request, "trainers/session.html", context)


def _progress(request: HttpRequest, session: TrainingSession) -> HttpResponse:
    """Online no roll is called: the page shows what each participant read."""
    if request.method == "POST":
        messages.info(request, _("Cette session se tient en ligne : aucun appel n'y est fait."))
        return redirect("trainers:session", session.code)
    assert isinstance(request.user, User)
    page = progress_page(session)
    context = {
        "frame": session_frame(session, request.user, "attendance"),
        "session": session,
        "progress": page,
        "people": Paginator(page.rows, PAGE_SIZE).get_page(request.GET.get("page")),
        "total": len(page.rows),
        "can_record": may_record(request.user, session),
    }
    return render(request, "trainers/session_progress.html", context)


def _context(
    request: HttpRequest, session: TrainingSession, page: RollCallPage, people: Page
) -> dict[str, Any]:
    assert isinstance(request.user, User)
    can_record = may_record(request.user, session)
    return {
        "frame": session_frame(session, request.user, "attendance"),
        "session": session,
        "roll": page,
        "people": people,
        "is_noted": page.is_noted(list(people)),
        "can_record": can_record,
        "reason": request.POST.get("reason", ""),
        "warn_validator": can_record
        and is_in_charge(session, request.user)
        and not took_part(session, request.user),
        "total": len(page.people),
        # A phone takes the whole list along, or works page by page with the network.
        "is_whole": can_record and page.slot is not None and not people.has_other_pages(),
        "notes": _notes(session),
    }


def _taken_along(page: RollCallPage) -> dict[str, Any]:
    """What the page needs to work without network."""
    regions = Territory.objects.regions().order_by("name")
    return {
        "made": uuid.uuid4(),
        "blank_row": page.blank_row(),
        "sexes": Sex.choices,
        "professions": Profession.objects.order_by("position").values_list("code", "name"),
        "regions": regions.values_list("code", "name"),
    }


def _notes(session: TrainingSession) -> list[str]:
    """People added in the room of whom something is to be checked."""
    return [
        f"{one.given_name} {one.family_name} : {one.reason}".strip()
        for one in Registration.objects.filter(
            session=session, state=RegistrationState.APPROVED
        ).exclude(reason="")
    ]


def _answers(posted: QueryDict, people: list[Participation]) -> dict[int, str]:
    """What was ticked; « tous présents » speaks for those of whom nothing is noted."""
    everyone = PRESENT if posted.get("others") == PRESENT else ""
    answers = {
        one.pk: posted.get(f"mark-{one.pk}", "" if posted.get(f"was-{one.pk}") else everyone)
        for one in people
    }
    return {pk: answer for pk, answer in answers.items() if answer in (PRESENT, ABSENT)}


def _save(
    request: HttpRequest, session: TrainingSession, page: RollCallPage, answers: dict[int, str]
) -> str:
    """Write the call; the answer is the sentence of a refusal, or nothing."""
    assert isinstance(request.user, User)
    entries = [
        MarkEntry(
            uuid=_uuid(request.POST.get(f"uuid-{pk}", "")),
            participation_id=pk,
            slot_id=page.slot.pk,
            is_present=answer == PRESENT,
        )
        for pk, answer in answers.items()
        if page.slot is not None and answer != request.POST.get(f"was-{pk}")
    ]
    try:
        call = record_marks(
            session=session,
            entries=entries,
            source=EntrySource.TYPED,
            by=request.user,
            reason=request.POST.get("reason", ""),
        )
    except (MarkRefused, SessionClosed) as refusal:
        messages.error(request, str(refusal))
        return str(refusal)
    messages.success(request, _said(call))
    return ""


def _said(call: RollCall) -> str:
    if not call.recorded and not call.corrected:
        return _("Rien de nouveau : l'appel était déjà noté ainsi.")
    parts = [_("Appel enregistré.")]
    if call.recorded:
        parts.append(
            ngettext("%(count)d personne notée.", "%(count)d personnes notées.", call.recorded)
            % {"count": call.recorded}
        )
    if call.corrected:
        parts.append(
            ngettext(
                "%(count)d présence corrigée.", "%(count)d présences corrigées.", call.corrected
            )
            % {"count": call.corrected}
        )
    return " ".join(parts)


def _address(session: TrainingSession, page: RollCallPage, people: Page) -> str:
    position = page.slot.position if page.slot else 1
    number = f"&page={people.number}" if people.number > 1 else ""
    return f"{reverse('trainers:session', args=[session.code])}?seance={position}{number}"


def _uuid(text: str) -> uuid.UUID:
    """The uuid that the page carried; a page without one makes a new mark."""
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
