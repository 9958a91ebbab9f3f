"""The anonymous question of an event: its public form, and the buttons that open and close it."""

import uuid

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.audience import audience
from accounts.enums import Audience
from accounts.link_limits import CROWD_ANSWERS, count_answer, is_exhausted
from accounts.signed_in import account_of
from trainers.awareness.polls import BallotRefused, cast_ballot, close_poll, is_open, open_poll
from trainers.enums import PollMoment, YesNo
from trainers.forms.awareness import PollForm
from trainers.models import AwarenessEvent
from trainers.views.opened_events import tried, writable_event

MOMENTS = {"avant": PollMoment.BEFORE, "apres": PollMoment.AFTER}


@audience(Audience.PUBLIC)
@require_http_methods(["GET", "HEAD", "POST"])
def event_ballot(request: HttpRequest, token: str, moment: str) -> HttpResponse:
    """One question, two answers, nobody's name. `?merci` says that the answer is counted."""
    event = AwarenessEvent.objects.filter(poll_token=token).first() if token else None
    if event is None or moment not in MOMENTS:
        raise Http404
    error = ""
    if request.method == "POST":
        if is_exhausted(request, f"ballot:{event.pk}:{moment}", answers=CROWD_ANSWERS):
            return render(request, "429.html", status=429)
        count_answer(request, f"ballot:{event.pk}:{moment}")
        try:
            cast_ballot(
                event=event,
                moment=MOMENTS[moment],
                answer=request.POST.get("answer", ""),
                uuid=_client_uuid(request),
            )
        except BallotRefused as refusal:
            error = str(refusal)
        else:
            return redirect(f"{request.path}?merci")
    context = {
        "event": event,
        "moment": MOMENTS[moment].label,
        "choices": [{"value": value, "label": label} for value, label in YesNo.choices],
        "uuid": uuid.uuid4(),
        "error": error,
        "is_open": is_open(event, timezone.localdate()),
        "is_thanked": "merci" in request.GET and not error,
        "right_answer": YesNo(event.poll_answer).label if moment == "apres" else "",
        "again": request.path,
    }
    response = render(request, "trainers/event_ballot.html", context)
    response.headers["Cache-Control"] = "private, no-store"  # each form has its own UUID
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    return response


@audience(Audience.TRAINING_STAFF)
@require_POST
def event_poll_open(request: HttpRequest, code: str) -> HttpResponse:
    """Make the links of the short form."""
    event, user = writable_event(request, code), account_of(request)
    form = PollForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Écrivez la question, et dites quelle est la bonne réponse."))
        return redirect("trainers:event", event.code)
    if tried(request, lambda: open_poll(event=event, by=user, **form.cleaned_data)):
        messages.success(request, _("Le formulaire court est ouvert : un lien avant, un après."))
    return redirect("trainers:event", event.code)


@audience(Audience.TRAINING_STAFF)
@require_POST
def event_poll_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the links; what was answered stays counted."""
    event, user = writable_event(request, code), account_of(request)
    if tried(request, lambda: close_poll(event=event, by=user)):
        messages.success(request, _("Le formulaire court est fermé."))
    return redirect("trainers:event", event.code)


def addresses_of(request: HttpRequest, event: AwarenessEvent) -> tuple[str, str]:
    """The absolute addresses of the short form: before, then after."""
    before, after = (
        request.build_absolute_uri(
            reverse("trainers:event_ballot", args=[event.poll_token, moment])
        )
        for moment in MOMENTS
    )
    return before, after


def _client_uuid(request: HttpRequest) -> uuid.UUID:
    """The UUID that the form carries: sent twice, it is one answer."""
    try:
        return uuid.UUID(request.POST.get("uuid", ""))
    except ValueError:
        return uuid.uuid4()
