"""Requests for a seat as the staff sees them: the link, the line, and each answer."""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.file_answers import shown_answer
from accounts.models import Person, User
from accounts.phones import InvalidPhone
from trainers.attendance.newcomers import Proposals, propose_persons
from trainers.enums import RegistrationState
from trainers.forms.registration import LinkForm
from trainers.forms.sessions import ReasonForm
from trainers.models import Registration, RegistrationLink, TrainingSession
from trainers.people.access import persons_in_charge
from trainers.registration.added_in_room import Added, added_in_room
from trainers.registration.links import LinkRefused, close_link, is_open, open_link, renew_token
from trainers.registration.posters import poster_pdf, qr_of, registration_address
from trainers.registration.requests import (
    RequestRefused,
    approve,
    make_wait,
    newcomer_of,
    refuse,
    refuse_unknown,
    undecided,
)
from trainers.registration.told_answers import was_told
from trainers.sessions.access import may_record
from trainers.sessions.lock import SessionClosed
from trainers.sessions.seats import next_in_line, seats_left
from trainers.sessions.tabs import session_frame
from trainers.views.opened import opened_session, writable_session
from trainers.views.roster import person_in_words

NEW_PERSON = "new"
ANSWERED_SHOWN = 50


@audience(Audience.TRAINING_STAFF)
@require_safe
def session_registrations(request: HttpRequest, code: str) -> HttpResponse:
    """The link with its QR code, who asks, who waits, and what was answered."""
    session = opened_session(request, code)
    assert isinstance(request.user, User)
    link = RegistrationLink.objects.filter(session=session).select_related("session").first()
    asking = list(undecided(session).select_related("profession", "territory"))
    waiting = [one for one in asking if one.state == RegistrationState.WAITING]
    taken = session.participations.count()
    turn = next_in_line(
        [one.pk for one in waiting],
        seats=session.seats,
        taken=taken,
        pending=len(asking) - len(waiting),
    )
    added = added_in_room(session, among=persons_in_charge(request.user))
    answered = Registration.objects.filter(session=session).exclude(
        pk__in=[one.pk for one in asking] + [one.registration.pk for one in added]
    )
    address = registration_address(link) if link else ""
    context = {
        "frame": session_frame(session, request.user, "roster"),
        "session": session,
        "link": link,
        "is_open": link is not None and is_open(link),
        "address": address,
        "qr": qr_of(address) if address else "",
        "form": LinkForm(initial={"closes_on": _day(session, link)}),
        "refuse_form": ReasonForm(auto_id="id_all_%s"),
        "unknown": sum(one.person_id is None for one in asking),
        "pending": [_row(one) for one in asking if one.state == RegistrationState.PENDING],
        "waiting": [_row(one, is_next=one.pk in turn) for one in waiting],
        "freed": len(turn),
        "added": [_added_row(one) for one in added],
        "answered": [_row(one) for one in answered.order_by("-decided_at")[:ANSWERED_SHOWN]],
        "taken": taken,
        "left": seats_left(session.seats, taken),
        "can_record": may_record(request.user, session),
    }
    return render(request, "trainers/session_registrations.html", context)


@audience(Audience.TRAINING_STAFF)
@require_POST
def registration_link(request: HttpRequest, code: str) -> HttpResponse:
    """Open the link until a day, give it another address, or close it."""
    session = writable_session(request, code)
    assert isinstance(request.user, User)
    action = request.POST.get("action", "open")
    try:
        if action == "close":
            close_link(session=session)
            said = _("Le lien est fermé. Les demandes déjà reçues restent à examiner.")
        elif action == "renew":
            renew_token(session=session)
            said = _("Le lien a changé d'adresse : l'ancienne affiche ne mène plus nulle part.")
        else:
            said = _open(request, session)
    except LinkRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("trainers:session_registrations", session.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def registrations_refused(request: HttpRequest, code: str) -> HttpResponse:
    """Refuse every request made without an account, when the link went too far."""
    session = writable_session(request, code)
    assert isinstance(request.user, User)
    try:
        count = refuse_unknown(
            session=session, by=request.user, reason=request.POST.get("reason", "")
        )
    except RequestRefused as refusal:
        messages.error(request, str(refusal))
    else:
        said = ngettext("%(count)d demande refusée.", "%(count)d demandes refusées.", count)
        messages.success(request, said % {"count": count})
    return redirect("trainers:session_registrations", session.code)


@audience(Audience.TRAINING_STAFF)
@require_safe
def registration_poster(request: HttpRequest, code: str) -> HttpResponse:
    """The A4 poster with the QR code of the link."""
    session = opened_session(request, code)
    link = get_object_or_404(RegistrationLink.objects.select_related("session"), session=session)
    return shown_answer(poster_pdf(link), f"affiche-{session.code}.pdf")


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def registration_answer(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One request: who it may be among the persons known, then accepted, refused or made to wait.

    A double click, or two people at once, answer it once.
    """
    session = writable_session(request, code)
    one = get_object_or_404(
        Registration.objects.select_related("profession", "territory", "person__profession"),
        pk=pk,
        session=session,
    )
    proposals = _proposals(one)
    if request.method == "POST":
        return _answer(request, session, one, proposals)
    assert isinstance(request.user, User)
    left = seats_left(session.seats, session.participations.count())
    context = {
        "frame": session_frame(session, request.user, "roster"),
        "session": session,
        "one": one,
        "facts": _facts(one),
        "choices": _choices(proposals),
        "selected": str(proposals.persons[0].pk) if proposals.is_sure else "",
        "reason": proposals.reason,
        "is_full": left == 0,
        "is_undecided": one.state in (RegistrationState.PENDING, RegistrationState.WAITING),
        "is_pending": one.state == RegistrationState.PENDING,
        "form": ReasonForm(),
    }
    return render(request, "trainers/registration_answer.html", context)


def _open(request: HttpRequest, session: TrainingSession) -> str:
    form = LinkForm(request.POST)
    if not form.is_valid():
        raise LinkRefused(_("Indiquez jusqu'à quel jour le lien est ouvert."))
    assert isinstance(request.user, User)
    open_link(session=session, closes_on=form.cleaned_data["closes_on"], by=request.user)
    return _("Le lien est ouvert. Affichez son code QR, ou envoyez son adresse.")


def _answer(
    request: HttpRequest, session: TrainingSession, one: Registration, proposals: Proposals
) -> HttpResponse:
    assert isinstance(request.user, User)
    action, user = request.POST.get("action", ""), request.user
    known = {str(person.pk): person for person in proposals.persons}
    who = request.POST.get("who", "" if known else NEW_PERSON)
    if action == "approve" and one.person is None and who not in (*known, NEW_PERSON):
        messages.error(request, _("Dites d'abord de qui il s'agit."))
        return redirect("trainers:registration_answer", session.code, one.pk)
    try:
        said = _decided(request, one, user, known.get(who))
    except (RequestRefused, SessionClosed) as refusal:
        messages.error(request, str(refusal))
        return redirect("trainers:registration_answer", session.code, one.pk)
    messages.success(request, said)
    return redirect("trainers:session_registrations", session.code)


def _decided(request: HttpRequest, one: Registration, user: User, known: Person | None) -> str:
    action = request.POST.get("action", "")
    if action == "approve":
        participation = approve(
            registration=one,
            by=user,
            known=known,
            is_overbooking=request.POST.get("overbook") == "yes",
        )
        return (
            f"{_('%(person)s est sur la liste.') % {'person': participation.person}} {_told(one)}"
        )
    if action == "wait":
        make_wait(registration=one, by=user)
        return _("La demande est en liste d'attente.")
    refuse(registration=one, by=user, reason=request.POST.get("reason", ""))
    return f"{_('La demande est refusée.')} {_told(one)}"


def _told(one: Registration) -> str:
    """Whether a message leaves; otherwise somebody must tell the person."""
    one.refresh_from_db(fields=["state", "asked_at"])
    if was_told(one):
        return _("Un message l'annonce à la personne.")
    return _("Aucun message ne part : prévenez la personne vous-même.")


def _proposals(one: Registration) -> Proposals:
    if one.person is not None or one.state == RegistrationState.APPROVED:
        return Proposals()
    try:
        return propose_persons(newcomer_of(one))
    except InvalidPhone:
        return Proposals()


def _choices(proposals: Proposals) -> list[dict[str, Any]]:
    if not proposals.persons:
        return []
    known = [
        {
            "value": str(person.pk),
            "label": _("C'est %(who)s") % {"who": person_in_words(person)},
        }
        for person in proposals.persons
    ]
    return [*known, {"value": NEW_PERSON, "label": _("C'est une autre personne")}]


def _day(session: TrainingSession, link: RegistrationLink | None) -> datetime.date:
    if link is not None and link.closes_on >= timezone.localdate():
        return link.closes_on
    return LinkForm.usual_day(session)


def _row(one: Registration, *, is_next: bool = False) -> dict[str, Any]:
    facts = [str(part) for part in (one.profession, one.organization, one.territory) if part]
    return {
        "pk": one.pk,
        "name": f"{one.given_name} {one.family_name.upper()}".strip(),
        "facts": " · ".join(facts),
        "asked_at": one.asked_at,
        "has_account": one.person_id is not None,
        "state": one.get_state_display(),
        "reason": one.reason,
        "is_next": is_next,
    }


def _added_row(added: Added) -> dict[str, Any]:
    alike = added.alike
    pair = (alike.uuid, added.person.uuid) if alike is not None else None
    url = reverse("trainers:merge_pair", args=pair) if pair else ""
    row = _row(added.registration) | {"compare_url": url}
    if added.person.merged_into_id is not None:
        row["reason"] = _("Fiche fusionnée depuis.")
    return row


def _facts(one: Registration) -> list[dict[str, str]]:
    facts = [
        (_("Nom"), one.family_name),
        (_("Prénom"), one.given_name),
        (_("Téléphone"), one.phone),
        (_("Sexe"), one.get_sex_display() if one.sex else ""),
        (_("Profession"), str(one.profession or "")),
        (_("Structure"), one.organization),
        (_("Région ou cercle d'affectation"), str(one.territory or "")),
        (_("Année de naissance"), str(one.birth_year or "")),
        (_("État"), one.get_state_display()),
    ]
    if one.reason:
        facts.append((_("Motif"), one.reason))
    unknown = _("Non renseigné")
    return [{"term": term, "text": text or unknown} for term, text in facts]
