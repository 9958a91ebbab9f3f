"""The question of an event, asked without names: a link that opens it, ballots that count (§2).

Before and after are two crowds, never paired people: nobody is asked who answers.
"""

import datetime
import secrets
import uuid as uuids

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from trainers.awareness.event_rules import MOST_ANSWERS
from trainers.awareness.events import EventRefused, lock_event, refuse_closed_event, sign_event
from trainers.enums import PollMethod, PollMoment, YesNo
from trainers.models import AwarenessEvent, EventBallot

OPEN_BEFORE = datetime.timedelta(days=1)
OPEN_AFTER = datetime.timedelta(days=7)


class BallotRefused(ValueError):
    """An answer that is not counted; its text is a French sentence."""


@transaction.atomic
def open_poll(*, event: AwarenessEvent, by: User, question: str, answer: str) -> AwarenessEvent:
    """Make the link of the short form: one question with its right answer, yes or no.

    Called again with the same question it changes nothing. Once somebody has answered, the
    question stays. Raises `EventRefused`.
    """
    locked = lock_event(event)
    refuse_closed_event(locked)
    question = question.strip()
    if not question or answer not in YesNo.values:
        raise EventRefused(_("Écrivez une question, et dites si la bonne réponse est oui ou non."))
    is_same = (locked.poll_question, locked.poll_answer) == (question, answer)
    if locked.poll_token and is_same:
        return locked
    if not is_same and EventBallot.objects.filter(event=locked).exists():
        raise EventRefused(_("Des personnes ont déjà répondu : la question ne change plus."))
    locked.poll_method = PollMethod.SHORT_FORM
    locked.poll_question, locked.poll_answer = question[:200], answer
    locked.poll_token = locked.poll_token or secrets.token_hex(16)
    sign_event(locked, by, _("Formulaire court ouvert"))
    locked.save()
    return locked


@transaction.atomic
def close_poll(*, event: AwarenessEvent, by: User) -> AwarenessEvent:
    """Close the link; what was answered stays counted."""
    locked = lock_event(event)
    if not locked.poll_token:
        return locked
    locked.poll_token = ""
    sign_event(locked, by, _("Formulaire court fermé"))
    locked.save()
    return locked


@transaction.atomic
def cast_ballot(
    *,
    event: AwarenessEvent,
    moment: str,
    answer: str,
    uuid: uuids.UUID,
    on: datetime.date | None = None,
) -> EventBallot:
    """Count one anonymous answer; the client's UUID sent twice is one answer.

    The counts of the event are those of its ballots. Raises `BallotRefused`.
    """
    locked = lock_event(event)
    known = EventBallot.objects.filter(uuid=uuid).first()
    if known is not None:
        return known
    if not is_open(locked, on or timezone.localdate()):
        raise BallotRefused(_("Ce questionnaire est fermé. Merci d'avoir voulu répondre."))
    if answer not in YesNo.values or moment not in PollMoment.values:
        raise BallotRefused(_("Choisissez oui ou non."))
    if EventBallot.objects.filter(event=locked, moment=moment).count() >= MOST_ANSWERS:
        raise BallotRefused(_("Ce questionnaire a reçu toutes les réponses qu'il peut compter."))
    ballot = EventBallot.objects.create(
        uuid=uuid, event=locked, moment=moment, is_right=answer == locked.poll_answer
    )
    _count_ballots(locked, moment)
    return ballot


def is_open(event: AwarenessEvent, day: datetime.date) -> bool:
    """From the eve of the event to a week after, while its link stands."""
    if not event.poll_token:
        return False
    return event.held_on - OPEN_BEFORE <= day <= event.held_on + OPEN_AFTER


def _count_ballots(event: AwarenessEvent, moment: str) -> None:
    """Write the counts without a line of history: each ballot is its own."""
    rights = list(
        EventBallot.objects.filter(event=event, moment=moment).values_list("is_right", flat=True)
    )
    start = "pre" if moment == PollMoment.BEFORE else "post"
    AwarenessEvent.objects.filter(pk=event.pk).update(
        **{f"{start}_answers": len(rights), f"{start}_knowing": sum(rights)}
    )
