"""Training staff name the trainers of a session."""

import datetime

import pytest
import time_machine
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import make_session, make_trainer, staff
from trainers.models import SessionTrainer
from trainers.sessions.planning import cancel_session

pytestmark = pytest.mark.django_db
TODAY = datetime.datetime(2025, 5, 2, 8, tzinfo=datetime.UTC)
DECISION = b"%PDF decision du comite"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def committee(client: Client) -> Client:
    client.force_login(make_user(Role.COMMITTEE))
    return client


def test_trainer_is_named_then_changes_role(client: Client) -> None:
    client.force_login(make_user(Role.FOCAL_POINT))
    session, trainer = make_session("SEG-1"), make_trainer(qualified=True)
    for role in ("CO_TRAINER", "LEAD_TRAINER", "LEAD_TRAINER"):
        answer = client.post("/sessions/SEG-1/formateurs/", {"trainer": trainer.pk, "role": role})
        assert answer.headers["Location"] == "/sessions/SEG-1/formateurs/"

    assert list(SessionTrainer.objects.values_list("session", "trainer", "role")) == [
        (session.pk, trainer.pk, "LEAD_TRAINER")
    ]
    page = client.get("/sessions/SEG-1/formateurs/")
    assert [str(row.trainer) for row in page.context["rows"]] == [str(trainer)]
    assert f"{trainer}, Ségou (habilitation valide)" in page.content.decode()


def test_lead_without_a_valid_qualification_is_refused_in_a_sentence(client: Client) -> None:
    client.force_login(make_user(Role.FOCAL_POINT))
    make_session("SEG-1")
    trainer = make_trainer(make_person("BA", "Sira"))
    data = {"trainer": trainer.pk, "role": "LEAD_TRAINER"}
    answer = client.post("/sessions/SEG-1/formateurs/", data)

    assert answer.context["form"].errors == {
        "role": [
            "Sira BA n'a pas d'habilitation valide pour « Curriculum traite-des-personnes » du "
            "12/05/2025 au 13/05/2025 et ne peut pas être formateur principal."
        ]
    }
    assert SessionTrainer.objects.count() == 0


@pytest.mark.parametrize(
    ("role", "status"), [(Role.FOCAL_POINT, 404), (Role.TRAINER, 404), (Role.PARTNER, 403)]
)
def test_trainers_of_a_session_are_closed_to_others(client: Client, role: str, status: int) -> None:
    staff(make_session("SEG-1"), make_trainer(make_person("SECRET")))
    client.force_login(make_user(role, territory=make_region("kayes", "Kayes")))
    data = {"trainer": make_trainer().pk, "role": "TRAINER"}
    for answer in (
        client.get("/sessions/SEG-1/formateurs/"),
        client.post("/sessions/SEG-1/formateurs/", data),
    ):
        assert answer.status_code == status
        assert b"SECRET" not in answer.content
    assert SessionTrainer.objects.count() == 1


def test_observer_and_closed_session_only_look(client: Client) -> None:
    person = make_person()
    session = make_session("SEG-1")
    observer = make_trainer(person)
    staff(session, observer, "OBSERVER")
    data = {"trainer": observer.pk, "role": "TRAINER"}
    client.force_login(make_user(Role.TRAINER, person=person))
    assert client.get("/sessions/SEG-1/formateurs/").context["can_record"] is False
    assert client.post("/sessions/SEG-1/formateurs/", data).status_code == 403

    cancel_session(session=session, reason="Report")
    client.force_login(make_user(Role.COMMITTEE))
    assert client.post("/sessions/SEG-1/formateurs/", data).status_code == 403
    assert SessionTrainer.objects.get().role == "OBSERVER"


@pytest.mark.parametrize("trainers", [1, 3])
def test_session_trainers_ask_as_often_for_1_as_for_3(
    committee: Client, trainers: int, django_assert_num_queries
) -> None:
    session = make_session("SEG-1")
    for _ in range(trainers):
        staff(session, make_trainer())
    with django_assert_num_queries(9):
        page = committee.get("/sessions/SEG-1/formateurs/")
    assert len(page.context["rows"]) == trainers
