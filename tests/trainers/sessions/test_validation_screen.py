import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from accounts.enums import Role
from tests.factories.accounts import make_person, make_region, make_user
from tests.factories.trainers import (
    attend,
    complete_file,
    make_plan_item,
    make_session,
    make_trainer,
    staff,
)
from trainers.models import SessionReport, TrainingSession
from trainers.national_plan.attachments import attach_session, detach_session
from trainers.sessions.planning import submit_session

pytestmark = pytest.mark.django_db


def sentences(answer: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def ready(**facts: object) -> TrainingSession:
    session = make_session("SEG-1", **facts)
    attend(session, positions=[1, 2, 3, 4])
    complete_file(session)
    return session


def state() -> str:
    return TrainingSession.objects.get().state


def test_trainer_hands_in_and_a_focal_point_validates(client: Client) -> None:
    person = make_person()
    session = ready()
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, person=person))
    page = client.get("/sessions/SEG-1/validation/")
    assert page.context["can_hand_in"]
    assert page.context["missing"] == []
    client.post("/sessions/SEG-1/validation/soumettre/")
    assert state() == "TO_VALIDATE"
    assert not client.get("/sessions/SEG-1/validation/").context["can_validate"]
    assert client.post("/sessions/SEG-1/validation/valider/").status_code == 403

    client.force_login(make_user(Role.FOCAL_POINT))
    assert client.get("/sessions/SEG-1/validation/").context["can_validate"]
    client.post("/sessions/SEG-1/validation/valider/")
    assert state() == "VALIDATED"
    assert "compte dans le plan" in client.get("/sessions/SEG-1/validation/").content.decode()


def test_incomplete_session_is_refused_with_each_reason(client: Client) -> None:
    session = make_session("SEG-1")
    attend(session)
    submit_session(session=session, by=None)
    client.force_login(make_user(Role.COMMITTEE))
    answer = client.post("/sessions/SEG-1/validation/valider/")

    assert sentences(answer) == [
        "Il manque les termes de référence.",
        "Il manque la feuille d'émargement signée, ou l'appel confirmé par deux personnes nommées.",
        "Il manque le rapport de la session.",
        "Il manque les résultats du pré-test et du post-test, ou le motif de leur absence.",
    ]
    assert state() == "TO_VALIDATE"


def test_encoder_is_told_that_another_person_validates(client: Client) -> None:
    encoder = make_user(Role.COMMITTEE)
    submit_session(session=ready(encoded_by=encoder), by=None)
    client.force_login(encoder)
    page = client.get("/sessions/SEG-1/validation/")

    assert (page.context["is_party"], page.context["can_validate"]) == (True, False)
    client.post("/sessions/SEG-1/validation/valider/")
    assert state() == "TO_VALIDATE"


def test_session_is_sent_back_with_a_reason_that_its_trainer_reads(client: Client) -> None:
    person = make_person()
    session = submit_session(session=ready(), by=None)
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.COMMITTEE))
    client.post("/sessions/SEG-1/validation/renvoyer/", {"reason": " "})
    assert state() == "TO_VALIDATE"
    client.post("/sessions/SEG-1/validation/renvoyer/", {"reason": "Scan illisible"})
    assert state() == "RUNNING"

    client.force_login(make_user(Role.TRAINER, person=person))
    assert "Scan illisible" in client.get("/sessions/SEG-1/validation/").content.decode()


def test_other_changes_of_a_session_are_not_taken_for_a_return(client: Client) -> None:
    client.force_login(make_user(Role.COMMITTEE))
    session = ready()
    attach_session(session=session, item=make_plan_item())
    assert "Session renvoyée" not in client.get("/sessions/SEG-1/validation/").content.decode()
    submit_session(session=session, by=None)
    client.post("/sessions/SEG-1/validation/renvoyer/", {"reason": "Scan illisible"})
    detach_session(session=session)

    page = client.get("/sessions/SEG-1/validation/").content.decode()
    assert "Session renvoyée" in page
    assert "Scan illisible" in page
    assert "Détachée du plan" not in page


@pytest.mark.parametrize("path", ["valider", "renvoyer"])
def test_focal_point_of_another_region_decides_nothing(client: Client, path: str) -> None:
    submit_session(session=ready(), by=None)
    client.force_login(make_user(Role.FOCAL_POINT, territory=make_region("kayes", "Kayes")))
    answer = client.post(f"/sessions/SEG-1/validation/{path}/", {"reason": "Non"})
    assert (answer.status_code, state()) == (404, "TO_VALIDATE")


def test_focal_point_who_trains_elsewhere_does_not_judge_that_session(client: Client) -> None:
    person = make_person()
    session = submit_session(session=ready(territory=make_region("kayes", "Kayes")), by=None)
    staff(session, make_trainer(person))
    client.force_login(make_user(Role.TRAINER, Role.FOCAL_POINT, person=person))
    assert client.get("/sessions/SEG-1/validation/").status_code == 200
    assert client.post("/sessions/SEG-1/validation/valider/").status_code == 403
    assert state() == "TO_VALIDATE"


def test_reasons_that_replace_a_piece_are_kept(client: Client) -> None:
    encoder = make_user(Role.TRAINER)
    make_session("SEG-1", encoded_by=encoder)
    client.force_login(encoder)
    client.post(
        "/sessions/SEG-1/validation/motifs/",
        {"no_test_reason": "Coupure", "roll_call_confirmed_by": "Awa Traoré et Ali Maïga"},
    )
    session = TrainingSession.objects.get()
    assert (session.no_test_reason, session.roll_call_confirmed_by) == (
        "Coupure",
        "Awa Traoré et Ali Maïga",
    )


def test_validated_session_does_not_change_any_more(client: Client) -> None:
    submit_session(session=ready(), by=None)
    client.force_login(make_user(Role.COMMITTEE))
    client.post("/sessions/SEG-1/validation/valider/")
    data = {"no_test_reason": "Autre"}
    assert client.post("/sessions/SEG-1/validation/motifs/", data).status_code == 403
    assert client.post("/sessions/SEG-1/validation/soumettre/").status_code == 403
    assert state() == "VALIDATED"


@pytest.mark.parametrize("hand", ["on the list", "wrote the report"])
def test_who_is_judged_by_the_session_does_not_validate_it(client: Client, hand: str) -> None:
    session, person = ready(), make_person()
    account = make_user(Role.COMMITTEE, person=person)
    if hand == "on the list":
        attend(session, person, positions=())
    else:
        SessionReport.objects.create(
            session=session, updated_by=account, updated_at=timezone.now(), course_of_events="Fait."
        )
    submit_session(session=session, by=None)
    client.force_login(account)

    assert not client.get("/sessions/SEG-1/validation/").context["can_validate"]
    client.post("/sessions/SEG-1/validation/valider/")
    assert state() == "TO_VALIDATE"
