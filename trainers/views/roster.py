"""The list of a session: find known people and enrol them, take off a name put by mistake."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.account_search import PERSONS_SHOWN, persons_found
from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import Person, User
from accounts.names import fold
from accounts.phones import InvalidPhone, normalise_phone
from trainers.enums import RegistrationState
from trainers.forms.sessions import ReasonForm
from trainers.models import Participation, TrainingSession
from trainers.people.access import persons_for
from trainers.registration.doubles import Line, doubles_of, keep_one_line
from trainers.registration.roster import RosterRefused, enrol_known, remove_from_list
from trainers.sessions.access import may_record
from trainers.sessions.lock import SessionClosed
from trainers.sessions.seats import seats_left
from trainers.sessions.tabs import session_frame
from trainers.views.opened import ids_of, opened_session, writable_session

PAGE_SIZE = 100
FEWEST_SIGNS = 3  # a shorter search would leaf through the register
SHOWN_DIGITS = 2


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def session_roster(request: HttpRequest, code: str) -> HttpResponse:
    """Who is on the list, and a search among the persons in scope; several are ticked at once."""
    session = opened_session(request, code)
    if request.method == "POST":
        return _enrol(request, writable_session(request, code))
    assert isinstance(request.user, User)
    can_record = may_record(request.user, session)
    people = Participation.objects.filter(session=session).select_related(
        "person", "profession", "organization", "territory"
    )
    ordered = people.order_by("person__family_name", "person__given_name", "pk")
    page = Paginator(ordered, PAGE_SIZE).get_page(request.GET.get("page"))
    total = page.paginator.count
    text = request.GET.get("q", "").strip()[:80]
    context = {
        "frame": session_frame(session, request.user, "roster"),
        "session": session,
        "page": page,
        "rows": [_row(one) for one in page],
        "total": total,
        "left": seats_left(session.seats, total),
        "requests": session.registrations.filter(
            state__in=(RegistrationState.PENDING, RegistrationState.WAITING)
        ).count(),
        "can_record": can_record,
        "doubles": [_double(group) for group in doubles_of(session)],
        "q": text,
        **(
            _search(request.user, session, text)
            if can_record and text
            else {"found": None, "hint": ""}
        ),
    }
    return render(request, "trainers/session_roster.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def roster_remove(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take a name off the list, with a reason; refused once something happened to it."""
    session = writable_session(request, code)
    one = get_object_or_404(Participation.objects.select_related("person"), pk=pk, session=session)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        assert isinstance(request.user, User)
        try:
            remove_from_list(participation=one, reason=form.cleaned_data["reason"], by=request.user)
        except (RosterRefused, SessionClosed) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("%(person)s n'est plus sur la liste.") % {"person": one.person}
            )
        return redirect("trainers:session_roster", session.code)
    assert isinstance(request.user, User)
    context = {
        "frame": session_frame(session, request.user, "roster"),
        "session": session,
        "name": str(one.person),
        "form": form,
    }
    return render(request, "trainers/roster_remove.html", context)


@audience(Audience.TRAINING_STAFF)
@require_POST
def roster_keep(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Keep this line of a person who is on the list twice; the other lines go."""
    session = writable_session(request, code)
    one = get_object_or_404(Participation.objects.select_related("person"), pk=pk, session=session)
    assert isinstance(request.user, User)
    try:
        gone = keep_one_line(kept=one, by=request.user)
    except (RosterRefused, SessionClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        if gone:
            messages.success(
                request, _("%(person)s n'a plus qu'une ligne.") % {"person": one.person}
            )
    return redirect("trainers:session_roster", session.code)


def person_in_words(person: Person) -> str:
    """Enough to recognise somebody, not enough to write to them."""
    facts = [person.full_name]
    if person.profession is not None:
        facts.append(person.profession.name)
    for posting in getattr(person, "open_postings", []):
        facts += [str(one) for one in (posting.organization, posting.territory) if one]
    if person.birth_year:
        facts.append(_("né(e) en %(year)s") % {"year": person.birth_year})
    if person.phone:
        facts.append(_("téléphone finissant par %(end)s") % {"end": person.phone[-SHOWN_DIGITS:]})
    return ", ".join(facts)


def _double(group: list[Line]) -> dict[str, Any]:
    """Somebody who is there twice: each line with its half-days."""
    return {
        "name": str(group[0].participation.person),
        "lines": [_row(line.participation) | {"marks": line.marks} for line in group],
    }


def _enrol(request: HttpRequest, session: TrainingSession) -> HttpResponse:
    assert isinstance(request.user, User)
    ticked = ids_of(request.POST.getlist("person"))[: PERSONS_SHOWN + 1]
    findable = _findable(request.user, request.POST.get("q", ""))
    persons = list(findable.filter(pk__in=ticked))
    try:
        enrolled = enrol_known(
            session=session,
            persons=persons,
            is_overbooking=request.POST.get("overbook") == "yes",
        )
    except (RosterRefused, SessionClosed) as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext(
            "%(count)d personne inscrite.", "%(count)d personnes inscrites.", len(enrolled)
        ) % {"count": len(enrolled)}
        if enrolled:
            messages.success(request, said)
        else:
            messages.info(request, _("Personne n'a été ajouté : cochez des noms qui n'y sont pas."))
    return redirect("trainers:session_roster", session.code)


def _findable(user: User, text: str) -> QuerySet[Person]:
    """Whom this account may put on a list from a search: the own scope, and who has that number.

    A name, or the start of a number, is no proof of knowing somebody: a trainer who leafed through
    the register would read where every investigator serves.
    """
    known_of = persons_for(user)
    try:
        number = normalise_phone(text)
    except InvalidPhone:
        number = None
    return known_of | Person.objects.kept().filter(phone=number) if number else known_of


def _search(user: User, session: TrainingSession, text: str) -> dict[str, Any]:
    """The persons found with who is already there, or why nothing is searched."""
    if len(fold(text).replace(" ", "")) < FEWEST_SIGNS:
        return {"found": None, "hint": _("Écrivez trois lettres au moins, ou quatre chiffres.")}
    found = persons_found(text, among=_findable(user, text))
    there = set(
        Participation.objects.filter(session=session, person__in=found).values_list(
            "person_id", flat=True
        )
    )
    hint = ""
    if len(found) > PERSONS_SHOWN:
        hint = _("Beaucoup de personnes répondent : ajoutez un prénom ou un numéro.")
    rows = [
        {"pk": person.pk, "label": person_in_words(person), "is_there": person.pk in there}
        for person in found[:PERSONS_SHOWN]
    ]
    return {"found": rows, "hint": hint}


def _row(one: Participation) -> dict[str, Any]:
    facts = [str(part) for part in (one.profession, one.organization, one.territory) if part]
    return {
        "pk": one.pk,
        "name": str(one.person),
        "facts": " · ".join(facts) or _("Profession et structure non renseignées"),
        "status": one.get_status_display(),
    }
