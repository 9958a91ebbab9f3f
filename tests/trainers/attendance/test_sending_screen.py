"""The address to which phones send a roll call: who may, how much, and what it answers."""

import json
from typing import Any

import pytest
from django.test import Client

from accounts.enums import Role
from elearning.phone import phone_key
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import attend, make_session, make_trainer, staff
from tests.trainers.attendance.test_sending import tap, uid
from trainers.models import AttendanceMark, TrainingSession

pytestmark = pytest.mark.django_db


@pytest.fixture
def session() -> TrainingSession:
    return make_session("SEG-1")


@pytest.fixture
def slots(session: TrainingSession) -> list[int]:
    return list(session.slots.order_by("position").values_list("pk", flat=True))


@pytest.fixture
def trainer(client: Client, session: TrainingSession) -> Client:
    person = make_person("DIALLO", "Sira")
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    return client


def post(client: Client, data: object, code: str = "SEG-1", **headers: str) -> Any:
    return client.post(
        f"/sessions/{code}/appel/envoi/", json.dumps(data), "application/json", headers=headers
    )


def test_address_answers_item_by_item(
    trainer: Client, session: TrainingSession, slots: list[int]
) -> None:
    awa = attend(session, positions=[])
    answer = post(trainer, {"items": [tap(1, awa.pk, slots[0]), tap(2, 0, slots[0])]})

    assert answer.json() == {
        "items": {
            uid(1): {},
            uid(2): {"no": "Cette personne n'est pas sur la liste de la session SEG-1."},
        }
    }
    assert AttendanceMark.objects.get().recorded_by.person.family_name == "DIALLO"


@pytest.mark.parametrize(
    "data", [[], {}, {"items": 3}, {"items": [{}]}, {"items": [tap(1, 1, 1)] * 2}, "x", None]
)
def test_what_our_pages_never_send_is_400(trainer: Client, data: object) -> None:
    assert post(trainer, data).status_code == 400


def test_sending_is_bounded(trainer: Client) -> None:
    assert post(trainer, {"items": [tap(one, 1, 1) for one in range(201)]}).status_code == 400
    assert post(trainer, "x" * 100_000).status_code == 413


def test_sending_of_somebody_else_is_refused_and_csrf_is_asked(
    trainer: Client, session: TrainingSession, slots: list[int]
) -> None:
    awa = attend(session, positions=[])
    user = make_user(Role.TRAINER)
    data = {"items": [tap(1, awa.pk, slots[0])]}

    assert post(trainer, data, **{"X-Person": phone_key(user)}).status_code == 409
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = trainer.cookies
    assert post(strict, data).status_code == 403
    assert AttendanceMark.objects.count() == 0


def test_sessions_out_of_reach_do_not_exist_for_a_sending(
    trainer: Client, slots: list[int]
) -> None:
    there = attend(make_session("SEG-9"), positions=[])
    sent = {"items": [tap(1, there.pk, slots[0])]}
    hidden, unknown = (post(trainer, sent, code) for code in ("SEG-9", "SEG-0"))

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.json() == unknown.json()
    assert hidden.json()["items"][uid(1)]["no"].startswith("Cette session ne vous est plus ouverte")
    assert AttendanceMark.objects.count() == 0
    learner = Client()
    learner.force_login(make_user())
    assert post(learner, {"items": []}).status_code == 403


def test_observer_is_told_for_each_item(
    client: Client, session: TrainingSession, slots: list[int]
) -> None:
    person = make_person()
    staff(session, make_trainer(person), "OBSERVER")
    client.force_login(make_user(Role.TRAINER, person=person))
    awa = attend(session, positions=[])

    answer = post(client, {"items": [tap(1, awa.pk, slots[0])]}).json()

    said = "Votre compte peut consulter cette session, pas y noter de présence."
    assert answer == {"items": {uid(1): {"no": said}}}
    assert AttendanceMark.objects.count() == 0
