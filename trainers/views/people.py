"""Persons in scope: find one, read and correct the record, note where they serve."""

import uuid
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.account_wording import person_line
from accounts.audience import audience
from accounts.enums import Audience
from accounts.matching import SoughtPerson
from accounts.merging import MergeRefused, correct_person
from accounts.models import Organization, Person
from accounts.names import fold, name_key
from accounts.people import TransferRefused, find_organization, leave_service, transfer
from accounts.person_lookup import described, persons_matching, propose
from accounts.phones import InvalidPhone, normalise_phone
from accounts.roles import is_national
from accounts.signed_in import account_of
from trainers.forms.people import (
    LeavingForm,
    PersonFilter,
    PersonForm,
    TransferForm,
    TypedPerson,
    person_initial,
)
from trainers.people.access import persons_for, persons_in_charge
from trainers.people.person_record import (
    history_of,
    identity_lines,
    merges_of,
    posting_rows,
    session_rows,
    training_rows,
)
from trainers.people.wording import recognisable

PAGE_SIZE = 20


@audience(Audience.VALIDATORS)
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """Look for somebody among the persons in scope: nobody is listed before a search."""
    form = PersonFilter(request.GET)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    found = persons_matching(text, among=persons_in_charge(request.user))
    page = Paginator(described(found).order_by("name_key", "pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    context = {
        "form": form,
        "is_searched": bool(text),
        "page": page,
        "rows": [_row(person) for person in page] if text else [],
        "is_national": is_national(request.user),
    }
    return render(request, "trainers/people/person_list.html", context)


@audience(Audience.TRAINING_STAFF)
@require_POST
def person_proposals(request: HttpRequest) -> HttpResponse:
    """Answer the typing script: a fragment of HTML that says who this may be, among the scope.

    By POST, though nothing is written: addresses stay in the logs of servers and of proxies, and
    names and numbers would be there letter by letter.
    """
    form = TypedPerson(request.POST)
    form.is_valid()
    typed = form.cleaned_data
    try:
        phone = normalise_phone(typed.get("phone"))
    except InvalidPhone:  # not typed to the end
        phone = None
    year = typed.get("birth_year", "")
    sought = SoughtPerson(
        phone,
        name_key(typed.get("family_name"), typed.get("given_name"))[:180],
        fold(typed.get("organization")),
        int(year) if year.isdecimal() and len(year) == 4 else None,
    )
    proposals = propose(sought, among=persons_for(request.user))
    choices = [
        {
            "value": str(one.person.pk),
            "label": _("C'est %(who)s") % {"who": recognisable(one.person)},
            "reason": one.reason,
        }
        for one in proposals
    ]
    fragment = render_to_string("trainers/people/proposals.html", {"choices": choices})
    return JsonResponse({"html": fragment})


@audience(Audience.VALIDATORS)
@require_safe
def person_page(request: HttpRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Who the person is, where they serve, what they are trained in."""
    person = _person(request, person_uuid)
    return render(request, "trainers/people/person.html", _page(person))


@audience(Audience.VALIDATORS)
@require_http_methods(["GET", "HEAD", "POST"])
def person_edit(request: HttpRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Correct a record; author and reason stay in its history."""
    person = _person(request, person_uuid)
    form = PersonForm(request.POST or None, initial=person_initial(person))
    if request.method == "POST" and form.is_valid():
        try:
            changed = correct_person(
                person=person,
                facts=form.facts,
                reason=form.cleaned_data["reason"],
                by=account_of(request),
            )
        except MergeRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            said = _("La fiche est corrigée.") if changed else _("La fiche disait déjà cela.")
            messages.success(request, said)
            return redirect("trainers:person", person.uuid)
    context = {"form": form, "person": person, "trail": _trail(person, _("Modifier"))}
    return render(request, "trainers/people/person_edit.html", context)


@audience(Audience.VALIDATORS)
@require_safe
def person_history(request: HttpRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Who changed what, when and why: merges and partings are part of it."""
    person = _person(request, person_uuid)
    page = Paginator(history_of(person), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"person": person, "page": page, "trail": _trail(person, _("Historique"))}
    return render(request, "trainers/people/person_history.html", context)


@audience(Audience.VALIDATORS)
@require_POST
def person_transfer(request: HttpRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """One click: the posting in force ends on the eve, the new one begins."""
    person = _person(request, person_uuid)
    form = TransferForm(request.POST)
    if not form.is_valid():
        return render(request, "trainers/people/person.html", _page(person, transfer_form=form))
    asked = form.cleaned_data
    try:
        with transaction.atomic():  # a refusal leaves no new structure behind
            posting = transfer(
                person=person,
                organization=_organization(asked),
                territory=asked["territory"],
                on=asked["on"],
            )
    except TransferRefused as refusal:
        form.add_error("on", str(refusal))
        return render(request, "trainers/people/person.html", _page(person, transfer_form=form))
    messages.success(
        request,
        _("%(person)s sert maintenant ici : %(place)s.")
        % {"person": person, "place": posting.organization or posting.territory},
    )
    return redirect("trainers:person", person.uuid)


@audience(Audience.VALIDATORS)
@require_POST
def person_leaving(request: HttpRequest, person_uuid: uuid.UUID) -> HttpResponse:
    """Note the last day in service."""
    person = _person(request, person_uuid)
    form = LeavingForm(request.POST)
    if form.is_valid():
        try:
            leave_service(person=person, on=form.cleaned_data["on"])
        except TransferRefused as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, _("Le départ de %(person)s est noté.") % {"person": person})
            return redirect("trainers:person", person.uuid)
    return render(request, "trainers/people/person.html", _page(person, leaving_form=form))


def _organization(asked: dict[str, Any]) -> Organization | None:
    if not fold(asked["organization"]):
        return None
    return find_organization(name=asked["organization"], territory=asked["territory"])


def _page(
    person: Person,
    transfer_form: TransferForm | None = None,
    leaving_form: LeavingForm | None = None,
) -> dict[str, Any]:
    postings = posting_rows(person)
    return {
        "person": person,
        "identity": identity_lines(person),
        "postings": postings,
        "is_serving": person.postings.filter(ended_on=None).exists(),
        "trainings": training_rows(person),
        "sessions": session_rows(person),
        "merges": merges_of(person),
        "transfer_form": transfer_form or TransferForm(),
        "leaving_form": leaving_form or LeavingForm(),
        "trail": _trail(person),
    }


def _row(person: Person) -> dict[str, Any]:
    person.open_postings = [  # type: ignore[attr-defined]
        one for one in person.postings.all() if one.ended_on is None
    ]
    return {**person_line(person), "url": reverse("trainers:person", args=[person.uuid])}


def _person(request: HttpRequest, person_uuid: uuid.UUID) -> Person:
    """A person out of scope does not exist: 404."""
    persons = persons_in_charge(request.user).select_related("profession")
    return get_object_or_404(persons, uuid=person_uuid)


def _trail(person: Person, last: str = "") -> list[dict[str, str]]:
    trail = [{"url": reverse("trainers:person_list"), "label": _("Personnes")}]
    if not last:
        return [*trail, {"url": "", "label": str(person)}]
    page = {"url": reverse("trainers:person", args=[person.uuid]), "label": str(person)}
    return [*trail, page, {"url": "", "label": last}]
