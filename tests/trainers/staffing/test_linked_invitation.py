"""The link of a message: one invitation answered without an account, until the session starts."""

import datetime
import re

import pytest
import time_machine
from django.test import Client

from accounts.models import OutboxMessage, User
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import make_session, make_trainer
from trainers.models import SessionTrainer, TrainerInvitation
from trainers.registry.moves import suspend_trainer
from trainers.sessions.planning import cancel_session
from trainers.staffing.answer_links import answer_token, invitation_of
from trainers.staffing.invitations import (
    decline_invitation,
    invite_trainer,
    withdraw_invitation,
)

pytestmark = pytest.mark.django_db
DEAD = "La session a commencé, ou une autre invitation a remplacé celle-ci."


def at(day: int):
    return time_machine.travel(datetime.datetime(2025, 5, day, 8, tzinfo=datetime.UTC), tick=False)


@pytest.fixture(autouse=True)
def today():
    with at(2):
        yield


@pytest.fixture
def organiser() -> User:
    return make_user("FOCAL_POINT")


@pytest.fixture
def invitation(organiser: User) -> TrainerInvitation:
    trainer = make_trainer(make_person("SECRET", "Sira", phone="70112233"))
    session = make_session("SEG-1", venue="Gouvernorat")
    return invite_trainer(session=session, trainer=trainer, role="CO_TRAINER", by=organiser)


def address_of(invitation: TrainerInvitation) -> str:
    return f"/invitation/{answer_token(invitation)}/"


def text(client: Client, address: str) -> str:
    return " ".join(client.get(address).content.decode().split())


def state() -> str:
    return TrainerInvitation.objects.get().state


def test_message_of_the_telephone_holds_the_link_in_one_message(
    client: Client, invitation: TrainerInvitation
) -> None:
    message = OutboxMessage.objects.get()
    found = re.search(r"Répondez : https?://[^/]+(/\S+)$", message.text)
    assert found is not None
    assert (found[1], len(message.text) <= 160) == (address_of(invitation), True)
    assert client.get(found[1]).status_code == 200


def test_page_shows_the_session_and_nobody(client: Client, invitation: TrainerInvitation) -> None:
    answer = client.get(address_of(invitation))
    page = " ".join(answer.content.decode().split())
    assert "Curriculum traite-des-personnes" in page
    assert "du 12 au 13 mai 2025" in page
    assert "Gouvernorat, Ségou" in page
    assert "SECRET" not in page
    assert "70112233" not in page
    assert "SEG-1" not in page
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.parametrize(
    ("answer", "expected", "assigned", "said"),
    [
        ("accept", "ACCEPTED", 1, "Vous avez accepté"),
        ("decline", "DECLINED", 0, "Vous avez décliné"),
        ("withdraw", "INVITED", 0, "Votre réponse suffit, sans mot de passe."),
    ],
)
def test_link_answers_once_without_an_account(
    client: Client,
    invitation: TrainerInvitation,
    answer: str,
    expected: str,
    assigned: int,
    said: str,
) -> None:
    for _ in range(2):
        page = client.post(address_of(invitation), {"answer": answer})
        assert page.headers["Location"] == address_of(invitation)
    assert (state(), SessionTrainer.objects.count()) == (expected, assigned)
    assert said in text(client, address_of(invitation))


def test_reading_the_link_answers_nothing(client: Client, invitation: TrainerInvitation) -> None:
    text(client, f"{address_of(invitation)}?answer=accept")
    assert state() == "INVITED"


def test_link_ends_when_the_session_starts(client: Client, invitation: TrainerInvitation) -> None:
    with at(11):
        assert client.get(address_of(invitation)).status_code == 200
    with at(12):
        read = client.get(address_of(invitation))
        sent = client.post(address_of(invitation), {"answer": "accept"})
    for answer in (read, sent):
        assert answer.status_code == 404
        assert DEAD in answer.content.decode()
        assert "traite-des-personnes" not in answer.content.decode()
    assert state() == "INVITED"


def test_older_link_is_dead_once_asked_again(
    client: Client, invitation: TrainerInvitation, organiser: User
) -> None:
    older = address_of(invitation)
    decline_invitation(invitation=invitation, by_trainer=True)
    with at(3):
        again = invite_trainer(
            session=invitation.session, trainer=invitation.trainer, role="TRAINER", by=organiser
        )
        assert client.post(older, {"answer": "accept"}).status_code == 404
        assert state() == "INVITED"
        assert client.get(address_of(again)).status_code == 200


@pytest.mark.parametrize("changed", ["", "0.", "x.y", "²", "9" * 30 + ".a", "{pk}.", "{pk}.AAAA"])
def test_forged_link_opens_nothing(
    client: Client, invitation: TrainerInvitation, changed: str
) -> None:
    assert invitation_of(changed.format(pk=invitation.pk)) is None
    forged = f"/invitation/{invitation.pk}.{'A' * 22}/"
    assert "traite-des-personnes" not in client.get(forged).content.decode()
    assert client.post(forged, {"answer": "accept"}).status_code == 404
    assert state() == "INVITED"


def test_withdrawn_and_cancelled_say_that_nothing_is_to_be_done(
    client: Client, invitation: TrainerInvitation, organiser: User
) -> None:
    withdraw_invitation(invitation=invitation, by_trainer=False, by=organiser)
    client.post(address_of(invitation), {"answer": "accept"})
    assert state() == "WITHDRAWN"
    assert "Cette invitation est retirée." in text(client, address_of(invitation))
    cancel_session(session=invitation.session, reason="Report")
    assert "Cette session est annulée." in text(client, address_of(invitation))


def test_refused_answer_names_nobody(
    client: Client, invitation: TrainerInvitation, organiser: User
) -> None:
    suspend_trainer(trainer=invitation.trainer, reason="Plainte", by=organiser)
    client.post(address_of(invitation), {"answer": "accept"})
    page = text(client, address_of(invitation))
    assert "appelez l&#x27;organisateur de la session" in page
    assert "SECRET" not in page
    assert (state(), SessionTrainer.objects.count()) == ("INVITED", 0)
