"""What phones send of a roll call, in the background."""

import json
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.audience import audience
from accounts.enums import Audience
from accounts.models import User
from trainers.attendance.sending import ItemAnswer, receive_sending
from trainers.attendance.sending_payload import Sending, UnreadableSending, read_sending
from trainers.sessions.access import may_record
from trainers.views.opened import opened_session

LARGEST_SENDING = 100_000  # bytes: 200 marks take 50,000


@audience(Audience.TRAINING_STAFF)
@require_POST
def roll_call_sending(request: HttpRequest, code: str) -> HttpResponse:
    """Receive JSON {items}; answer {items: {uuid: {}, {note} or {no}}}: kept, or why not.

    400 and 413 are what our own pages never send. A session out of reach, or unknown, is 404 with
    the same sentence for each item: the phone says it, and keeps the taps.
    """
    if len(request.body) > LARGEST_SENDING:
        return HttpResponse(status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        sending = read_sending(json.loads(request.body))
    except (UnreadableSending, ValueError, RecursionError):
        return HttpResponse(status=HTTPStatus.BAD_REQUEST)
    assert isinstance(request.user, User)
    try:
        session = opened_session(request, code)
    except Http404:
        return JsonResponse({"items": _out_of_reach(sending)}, status=HTTPStatus.NOT_FOUND)
    answers = receive_sending(
        session=session,
        sending=sending,
        by=request.user,
        may_write=may_record(request.user, session),
    )
    return JsonResponse({"items": {str(uuid): _said(answers[uuid]) for uuid in answers}})


def _out_of_reach(sending: Sending) -> dict[str, dict[str, str]]:
    said = _(
        "Cette session ne vous est plus ouverte : ce pointage n'a pas été reçu. Dites-le à son "
        "formateur ou au point focal."
    )
    uuids = [one.uuid for one in sending.newcomers] + [mark.uuid for mark in sending.marks]
    return {str(uuid): {"no": said} for uuid in (*sending.unreadable, *uuids)}


def _said(answer: ItemAnswer) -> dict[str, str]:
    if answer.refusal:
        return {"no": answer.refusal}
    return {"note": answer.note} if answer.note else {}
