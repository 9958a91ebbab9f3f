"""Awareness events on screen: the list, the quick entry, one event, its correction, its end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from accounts.roles import belongs_to, is_national, territories_of
from accounts.signed_in import account_of
from trainers.awareness.access import (
    events_for,
    is_in_charge_of,
    may_write_event,
    took_part_in,
)
from trainers.awareness.event_checks import event_checks, event_flags, missing_in_event
from trainers.awareness.event_page import (
    band_labels,
    facts_of,
    filtered_events,
    grid_of_event,
    grid_rows,
    history_of,
    listed,
    poll_words,
    question_asked,
    row_of,
    shares_of,
    state_words,
    totals_of,
)
from trainers.awareness.event_sheet import screen_code
from trainers.awareness.events import (
    EventRefused,
    answer_event,
    cancel_event,
    change_event,
    record_event,
    return_event,
    validate_event,
)
from trainers.enums import EvidenceKind, SessionState
from trainers.evidence import EvidenceRefused, store_evidence
from trainers.forms.awareness import (
    EventFilter,
    EventForm,
    PollForm,
    ProofForm,
    ReasonForm,
    WordsForm,
)
from trainers.models import AwarenessEvent, Evidence
from trainers.sessions.tabs import state_kind
from trainers.views.awareness_poll import addresses_of
from trainers.views.opened_events import opened_event, tried, writable_event

PAGE_SIZE = 20


@audience(Audience.TRAINING_STAFF)
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """Own events for a trainer, the territory's for a focal point, all for the committee."""
    form = EventFilter(request.GET)
    events = events_for(request.user)
    if form.is_valid():
        events = filtered_events(events, form.cleaned_data)
    page = Paginator(listed(events), PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [row_of(event) for event in page],
        "totals": totals_of(events),
        "scope": _scope_in_words(account_of(request)),
        "sees_documents": belongs_to(request.user, Audience.VALIDATORS),
        "is_filtered": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "trainers/event_list.html", context)


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def event_create(request: HttpRequest) -> HttpResponse:
    """Note an event in two minutes; whoever notes it never validates it."""
    user = account_of(request)
    form = EventForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        event = _recorded(form, user)
        if event is not None:
            messages.success(request, _noted_words(event))
            return redirect("trainers:event", event.code)
    return render(request, "trainers/event_form.html", _form_context(form, None))


@audience(Audience.TRAINING_STAFF)
@require_http_methods(["GET", "HEAD", "POST"])
def event_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Correct an event until it is validated; its history says who changed what."""
    event, user = writable_event(request, code), account_of(request)
    form = EventForm(request.POST or None, user=user, event=event)
    if request.method == "POST" and form.is_valid():
        try:
            change_event(event=event, by=user, seen=form.cleaned_data["seen"] or 0, **form.facts())
        except EventRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("Les corrections sont enregistrées."))
            return redirect("trainers:event", event.code)
    return render(request, "trainers/event_form.html", _form_context(form, event))


@audience(Audience.TRAINING_STAFF)
@require_safe
def event_page(request: HttpRequest, code: str) -> HttpResponse:
    """One event: what was done, with whom, what proves it, what is odd, who wrote it."""
    event, user = opened_event(request, code), account_of(request)
    checks = event_checks(event)
    waits = event.state == SessionState.TO_VALIDATE
    in_charge, is_party = is_in_charge_of(event, user), took_part_in(event, user)
    grid = grid_of_event(event)
    context = {
        **_head(event),
        "facts": facts_of(event),
        "grid": grid,
        "grid_rows": grid_rows(grid),
        "bands": band_labels(),
        "shares": shares_of(event),
        "poll_words": poll_words(event),
        "checks": checks,
        "missing": [check for check in checks if not check.is_there],
        "flags": event_flags(event),
        "files": _files_of(event),
        "history": history_of(event),
        "can_write": may_write_event(user, event),
        "can_plan": in_charge,
        "can_validate": waits and in_charge and not is_party,
        "is_party": waits and in_charge and is_party,
        "can_cancel": event.state != SessionState.CANCELLED
        and (in_charge or may_write_event(user, event)),
        "proof_form": ProofForm(),
        "poll_form": PollForm(
            initial={"question": event.poll_question, "answer": event.poll_answer}
        ),
        "reason_form": ReasonForm(),
        "words_form": WordsForm(),
        "links": _links_of(request, event),
    }
    return render(request, "trainers/event.html", context)


@audience(Audience.VALIDATORS)
@require_POST
def event_validate(request: HttpRequest, code: str) -> HttpResponse:
    """Make the event count; every reason of a refusal is told."""
    event, user = opened_event(request, code), account_of(request)
    if tried(request, lambda: validate_event(event=event, by=user)):
        messages.success(request, _("L'action est validée : elle compte dans le plan."))
    return redirect("trainers:event", event.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def event_cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Take the event out of every figure, with the reason."""
    event, user = opened_event(request, code), account_of(request)
    if not (is_in_charge_of(event, user) or may_write_event(user, event)):
        raise PermissionDenied
    reason = request.POST.get("reason", "")
    if tried(request, lambda: cancel_event(event=event, by=user, reason=reason)):
        messages.success(request, _("L'action est annulée : elle ne compte plus nulle part."))
    return redirect("trainers:event", event.code)


@audience(Audience.VALIDATORS)
@require_POST
def event_return(request: HttpRequest, code: str) -> HttpResponse:
    """Send the event back with a question."""
    event, user = opened_event(request, code), account_of(request)
    words = request.POST.get("words", "")
    if tried(request, lambda: return_event(event=event, by=user, question=words)):
        messages.success(request, _("L'action est renvoyée avec votre question."))
    return redirect("trainers:event", event.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def event_answer(request: HttpRequest, code: str) -> HttpResponse:
    """Answer the question: the event waits for its validation again."""
    event, user = writable_event(request, code), account_of(request)
    words = request.POST.get("words", "")
    if tried(request, lambda: answer_event(event=event, by=user, answer=words)):
        messages.success(request, _("Votre réponse est gardée : l'action attend sa validation."))
    return redirect("trainers:event", event.code)


def _recorded(form: EventForm, user: User) -> AwarenessEvent | None:
    """Record the event and its first proof, or neither; a refusal is an error of the form."""
    said = form.cleaned_data
    upload = said["proof"]
    try:
        with transaction.atomic():
            event = record_event(
                code=said["code"], uuid=said["uuid"], encoded_by=user, **form.facts()
            )
            if upload is not None:
                store_evidence(
                    kind=EvidenceKind.EVENT_PROOF,
                    content=upload.read(),
                    name=upload.name or "",
                    event=event,
                    by=user,
                )
    except EventRefused as refusal:
        form.add_error("code" if said["code"] else None, str(refusal))
    except EvidenceRefused as refusal:
        form.add_error("proof", str(refusal))
    else:
        return event
    return None


def _noted_words(event: AwarenessEvent) -> str:
    missing = missing_in_event(event)
    if not missing:
        return _("L'action %(code)s est notée : une autre personne peut la valider.") % {
            "code": event.code
        }
    return _("L'action %(code)s est notée. Avant sa validation : %(missing)s") % {
        "code": event.code,
        "missing": " ".join(missing),
    }


def _form_context(form: EventForm, event: AwarenessEvent | None) -> dict[str, Any]:
    opened = ("title", "held_by", "sector", "plan_activity", "plan_item", "code")
    asked = ("poll_question", "poll_answer", "pre_answers", "pre_knowing", "post_knowing")
    return {
        "form": form,
        "event": event,
        "bands": band_labels(),
        "grid": form.grid(),
        "opens_more": event is not None or any(name in form.errors for name in opened),
        "opens_poll": any(name in form.errors for name in asked)
        or (event is not None and bool(event.poll_method)),
        "has_short_form": event is not None and bool(event.poll_token or event.ballots.exists()),
    }


def _head(event: AwarenessEvent) -> dict[str, Any]:
    return {
        "event": event,
        "state": state_words(event),
        "question": question_asked(event),
        "state_kind": state_kind(event.state),
        "trail": [
            {"url": reverse("trainers:event_list"), "label": _("Actions")},
            {"url": "", "label": event.code},
        ],
    }


def _links_of(request: HttpRequest, event: AwarenessEvent) -> list[dict[str, Any]]:
    """The two addresses of the short form, each with the code that a phone scans."""
    if not event.poll_token:
        return []
    labels = (_("Répondre avant"), _("Répondre après"))
    return [
        {"label": label, "url": url, "code": screen_code(url, label)}
        for label, url in zip(labels, addresses_of(request, event), strict=True)
    ]


def _files_of(event: AwarenessEvent) -> list[Evidence]:
    return list(
        Evidence.objects.filter(event=event)
        .select_related("uploaded_by", "replaced_by")
        .order_by("-pk")
    )


def _scope_in_words(user: User) -> str:
    if is_national(user):
        return _("Toutes les actions du pays.")
    names = ", ".join(territory.name for territory in territories_of(user))
    if names:
        return _("Les actions de votre territoire, et celles que vous avez notées : %(names)s.") % {
            "names": names
        }
    return _("Les actions que vous avez notées.")
