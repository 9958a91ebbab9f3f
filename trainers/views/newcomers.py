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
from accounts.person_lookup import propose
from trainers.attendance.newcomers import Proposals, add_newcomer, propose_persons
from trainers.forms.attendance import NewcomerForm
from trainers.models import TrainingSession
from trainers.people.access import persons_for
from trainers.people.wording import recognisable
from trainers.sessions.lock import SessionClosed
from trainers.sessions.tabs import session_frame
from trainers.views.opened import ids_of, writable_session

NEW_PERSON = "new"


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "POST"])
def add_participant(request: HttpRequest, code: str) -> HttpResponse:
    """A first POST proposes the known persons who resemble, a second one says who it is.

    « Chercher » proposes more widely, among the persons that the account may know of, and adds
    nobody; so does the typing script, while the names are written.
    """
    session = writable_session(request, code)
    form = NewcomerForm(request.POST or None)
    proposals = Proposals()
    if request.method == "POST" and form.is_valid():
        proposals = propose_persons(form.newcomer())
        if "search" in request.POST:
            proposals = _with_others(proposals, form, request)
        else:
            choice = request.POST.get("who", "" if proposals.persons else NEW_PERSON)
            known = {str(person.pk): person for person in proposals.persons}
            if choice not in {*known, NEW_PERSON}:
                for pk in ids_of([choice]):
                    known.update(_in_scope(request, pk))
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
        "is_searched": "search" in request.POST and form.is_valid(),
    }
    return render(request, "trainers/add_participant.html", context)


def _with_others(proposals: Proposals, form: NewcomerForm, request: HttpRequest) -> Proposals:
    """The persons that matching found, then those in scope who resemble."""
    among = persons_for(request.user)
    others = [one.person for one in propose(form.newcomer().sought, among=among)]
    persons = dict.fromkeys([*proposals.persons, *others])
    return Proposals(tuple(persons), proposals.reason, proposals.is_sure)


def _in_scope(request: HttpRequest, pk: int) -> dict[str, Person]:
    """A person proposed while typing, read again: nobody out of scope is ever put on a list."""
    return {str(person.pk): person for person in persons_for(request.user).filter(pk=pk)}


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
        {"value": str(person.pk), "label": _("C'est %(who)s") % {"who": recognisable(person)}}
        for person in proposals.persons
    ]
    return [*known, {"value": NEW_PERSON, "label": _("C'est une autre personne")}]
