"""Messages are posted once, leave once, and say what became of them."""

import datetime
import json
import smtplib
from io import StringIO
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.core.management.base import CommandError

from accounts.enums import Channel
from accounts.models import OutboxMessage, Person
from accounts.outbox import (
    MessageRefused,
    note_failed,
    note_sent,
    post_message,
    release_taken,
    take_message,
)
from tests.factories.accounts import make_person
from tests.factories.threads import at_once

pytestmark = pytest.mark.django_db

HERE = "tests.accounts.test_outbox"


class RefusingBackend(EmailBackend):
    """A mail server that refuses one address and takes the others."""

    def send_messages(self, messages: Any) -> int:
        if messages[0].to == ["refus@exemple.test"]:
            raise smtplib.SMTPRecipientsRefused({"refus@exemple.test": (550, b"inconnu")})
        return super().send_messages(messages)


class KilledBackend(EmailBackend):
    """A machine that stops in the middle of a sending."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


class AbsentBackend(EmailBackend):
    """A mail server that does not answer."""

    def open(self) -> bool:
        raise ConnectionRefusedError("connexion refusée")

    def __enter__(self) -> "AbsentBackend":
        self.open()
        return self


@pytest.fixture
def person() -> Person:
    return make_person()


def letter(person: Person, key: str = "a", address: str = "awa@exemple.test") -> OutboxMessage:
    return post_message(
        person=person,
        channel=Channel.EMAIL,
        address=address,
        subject="Objet",
        text="Texte",
        key=key,
    )


def sms(person: Person, key: str = "s") -> OutboxMessage:
    return post_message(
        person=person, channel=Channel.SMS, address="+22376112233", text="Rappel", key=key
    )


def run(*arguments: object) -> str:
    out = StringIO()
    call_command(*[str(argument) for argument in arguments], stdout=out)
    return out.getvalue()


def test_the_same_key_is_posted_once(person: Person) -> None:
    first = letter(person)

    assert letter(person, address="autre@exemple.test") == first
    assert OutboxMessage.objects.get().address == "awa@exemple.test"


@pytest.mark.parametrize("text", ["x" * 161, "forêt"])
def test_a_telephone_message_that_costs_two_is_refused(person: Person, text: str) -> None:
    with pytest.raises(MessageRefused, match="160 signes"):
        post_message(person=person, channel=Channel.SMS, address="+223", text=text, key="s")


def test_a_message_without_address_is_refused(person: Person) -> None:
    with pytest.raises(MessageRefused, match="pas d'adresse"):
        letter(person, address="")


def test_waiting_letters_leave_once(person: Person) -> None:
    letter(person, "a")
    letter(person, "b")
    sms(person)

    assert run("send_outbox") == "2 envoyé(s), 0 refusé(s).\n"
    assert run("send_outbox") == "0 envoyé(s), 0 refusé(s).\n"
    assert [(one.subject, one.to) for one in mail.outbox] == [("Objet", ["awa@exemple.test"])] * 2
    assert OutboxMessage.objects.waiting().get().channel == Channel.SMS


def test_a_refused_letter_says_why_and_stops_no_other(person: Person, settings: Any) -> None:
    settings.EMAIL_BACKEND = f"{HERE}.RefusingBackend"
    refused = letter(person, "a", "refus@exemple.test")
    letter(person, "b")

    assert run("send_outbox") == "1 envoyé(s), 1 refusé(s).\n"
    assert run("send_outbox") == "0 envoyé(s), 0 refusé(s).\n"
    refused.refresh_from_db()
    assert "inconnu" in refused.failure
    assert refused.sent_at is None


def test_a_sending_cut_short_is_never_repeated_by_itself(person: Person, settings: Any) -> None:
    letter(person)
    settings.EMAIL_BACKEND = f"{HERE}.KilledBackend"
    with pytest.raises(KeyboardInterrupt):
        run("send_outbox")
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"

    said = run("send_outbox")

    assert len(mail.outbox) == 1
    assert said.startswith("0 envoyé(s)")
    assert "1 en suspens" in said


def test_a_sending_cut_short_leaves_again_when_a_person_says_so(person: Person) -> None:
    message = letter(person)
    long_ago = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    take_message(pk=message.pk, at=long_ago)

    said = run("send_outbox", "--release")

    assert said.splitlines() == ["1 message(s) remis en attente.", "1 envoyé(s), 0 refusé(s)."]


def test_release_leaves_what_is_being_sent_now(person: Person) -> None:
    message = letter(person)
    now = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    take_message(pk=message.pk, at=now)

    assert release_taken(before=now, channel=Channel.EMAIL) == 0


def test_a_mail_server_that_is_down_changes_nothing(person: Person, settings: Any) -> None:
    letter(person)
    settings.EMAIL_BACKEND = f"{HERE}.AbsentBackend"

    with pytest.raises(CommandError, match="ne répond pas"):
        run("send_outbox")

    assert OutboxMessage.objects.waiting().count() == 1


def test_the_gateway_reads_json_and_answers_once(person: Person) -> None:
    first, second, third = (sms(person, key) for key in "abc")
    letter(person)

    rows = json.loads(run("sms_outbox", "--format", "json"))
    assert rows == [
        {"id": one.pk, "to": "+22376112233", "text": "Rappel"} for one in (first, second, third)
    ]

    assert run("sms_outbox", "--sent", first.pk, second.pk) == "2 noté(s), 0 l'étai(en)t déjà.\n"
    assert run("sms_outbox", "--sent", first.pk) == "0 noté(s), 1 l'étai(en)t déjà.\n"
    assert run("sms_outbox", "--failed", third.pk, "numéro coupé").startswith("1 noté")
    assert json.loads(run("sms_outbox", "--format", "json")) == []
    third.refresh_from_db()
    first.refresh_from_db()
    assert (third.failure, first.failure) == ("numéro coupé", "")
    assert not note_sent(pk=third.pk)
    assert not note_failed(pk=first.pk, reason="trop tard")


def test_the_gateway_takes_each_message_once(person: Person) -> None:
    for key in "abc":
        sms(person, key)

    first = json.loads(run("sms_outbox", "--take", 2, "--format", "json"))
    second = json.loads(run("sms_outbox", "--take", 2, "--format", "json"))

    assert (len(first), len(second)) == (2, 1)
    assert not {row["id"] for row in first} & {row["id"] for row in second}


def test_an_unknown_identifier_notes_nothing(person: Person) -> None:
    message, email = sms(person), letter(person)

    with pytest.raises(CommandError, match="Rien n'est noté"):
        run("sms_outbox", "--sent", message.pk, email.pk)

    message.refresh_from_db()
    assert message.sent_at is None


@pytest.mark.django_db(transaction=True)
def test_two_senders_at_once_send_each_letter_once() -> None:
    person = make_person()
    for number in range(6):
        letter(person, str(number))

    at_once(lambda: run("send_outbox"), lambda: run("send_outbox"))

    assert len(mail.outbox) == 6
    assert OutboxMessage.objects.filter(sent_at=None).count() == 0
