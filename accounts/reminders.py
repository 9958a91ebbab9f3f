"""Post reminders in the outbox: each once for its key, by the way that reaches the person."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from accounts.enums import Channel
from accounts.models import OutboxMessage, Person
from accounts.outbox import post_message
from accounts.people_bulk import batches
from accounts.sms_text import gsm_text


@dataclass(frozen=True)
class Reminder:
    """What to tell one person: `key` is its subject and period."""

    person_id: int
    key: str
    subject: str
    text: str
    sms: str


@dataclass(frozen=True)
class Reminded:
    """How many messages were posted by this run, and how many people have no address at all."""

    posted: int
    without_address: int


def post_all(reminders: Sequence[Reminder]) -> Reminded:
    """Post those whose key was never posted, each message in its own transaction."""
    known = _known_keys({reminder.key for reminder in reminders})
    people = _reachable({reminder.person_id for reminder in reminders})
    posted = without = 0
    for reminder in reminders:
        if reminder.key in known or reminder.person_id not in people:
            continue
        if _post(reminder, people[reminder.person_id]) is None:
            without += 1
        else:
            posted += 1
    return Reminded(posted, without)


@transaction.atomic
def _post(reminder: Reminder, person: Person) -> OutboxMessage | None:
    """By e-mail where an address is known, by telephone otherwise; None where nothing is."""
    if email := _email_of(person):
        return post_message(
            person=person,
            channel=Channel.EMAIL,
            address=email,
            subject=reminder.subject,
            text=reminder.text,
            key=reminder.key,
        )
    if person.phone:
        return post_message(
            person=person,
            channel=Channel.SMS,
            address=person.phone,
            text=gsm_text(reminder.sms),
            key=reminder.key,
        )
    return None


def _known_keys(keys: set[str]) -> set[str]:
    return {
        key
        for batch in batches(sorted(keys))
        for key in OutboxMessage.objects.filter(key__in=batch).values_list("key", flat=True)
    }


def _reachable(ids: set[int]) -> dict[int, Person]:
    """The people to write to; those of the demonstration only on a demonstration."""
    people: dict[int, Person] = {}
    for batch in batches(sorted(ids)):
        found = Person.objects.filter(pk__in=batch).select_related("user")
        if not settings.IS_DEMO:
            found = found.filter(is_demo=False)
        people.update((person.pk, person) for person in found)
    return people


def _email_of(person: Person) -> str:
    account = getattr(person, "user", None)
    return person.email or (account.email if account else "")
