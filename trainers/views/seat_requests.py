"""The public way in to a session: ask for a seat by a link or its QR code, without an account.

The page tells what the session is, never who is on its list: the same answer meets everybody.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import Person, User
from trainers.enums import RegistrationState
from trainers.forms.registration import SeatRequestForm
from trainers.models import Participation, Registration, RegistrationLink
from trainers.registration.links import is_open, link_of
from trainers.registration.requests import (
    Asked,
    RequestRefused,
    TooManyRequests,
    ask_for_seat,
    ask_with_account,
    take_back,
)
from trainers.sessions.tabs import days_of


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def seat_request(request: HttpRequest, token: str) -> HttpResponse:
    """Ask for a seat: a form for a visitor, one button for somebody signed in."""
    link, person = _link(token), _person(request)
    if request.method == "POST" and person is not None:
        return _ask_in_one_tap(request, link, person)
    form = SeatRequestForm(request.POST or None, initial={"uuid": uuid.uuid4()})
    status = 200
    if request.method == "POST" and form.is_valid():
        asked = Asked(form.cleaned_data["uuid"], form.newcomer())
        try:
            ask_for_seat(link=link, asked=asked)
        except RequestRefused as refusal:
            form.add_error(None, str(refusal))
            status = 429 if isinstance(refusal, TooManyRequests) else 200
        else:
            return redirect("trainers:seat_asked", token)
    context = _context(link, person) | {"form": form}
    return _unlisted(render(request, "trainers/seat_request.html", context, status=status))


@audience(Audience.PUBLIC)
@require_safe
def seat_asked(request: HttpRequest, token: str) -> HttpResponse:
    """The request is received; what happens next."""
    link = _link(token)
    return _unlisted(render(request, "trainers/seat_asked.html", _context(link, None)))


@audience(Audience.LEARNER)
@require_POST
def seat_taken_back(request: HttpRequest, token: str) -> HttpResponse:
    """Give up one's own request."""
    link, person = _link(token), _person(request)
    own = _own_request(link, person) if person else None
    if own is not None:
        take_back(registration=own)
        messages.success(request, _("Votre demande est retirée."))
    return redirect("trainers:seat_request", token)


def _ask_in_one_tap(request: HttpRequest, link: RegistrationLink, person: Person) -> HttpResponse:
    try:
        ask_with_account(link=link, person=person)
    except RequestRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Votre demande est reçue. L'équipe vous répondra."))
    return redirect("trainers:seat_request", link.token)


def _context(link: RegistrationLink, person: Person | None) -> dict[str, Any]:
    """What everybody sees, and for somebody signed in the own request."""
    session = link.session
    own = _own_request(link, person) if person else None
    return {
        "link": link,
        "session": session,
        "days": days_of(session),
        "place": ", ".join(filter(None, [session.venue, session.territory.name])),
        "is_open": is_open(link),
        "person": person,
        "is_enrolled": person is not None and _is_enrolled(link, person),
        "own": own,
        "may_ask": own is None
        or own.state in (RegistrationState.CANCELLED, RegistrationState.REFUSED),
        "may_take_back": own is not None
        and own.state in (RegistrationState.PENDING, RegistrationState.WAITING),
    }


def _link(token: str) -> RegistrationLink:
    link = link_of(token)
    if link is None:
        raise Http404
    return link


def _person(request: HttpRequest) -> Person | None:
    return request.user.person if isinstance(request.user, User) else None


def _own_request(link: RegistrationLink, person: Person) -> Registration | None:
    family = Person.objects.same_as(person.pk)
    return Registration.objects.filter(session=link.session, person__in=family).first()


def _is_enrolled(link: RegistrationLink, person: Person) -> bool:
    family = Person.objects.same_as(person.pk)
    return Participation.objects.filter(session=link.session, person__in=family).exists()


def _unlisted(response: HttpResponse) -> HttpResponse:
    """A page behind a token: no cache keeps it, no search engine lists it."""
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response
