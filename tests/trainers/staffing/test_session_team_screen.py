"""The organiser invites, calls, chooses and takes off, on the session's own page."""

import datetime

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import make_session, make_trainer, staff
from trainers.models import SessionTrainer, TrainerCall, TrainerInvitation, TrainingSession
from trainers.staffing.calls import apply_to_call
from trainers.staffing.invitations import decline_invitation, invite_trainer

pytestmark = pytest.mark.django_db
PAGE = "/sessions/SEG-1/formateurs/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(datetime.datetime(2025, 5, 2, 8, tzinfo=datetime.UTC), tick=False):
        yield


@pytest.fixture
def organiser(client: Client) -> Client:
    client.force_login(make_user(Role.FOCAL_POINT))
    make_session("SEG-1")
    return client


def text(client: Client) -> str:
    return " ".join(client.get(PAGE).content.decode().split())


def test_invitation_is_sent_once_shown_then_taken_back(organiser: Client) -> None:
    trainer = make_trainer(make_person("BA", "Sira"), qualified=True)
    asked = {"trainer": trainer.pk, "role": "TRAINER"}
    for _ in range(2):
        answer = organiser.post("/sessions/SEG-1/invitations/", asked)
        assert answer.headers["Location"] == PAGE
    one = TrainerInvitation.objects.get()
    assert "Invitation notée pour Sira BA : un message part avec le prochain envoi." in text(
        organiser
    )
    assert "depuis le 2 mai 2025" in text(organiser)

    organiser.post(f"/sessions/SEG-1/invitations/{one.pk}/", {"act": "withdraw"})
    one.refresh_from_db()
    assert one.state == "WITHDRAWN"


def test_who_declined_is_asked_again_and_the_first_answer_stays(organiser: Client) -> None:
    trainer, session = make_trainer(qualified=True), TrainingSession.objects.get()
    with time_machine.travel(datetime.datetime(2025, 5, 1, 8, tzinfo=datetime.UTC)):
        one = invite_trainer(
            session=session, trainer=trainer, role="TRAINER", by=make_user(Role.COMMITTEE)
        )
        decline_invitation(invitation=one, by_trainer=True, note="Pris ce jour-là")
    assert "Inviter de nouveau" in text(organiser)
    organiser.post("/sessions/SEG-1/invitations/", {"trainer": trainer.pk, "role": "TRAINER"})
    page = text(organiser)
    assert "Avant : décliné le 1 mai 2025 · « Pris ce jour-là »" in page
    assert "Inviter de nouveau" not in page


def test_organiser_is_told_to_call_who_has_no_address(organiser: Client) -> None:
    trainer = make_trainer(make_person("BA", "Sira", phone=""))
    organiser.post("/sessions/SEG-1/invitations/", {"trainer": trainer.pk, "role": "OBSERVER"})
    assert "Aucune adresse n&#x27;est connue : prévenez cette personne." in text(organiser)


@pytest.mark.parametrize(
    ("act", "state", "assigned"), [("choose", "ACCEPTED", 1), ("decline", "DECLINED", 0)]
)
def test_call_is_opened_and_an_application_settled(
    organiser: Client, act: str, state: str, assigned: int
) -> None:
    organiser.post(
        "/sessions/SEG-1/appel-a-formateurs/", {"closes_on": "2025-05-08", "message": "Venez"}
    )
    assert "Appel ouvert jusqu'au 8 mai 2025" in text(organiser)
    one = apply_to_call(call=TrainerCall.objects.get(), trainer=make_trainer(qualified=True))
    organiser.post(f"/sessions/SEG-1/invitations/{one.pk}/", {"act": act})
    organiser.post("/sessions/SEG-1/appel-a-formateurs/clore/")

    one.refresh_from_db()
    assert (one.state, SessionTrainer.objects.count()) == (state, assigned)
    assert TrainerCall.objects.get().closed_at is not None


@pytest.mark.parametrize("closes_on", ["", "2025-05-12", "2025-05-01"])
def test_unfit_day_opens_no_call(organiser: Client, closes_on: str) -> None:
    organiser.post("/sessions/SEG-1/appel-a-formateurs/", {"closes_on": closes_on})
    assert TrainerCall.objects.count() == 0


def test_trainer_is_taken_off_from_the_list(organiser: Client) -> None:
    trainer = make_trainer()
    staff(TrainingSession.objects.get(), trainer)
    for _ in range(2):
        organiser.post(f"{PAGE}{trainer.pk}/retirer/")
    assert SessionTrainer.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "status"), [(Role.FOCAL_POINT, 404), (Role.TRAINER, 404), (Role.PARTNER, 403)]
)
def test_team_is_closed_to_others(client: Client, role: str, status: int) -> None:
    trainer = make_trainer(make_person("SECRET"))
    staff(make_session("SEG-1"), trainer)
    client.force_login(make_user(role, territory=make_region("kayes", "Kayes")))
    answers = [
        client.post("/sessions/SEG-1/invitations/", {"trainer": trainer.pk, "role": "TRAINER"}),
        client.post("/sessions/SEG-1/invitations/1/", {"act": "choose"}),
        client.post("/sessions/SEG-1/appel-a-formateurs/", {"closes_on": "2025-05-08"}),
        client.post("/sessions/SEG-1/appel-a-formateurs/clore/"),
        client.post(f"{PAGE}{trainer.pk}/retirer/"),
    ]
    assert [answer.status_code for answer in answers] == [status] * 5
    assert not any(b"SECRET" in answer.content for answer in answers)
    assert (SessionTrainer.objects.count(), TrainerCall.objects.count()) == (1, 0)


def test_observer_changes_nothing(client: Client) -> None:
    person = make_person()
    trainer = make_trainer(person)
    staff(make_session("SEG-1"), trainer, "OBSERVER")
    client.force_login(make_user(Role.TRAINER, person=person))
    assert client.post(f"{PAGE}{trainer.pk}/retirer/").status_code == 403
    page = text(client)
    assert "/retirer/" not in page
    assert SessionTrainer.objects.count() == 1
