"""What only programs send is answered on both databases, without a stack trace."""

import pytest
from django.test import Client

from accounts.enums import Role
from tests.factories.accounts import make_person, make_user
from tests.factories.trainers import make_session, make_trainer, staff
from trainers.models import TrainingSession

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/inscription/%00/",
        "/presence/%00/",
        "/besoins-de-formation/%00/",
        "/reponse/%00/avant/",
        "/avis/%00/",
        "/suivi/a%00b/",
        "/%00/",
    ],
)
def test_an_address_with_a_nul_is_no_page(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code == 404


def test_a_question_with_a_nul_is_read_without_it(client: Client) -> None:
    assert client.get("/formateurs/?q=a%00b").wsgi_request.GET["q"] == "ab"


def test_a_form_with_a_nul_is_refused_and_writes_nothing(client: Client) -> None:
    person = make_person()
    session = make_session("SEG-1")
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))

    answer = client.post("/sessions/SEG-1/preparation/annuler/", {"reason": "a\x00b"})

    assert answer.status_code == 400
    assert TrainingSession.objects.get().state == session.state
