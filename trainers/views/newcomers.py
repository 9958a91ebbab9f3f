"""Put somebody on the list: typed, compared with known persons, then added."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import Person, User
from trainers.attendance.newcomers import Proposals, add_newcomer, propose_persons
from trainers.forms.attendance import NewcomerForm
from trainers.models import TrainingSession
from trainers.sessions.lock import SessionClosed
from trainers.sessions.tabs import session_frame
from trainers.views.opened import writable_session

NEW_PERSON = "new"
SHOWN_DIGITS = 2


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "POST"])
def add_participant(request: HttpRequest, code: str) -> HttpResponse:
    """A first POST proposes the known persons who resemble, a second one says who it is."""
    session = writable_session(request, code)
    form = NewcomerForm(request.POST or None)
    proposals = Proposals()
    if request.method == "POST" and form.is_valid():
        proposals = propose_persons(form.newcomer())
        choice = request.POST.get("who", "" if proposals.persons else NEW_PERSON)
        known = {str(person.pk): person for person in proposals.persons}
        if choice in known or choice == NEW_PERSON:
            return _add(request, session, form, known.get(choice))
    assert isinstance(request.user, User)
    context = {
        "frame": session_frame(session, request.user, "attendance"),
        "session": session,
        "form": form,
        "reason": proposals.reason,
        "choices": _choices(proposals),
        "selected": str(proposals.persons[0].pk) if proposals.is_sure else "",
    }
    return render(request, "trainers/add_participant.html", context)


def _add(
    request: HttpRequest, session: TrainingSession, form: NewcomerForm, known: Person | None
) -> HttpResponse:
    try:
        participation = add_newcomer(session=session, newcomer=form.newcomer(), known=known)
    except SessionClosed as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, _("%(person)s est sur la liste.") % {"person": participation.person}
        )
    return redirect("trainers:session", session.code)


def _choices(proposals: Proposals) -> list[dict[str, Any]]:
    if not proposals.persons:
        return []
    known = [
        {"value": str(person.pk), "label": _("C'est %(who)s") % {"who": _in_words(person)}}
        for person in proposals.persons
    ]
    return [*known, {"value": NEW_PERSON, "label": _("C'est une autre personne")}]


def _in_words(person: Person) -> str:
    """Enough to recognise somebody, not enough to write to them."""
    facts = [person.full_name]
    if person.profession is not None:
        facts.append(person.profession.name)
    if person.birth_year:
        facts.append(_("né(e) en %(year)s") % {"year": person.birth_year})
    if person.phone:
        facts.append(_("téléphone finissant par %(end)s") % {"end": person.phone[-SHOWN_DIGITS:]})
    return ", ".join(facts)
